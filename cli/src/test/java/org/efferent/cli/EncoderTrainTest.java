package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.efferent.data.Sha256;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small simulated data, small networks: what a training leaves behind, and what it refuses. */
class EncoderTrainTest {
  @TempDir private Path folder;
  private Path config;

  @BeforeEach
  void write() throws IOException {
    config =
        Files.writeString(
            folder.resolve("small.yaml"),
            """
            about: a test
            seed: 3
            data:
              simulated: {kind: images, channels: 12, train: 12, validation: 4, test: 10, snrDb: 10}
            encoder:
              architecture: projection-mlp
            loss: {kind: symmetric InfoNCE}
            optimiser: {learningRate: 1.0e-3}
            training: {batch: 16, epochs: 3, distinctTargets: true}
            baselines: [ridge, oracle]
            """);
  }

  private Cli.Result train(String out, Object... more) {
    return Cli.run(words(out, more));
  }

  private Object[] words(String out, Object... more) {
    return Cli.words(
        new Object[] {
          "encoder",
          "train",
          config,
          "--out",
          folder.resolve(out),
          "--device",
          "cpu",
          "--threads",
          1
        },
        more);
  }

  private JsonNode run(String out) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(out).resolve("run.json").toFile());
  }

  @Test
  void anEncoderIsTrainedAndHeldAgainstRidgeAndOracle() throws IOException {
    Cli.Result result = train("out");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(
            "test: encoder: top-1 ",
            "test: ridge: top-1 ",
            "test: oracle: top-1 ",
            "test: oracle by likelihood: top-1 ",
            "of 10 candidates (chance 0.100, 0.500), 40 queries",
            "difference to it: top-1 ");
    JsonNode figures = run("out").path("figures");
    assertThat(figures.path("epochs").intValue()).isEqualTo(3);
    JsonNode test = figures.path("test");
    assertThat(test.path("top1").doubleValue()).isGreaterThan(0.3);
    assertThat(test.path("aboveChance").path("top1").path("mean").doubleValue())
        .isCloseTo(test.path("top1").doubleValue() - 0.1, within(1e-12));
    assertThat(test.path("aboveChance").path("top1").path("low").doubleValue()).isPositive();
    JsonNode baselines = figures.path("baselines");
    assertThat(baselines.fieldNames())
        .toIterable()
        .containsExactly("ridge", "ridge, centred", "oracle", "oracle by likelihood");
    assertThat(baselines.path("oracle by likelihood").path("top1").doubleValue())
        .isGreaterThan(0.9);
    for (JsonNode baseline : baselines) {
      JsonNode difference = baseline.path("difference").path("top1");
      double mean = difference.path("mean").doubleValue();
      assertThat(mean)
          .isCloseTo(
              test.path("top1").doubleValue() - baseline.path("top1").doubleValue(), within(1e-12));
      assertThat(difference.path("low").doubleValue()).isLessThanOrEqualTo(mean);
      assertThat(difference.path("high").doubleValue()).isGreaterThanOrEqualTo(mean);
    }
    assertThat(
            figures.path("aboutBaselines").path("ridge").path("penalties").path("-1").doubleValue())
        .isPositive();
    JsonNode bootstrap = figures.path("bootstrap");
    assertThat(bootstrap.path("draws").intValue()).isEqualTo(2000);
    assertThat(bootstrap.path("stimuli").intValue()).isEqualTo(10);
    assertThat(bootstrap.path("subjects").intValue()).isEqualTo(1);
    assertThat(run("out").path("seed").intValue()).isEqualTo(3);
    assertThat(run("out").path("data").path("data/").textValue()).hasSize(64);
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("top-1 on 40 test examples among 10 candidates", "training.epochs\t3")
        .contains("Bars of top-1 (share) (higher is better): trained ", "<dt>Epoch</dt>");
    for (String name :
        List.of("encoder.safetensors", "checkpoint.safetensors", "log.csv", "learning-curve.png")) {
      assertThat(folder.resolve("out").resolve(name)).isNotEmptyFile();
    }
  }

  @Test
  void aResumedTrainingEndsWithTheSameNumbersAndTheSameData() throws IOException {
    assertThat(train("whole").status()).isZero();
    StringWriter out = new StringWriter();
    int status =
        EfferentCommand.run(
            Arrays.stream(words("parts")).map(Object::toString).toList(),
            new PrintWriter(out, true),
            new PrintWriter(new Breaking("epoch 2"), true));
    assertThat(status).isNotZero();
    Path parts = folder.resolve("parts");
    assertThat(Files.readAllLines(parts.resolve("log.csv"))).hasSize(3);
    assertThat(parts.resolve("run.json")).doesNotExist();
    String data = Sha256.of(parts.resolve("data/windows.npy"));
    Cli.Result refused = train("parts", "--resume", "--set", "training.batch=12");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("belongs to another configuration or other data");
    Cli.Result resumed = train("parts", "--resume");
    assertThat(resumed.status()).as(resumed.err()).isZero();
    assertThat(resumed.err()).doesNotContain("epoch 2", "simulating").contains("epoch 3");
    assertThat(Sha256.of(parts.resolve("data/windows.npy"))).isEqualTo(data);
    JsonNode figures = run("parts").path("figures");
    assertThat(figures.path("epochs").intValue()).isEqualTo(3);
    for (String name : List.of("test", "validation", "baselines", "trainLoss", "validationLoss")) {
      assertThat(figures.path(name)).as(name).isEqualTo(run("whole").path("figures").path(name));
    }
  }

  /** Standard error that breaks when a word comes, once: as if the process were stopped there. */
  private static final class Breaking extends StringWriter {
    private final String word;
    private boolean broke;

    Breaking(String word) {
      this.word = word;
    }

    @Override
    public void write(String text, int from, int length) {
      super.write(text, from, length);
      if (!broke && toString().contains(word)) {
        broke = true;
        throw new IllegalStateException("stopped");
      }
    }
  }

  @Test
  void theLinearDecoderIsTrainedByItsNameAndSaved() throws IOException {
    Cli.Result result =
        train("ridge", "--set", "encoder.architecture=ridge", "--baselines", "oracle", "--json");
    JsonNode figures = result.json();
    assertThat(figures.path("test").path("top1").doubleValue()).isGreaterThan(0.3);
    assertThat(figures.path("validation").path("candidates").intValue()).isEqualTo(16);
    assertThat(figures.path("baselines").has("oracle")).isTrue();
    assertThat(folder.resolve("ridge/ridge.safetensors")).isNotEmptyFile();
    JsonNode input = new ObjectMapper().readTree(folder.resolve("ridge/ridge-input.json").toFile());
    assertThat(input.path("labels")).hasSize(12);
    assertThat(input.path("centre")).hasSize(12);
    train("again", "--set", "encoder.architecture=ridge", "--resume")
        .failed(2, "--resume and --initial are for networks; a ridge regression is fitted at once");
  }

  @Test
  void wrongEntriesAreNamed() {
    train("out", "--set", "data.simulated.kind=smells")
        .failed(3, "small.yaml.data.simulated.kind must be images or speech; kind=smells");
    train("out", "--set", "data.simulated.preset=many")
        .failed(
            3, "small.yaml.data.simulated.preset must be linear or several-subjects; preset=many");
    assertThat(train("out", "--set", "data.simulated.colour=red").err())
        .contains("small.yaml.data.simulated.colour is unknown; known here: ");
    train("out", "--set", "baselines=[luck]")
        .failed(3, "small.yaml.baselines must be of [ridge, trf, oracle]; baselines=[luck]");
    train("out", "--baselines", "luck")
        .failed(2, "--baselines must be of [ridge, trf, oracle]; baselines=luck");
    train("out", "--set", "data={folder: elsewhere}")
        .failed(
            2,
            "the oracle knows simulated data alone; leave it out of the baselines, or let data be simulated");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  static Stream<Path> small() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("efferent.root"), "configs"))) {
      return files.filter(f -> f.toString().endsWith("-small.yaml")).sorted().toList().stream();
    }
  }

  /** With few data and two steps: every entry is understood, all parts fit together. */
  @ParameterizedTest
  @MethodSource("small")
  void readyConfigurationsTrain(Path ready) throws IOException {
    config = ready;
    boolean drawn = ready.getFileName().toString().startsWith("pictures");
    Path latents = folder.resolve("latents.npy");
    float[] values = new float[36 * 64]; // four images of eight concepts, one of four
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * 0.37 * (1 + i / 64));
    }
    Npy.write(latents, Tensor.of(values, 36, 64), true);
    Cli.Result result =
        train(
            "ready",
            "--set",
            drawn ? "data.simulated.targets=" + latents : "about=a test",
            "--set",
            "data.simulated.train=6",
            "--set",
            "data.simulated.validation=2",
            "--set",
            "data.simulated.test=4",
            "--set",
            "training.epochs=1",
            "--set",
            "training.updatesPerEpoch=2",
            "--set",
            "training.batch=8",
            "--set",
            "baselines=[]");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(run("ready").path("figures").path("test").path("top1").isNumber()).isTrue();
  }

  @Test
  void theReadyConfigurationsOfThePlanAreThere() throws IOException {
    assertThat(small().map(f -> f.getFileName().toString()))
        .contains(
            "images-small.yaml",
            "images-subjects-small.yaml",
            "images-permuted-small.yaml",
            "speech-small.yaml",
            "speech-subjects-small.yaml");
  }

  @Test
  void dataOfAnotherMontageAreRefused() {
    assertThat(train("out", "--baselines", "ridge").status()).isZero();
    assertThat(
            train("other", "--set", "data.simulated.channels=10", "--baselines", "ridge").status())
        .isZero();
    List<String> errors = new ArrayList<>();
    errors.add(
        train(
                "a",
                "--data",
                folder.resolve("other/data"),
                "--initial",
                folder.resolve("out/encoder.safetensors"),
                "--baselines",
                "ridge")
            .err());
    errors.add(
        train("out", "--resume", "--data", folder.resolve("other/data"), "--baselines", "ridge")
            .err());
    errors.add(
        train("out", "--force", "--set", "data.simulated.channels=10", "--baselines", "ridge")
            .err());
    assertThat(errors.get(0)).contains("the encoder was trained on 12 channels; there are 10");
    assertThat(errors.get(1)).contains("belongs to another configuration or other data");
    assertThat(errors.get(2))
        .contains("was not simulated by this configuration; choose another --out, or remove it");
  }
}
