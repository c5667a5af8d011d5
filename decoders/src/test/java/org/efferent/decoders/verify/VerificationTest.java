package org.efferent.decoders.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.efferent.core.InputException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Precision;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
  private static final Path RESOURCES = Path.of("src/test/resources/golden");

  private static List<Path> folders(Path of) throws IOException {
    try (Stream<Path> list = Files.list(of)) {
      return list.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static void passes(Path folder, Precision precision) {
    VerificationReport report = Verification.run(folder, new ComputeOptions("cpu", 1, precision));
    List<String> wrong = new ArrayList<>();
    report
        .outputs()
        .forEach(
            (name, difference) -> {
              if (!difference.ok()) {
                wrong.add(name + " " + difference);
              }
            });
    assertThat(wrong).as(folder.getFileName() + " in " + precision).isEmpty();
    assertThat(report.ok()).isTrue();
  }

  @TestFactory
  Stream<DynamicTest> casesKeptHerePassInBothPrecisions() throws IOException {
    return folders(RESOURCES).stream()
        .flatMap(
            folder ->
                Stream.of(Precision.values())
                    .map(
                        p ->
                            DynamicTest.dynamicTest(
                                folder.getFileName() + " " + p, () -> passes(folder, p))));
  }

  @Test
  void everyCaseOfTheReferencesPasses() throws IOException {
    Path golden =
        Path.of(System.getProperty("efferent.root"), "../shared/golden/encoders").normalize();
    assumeTrue(Files.isDirectory(golden), "no " + golden);
    for (Path folder : folders(golden)) {
      passes(folder, Precision.DOUBLE);
      passes(folder, Precision.SINGLE);
    }
  }

  @Test
  void aWeightThatIsWrongIsSeen(@TempDir Path folder) throws IOException {
    Path good = RESOURCES.resolve("time_aggregated_groups");
    Files.copy(good.resolve("case.json"), folder.resolve("case.json"));
    Files.copy(good.resolve("io.safetensors"), folder.resolve("io.safetensors"));
    Map<String, Tensor> weights =
        new LinkedHashMap<>(Safetensors.read(good.resolve("weights.safetensors")).tensors());
    double[] bias = weights.get("final.bias").doubles();
    bias[3] += 0.01;
    weights.put("final.bias", Tensor.of(bias, bias.length));
    new Safetensors(Map.of(), weights).write(folder.resolve("weights.safetensors"), false);
    VerificationReport report = Verification.run(folder, ComputeOptions.DEFAULTS);
    assertThat(report.ok()).isFalse();
    assertThat(report.outputs().get("eval.output").maxAbs()).isBetween(0.0099, 0.0101);
  }

  @Test
  void allNamesThatDoNotFitAreListed(@TempDir Path folder) throws IOException {
    Path good = RESOURCES.resolve("time_aggregated_groups");
    Files.copy(good.resolve("case.json"), folder.resolve("case.json"));
    Files.copy(good.resolve("io.safetensors"), folder.resolve("io.safetensors"));
    Map<String, Tensor> weights =
        new LinkedHashMap<>(Safetensors.read(good.resolve("weights.safetensors")).tensors());
    weights.remove("final.bias");
    weights.put("final.weight", Tensor.of(new float[6], 2, 3, 1));
    weights.put("extra", Tensor.of(new float[1], 1));
    Path file = folder.resolve("weights.safetensors");
    new Safetensors(Map.of(), weights).write(file, false);
    assertThatThrownBy(() -> Verification.run(folder, ComputeOptions.DEFAULTS))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": does not hold the weights of this network: final.weight is [2, 3, 1] instead of"
                + " [16, 9, 1]; final.bias is missing; extra is unknown");
  }

  @Test
  void aFolderWithoutACaseIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> Verification.run(folder, ComputeOptions.DEFAULTS))
        .isInstanceOf(InputException.class)
        .hasMessage(folder + ": is no case folder: it has no case.json");
  }
}
