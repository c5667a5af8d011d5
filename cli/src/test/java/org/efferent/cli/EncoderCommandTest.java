package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.efferent.decoders.dataset.Example;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDatasetOptions;
import org.efferent.decoders.dataset.WindowDatasetWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderCommandTest {
  private static final String CONFIG =
      """
      seed: 4
      data: {folder: data}
      encoder: {architecture: projection-mlp}
      loss: {kind: symmetric InfoNCE, target: image}
      optimiser: {learningRate: 0.003}
      training: {batch: 8, epochs: 3, patience: 0}
      """;

  @TempDir private Path folder;
  private Path config;

  @BeforeEach
  void material() throws IOException {
    config = folder.resolve("small.yaml");
    Files.writeString(config, CONFIG);
    data("data", List.of("Fz", "Cz", "Pz"), 12, 1);
  }

  private Path data(String name, List<String> labels, int time, int subjects) {
    Random random = new Random(3);
    Path at = folder.resolve(name);
    try (WindowDatasetWriter writer =
        new WindowDatasetWriter(
            at,
            new WindowDatasetOptions(
                labels, Collections.nCopies(labels.size(), "eeg"), 100, time, List.of()))) {
      for (int e = 0; e < 40; e++) {
        float[] window = new float[labels.size() * time];
        for (int i = 0; i < window.length; i++) {
          window[i] = (float) random.nextGaussian();
        }
        Split split = e < 24 ? Split.TRAIN : e < 32 ? Split.VALIDATION : Split.TEST;
        writer.add(new Example(e % subjects, 0, 0, "s" + e, e, split), window);
      }
      writer.target(
          "image",
          new long[] {5},
          40,
          (row, into) -> {
            for (int d = 0; d < into.length; d++) {
              into[d] = (float) random.nextGaussian();
            }
          });
    }
    return at;
  }

  @Test
  void trainsEncodesAndResumesToTheSameNumbers() throws IOException {
    Path out = folder.resolve("out");
    JsonNode figures =
        Cli.run("encoder", "train", config, "--out", out, "--threads", 1, "--json").json();
    assertThat(figures.path("epochs").intValue()).isEqualTo(3);
    assertThat(figures.path("test").path("candidates").intValue()).isEqualTo(8);
    assertThat(figures.path("test").path("chance").path("top1").doubleValue()).isEqualTo(0.125);
    for (String name :
        List.of(
            "encoder.safetensors",
            "checkpoint.safetensors",
            "log.csv",
            "learning-curve.png",
            "run.json")) {
      assertThat(out.resolve(name)).exists();
    }
    Path npy = folder.resolve("test.npy");
    JsonNode encoded =
        Cli.run(
                "encoder",
                "encode",
                out.resolve("encoder.safetensors"),
                folder.resolve("data"),
                "--split",
                "test",
                "--threads",
                1,
                "--out",
                npy,
                "--json")
            .json();
    assertThat(encoded.path("embeddings").intValue()).isEqualTo(8);
    assertThat(Npy.read(npy).shape()).containsExactly(8, 5);
    assertThat(Npy.read(Path.of(encoded.path("targets").textValue())).longs())
        .containsExactly(32, 33, 34, 35, 36, 37, 38, 39);

    Path shorter = folder.resolve("shorter");
    Object[] set = {"--threads", 1, "--set", "training.epochs=3", "--json"};
    assertThat(
            Cli.run(Cli.words(new Object[] {"encoder", "train", config, "--out", shorter}, set))
                .status())
        .isZero();
    byte[] first = Files.readAllBytes(shorter.resolve("encoder.safetensors"));
    JsonNode again =
        Cli.run(
                Cli.words(
                    new Object[] {"encoder", "train", config, "--out", shorter, "--resume"}, set))
            .json();
    assertThat(again.path("epochs").intValue()).isEqualTo(3);
    assertThat(Files.readAllBytes(shorter.resolve("encoder.safetensors"))).isEqualTo(first);
  }

  @Test
  void windowsOfAnotherMontageLengthOrSubjectAreRefused() {
    Path out = folder.resolve("out");
    assertThat(Cli.run("encoder", "train", config, "--out", out, "--threads", 1, "--json").status())
        .isZero();
    Path encoder = out.resolve("encoder.safetensors");
    Path npy = folder.resolve("x.npy");
    Path turned = data("turned", List.of("Cz", "Fz", "Pz"), 12, 1);
    Cli.run("encoder", "encode", encoder, turned, "--device", "cpu", "--out", npy)
        .failed(3, turned + ": channel 0 must be 'Fz', as the encoder was trained; it is 'Cz'");
    Path fewer = data("fewer", List.of("Fz", "Cz"), 12, 1);
    Cli.run("encoder", "encode", encoder, fewer, "--device", "cpu", "--out", npy)
        .failed(3, fewer + ": the encoder was trained on 3 channels; there are 2");
    Path longer = data("longer", List.of("Fz", "Cz", "Pz"), 13, 1);
    Cli.run("encoder", "encode", encoder, longer, "--device", "cpu", "--out", npy)
        .failed(3, longer + ": the encoder is for windows of 12 samples; these have 13");
    assertThat(npy).doesNotExist();
  }

  @Test
  void aGpuThatIsNotThereIsAClearErrorAndAutoSaysSoOnce() {
    Cli.Result missing =
        Cli.run("encoder", "train", config, "--out", folder.resolve("gpu"), "--device", "cuda:7");
    assertThat(missing.status()).isEqualTo(5);
    assertThat(missing.err())
        .startsWith("efferent: cuda:7: the engine sees ")
        .contains("use --device cpu or auto");
    Cli.run("encoder", "train", config, "--out", folder.resolve("b"), "--device", "gpu")
        .failed(2, "--device must be auto, cpu or cuda:N; device='gpu'");
  }

  @Test
  void configurationsThatAreWrongSayWhere() throws IOException {
    Path out = folder.resolve("bad");
    Files.writeString(config, CONFIG.replace("batch: 8", "batch: 1"));
    Cli.run("encoder", "train", config, "--out", out)
        .failed(
            3, "small.yaml: batch must be 2 or more, a contrast needs another example; batch=1");
    Files.writeString(config, CONFIG.replace("epochs", "epoch"));
    Cli.run("encoder", "train", config, "--out", out)
        .failed(
            3,
            "small.yaml.training.epoch is unknown; known here: [batch, distinctTargets, epochs,"
                + " patience, trained, updatesPerEpoch]");
    Files.writeString(config, "seed: [1");
    assertThat(Cli.run("encoder", "train", config, "--out", out).err())
        .startsWith("efferent: small.yaml: is not YAML at line 1");
    Files.writeString(config, CONFIG.replace("folder: data", "folder: nowhere"));
    assertThat(Cli.run("encoder", "train", config, "--out", out).status()).isEqualTo(3);
    Files.writeString(config, CONFIG);
    Cli.run("encoder", "train", config, "--out", out, "--resume")
        .failed(
            3, out.resolve("checkpoint.safetensors") + ": is missing; there is nothing to resume");
  }

  @Test
  void weightsFromElsewhereComeInAndEveryNameThatDoesNotFitIsListed() throws IOException {
    Path golden = Cli.shared("golden/encoders/projection_mlp");
    Path import1 = folder.resolve("import.yaml");
    Files.writeString(
        import1,
        """
        encoder: {architecture: projection-mlp, options: {channels: 17, time: 100, projectionDim: 48}}
        loss: {kind: symmetric InfoNCE, normalise: image, scale: softplus}
        """);
    Path weights = golden.resolve("weights.safetensors");
    Path out = folder.resolve("mlp.safetensors");
    JsonNode result =
        Cli.run("encoder", "import", weights, "--config", import1, "--out", out, "--json").json();
    assertThat(result.path("parameters").intValue()).isEqualTo(84097);
    Path npy = folder.resolve("y.npy");
    Cli.run("encoder", "encode", out, folder.resolve("data"), "--device", "cpu", "--out", npy)
        .failed(
            3,
            "mlp.safetensors: does not say which channels it was trained on; weights from elsewhere are run"
                + " on windows that are scaled already");
    Map<String, Tensor> changed = new LinkedHashMap<>(Safetensors.read(weights).tensors());
    changed.remove("model.0.bias");
    changed.put("model.9.bias", Tensor.of(new float[2], 2));
    Path wrong = folder.resolve("wrong.safetensors");
    new Safetensors(Map.of(), changed).write(wrong, false);
    Cli.run("encoder", "import", wrong, "--config", import1, "--out", out, "--force")
        .failed(
            3,
            "wrong.safetensors: does not hold the weights of this network: model.0.bias is missing;"
                + " model.9.bias is unknown");
    Cli.Result verified = Cli.run("encoder", "verify", golden, "--json");
    assertThat(verified.json().path("ok").booleanValue()).isTrue();
    assertThat(verified.json().path("outputs").path("eval.embedding").path("maxAbs").doubleValue())
        .isLessThan(1e-6);
  }
}
