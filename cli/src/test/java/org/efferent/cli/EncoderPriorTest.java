package org.efferent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.efferent.data.Tensor;
import org.efferent.data.npy.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Priors of small simulated data and of files, and the low-level branch through the same commands.
 */
class EncoderPriorTest {
  private static final String PRIOR =
      """
      seed: 2
      prior: {hidden: [64, 32], timeWidth: 16, dropout: 0}
      optimiser: {learningRate: 3.0e-3}
      schedule: {kind: cosine, warmUp: 0.05}
      training: {batch: 32, epochs: 120, validationDraws: 2}
      sampling: {steps: 20}
      """;

  @TempDir private Path folder;
  private Path config;

  @BeforeEach
  void write() throws IOException {
    config = Files.writeString(folder.resolve("prior.yaml"), PRIOR);
  }

  private Cli.Result prior(String out, Object... more) {
    return Cli.run(
        Cli.words(
            new Object[] {
              "encoder",
              "prior",
              config,
              "--out",
              folder.resolve(out),
              "--device",
              "cpu",
              "--threads",
              1
            },
            more));
  }

  private JsonNode figures(String out) throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve(out).resolve("run.json").toFile())
        .path("figures");
  }

  private void trainEncoder() throws IOException {
    Path encoder =
        Files.writeString(
            folder.resolve("encoder.yaml"),
            """
            seed: 3
            data:
              simulated: {kind: images, channels: 12, train: 24, validation: 6, test: 12, snrDb: 10}
            encoder: {architecture: projection-mlp}
            loss: {kind: symmetric InfoNCE}
            optimiser: {learningRate: 1.0e-3}
            training: {batch: 16, epochs: 4}
            """);
    Cli.Result trained =
        Cli.run(
            "encoder",
            "train",
            encoder,
            "--out",
            folder.resolve("e"),
            "--device",
            "cpu",
            "--threads",
            1);
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  @Test
  void aPriorComesNearerToTrueEmbeddingsThanItsEncoder() throws IOException {
    trainEncoder();
    Object[] from = {
      "--encoder", folder.resolve("e/encoder.safetensors"), "--data", folder.resolve("e/data")
    };
    Cli.Result made = prior("p", from);
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.out()).contains("validation: Fréchet distance", "test: Fréchet distance");
    for (String name : new String[] {"prior.safetensors", "log.csv", "learning-curve.png"}) {
      assertThat(folder.resolve("p").resolve(name)).isNotEmptyFile();
    }
    assertThat(Files.readAllLines(folder.resolve("p/log.csv"))).hasSize(121);
    assertThat(Files.readString(folder.resolve("p/report.html")))
        .contains(
            "; the encoder alone reaches ", "squared error of the noise", "sampling.steps\t20");
    JsonNode test = figures("p").path("test");
    assertThat(test.path("ratio").doubleValue())
        .isPositive()
        .isCloseTo(
            test.path("prior").path("frechet").doubleValue()
                / test.path("encoder").path("frechet").doubleValue(),
            within(1e-9));
    assertThat(test.path("ratio").doubleValue()).isBetween(0.0, 0.5);
    assertThat(test.path("prior").path("cosineOfMeanOf10").doubleValue())
        .isGreaterThan(test.path("encoder").path("cosine").doubleValue() - 0.02);
    assertThat(test.path("distinctTargets").intValue()).isEqualTo(12);

    String[] both = {"--set", "rows.fit=both", "--set", "rows.heldOut=0.5"};
    Cli.Result other = prior("q", Cli.words(from, both[0], both[1], both[2], both[3]));
    assertThat(other.status()).as(other.err()).isZero();
    int repeated = figures("p").path("rows").path("training").intValue();
    int held = figures("q").path("rows").path("validation").intValue();
    assertThat(held).isPositive();
    assertThat(figures("q").path("rows").path("training").intValue())
        .isEqualTo(repeated + figures("p").path("rows").path("validation").intValue() - held);

    Cli.Result again = prior("p", from);
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("is not empty; choose another folder or give --force");
  }

  @Test
  void rowsOfFilesAreLearned() throws IOException {
    Random random = new Random(1);
    float[] said = new float[80 * 3];
    float[] truth = new float[80 * 5];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < said.length; i++) {
      said[i] = truth[i / 3 * 5 + i % 3];
    }
    Path c = folder.resolve("c.npy");
    Path t = folder.resolve("t.npy");
    Npy.write(c, Tensor.of(said, 80, 3), false);
    Npy.write(t, Tensor.of(truth, 80, 5), false);
    Cli.Result made = prior("p", "--conditions", c, "--targets", t);
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(figures("p").path("rows").path("training").intValue()).isEqualTo(72);
    assertThat(figures("p").path("rows").path("validation").intValue()).isEqualTo(8);
    assertThat(figures("p").has("test")).isFalse();
    assertThat(figures("p").path("validation").has("encoder")).as("other widths").isFalse();

    Cli.Result given =
        prior(
            "q",
            "--conditions",
            c,
            "--targets",
            t,
            "--validation-conditions",
            c,
            "--validation-targets",
            t);
    assertThat(given.status()).as(given.err()).isZero();
    assertThat(figures("q").path("rows").path("training").intValue()).isEqualTo(80);

    Cli.Result half = prior("r", "--conditions", c, "--targets", t, "--validation-targets", t);
    assertThat(half.status()).isEqualTo(2);
    assertThat(half.err())
        .contains(
            "--validation-conditions and --validation-targets belong together; give both or none");
    Cli.Result alone = prior("r", "--conditions", c);
    assertThat(alone.status()).isEqualTo(2);
    assertThat(alone.err()).contains("give one of the two pairs");
    Cli.Result mixed = prior("r", "--conditions", c, "--targets", t, "--data", folder);
    assertThat(mixed.status()).isEqualTo(2);
    Npy.write(t, Tensor.of(truth, 100, 4), true);
    Cli.Result unequal = prior("r", "--conditions", c, "--targets", t);
    assertThat(unequal.err())
        .contains(
            "c.npy, t.npy: there must be as many conditions as targets; conditions=80, targets=100");
    assertThat(folder.resolve("r")).doesNotExist();
  }

  @Test
  void impossibleConfigurationsAreRefused() {
    Object[] rows = {"--conditions", folder.resolve("c.npy"), "--targets", folder.resolve("t.npy")};
    String[][] cases = {
      {"rows.fit=test", "prior.yaml.rows.fit must be train, validation or both; fit=test"},
      {
        "rows.heldOut=0",
        "prior.yaml.rows.heldOut must be above 0 and below 1, or 1 with fit: train"
      },
      {"sampling.method=euler", "prior.yaml.sampling.method must be ddpm or ddim; method=euler"},
      {
        "sampling.steps=2000",
        "prior.yaml.sampling.steps must be at most those of the diffusion, 1000"
      },
      {
        "training.dropCondition=1", "dropCondition must be from 0 to less than 1; dropCondition=1.0"
      },
      {"prior.hidden=[8]", "hidden must name the widths of two levels or more; hidden=[8]"},
      {"diffusion.last=2", "prior.yaml.diffusion.steps: a noise schedule needs 2 steps at least"},
      {"scaling.targets=robust", "prior.yaml.scaling.targets must be standard or none"},
      {"training.batches=3", "prior.yaml.training.batches is unknown"},
    };
    for (String[] one : cases) {
      Cli.Result result = prior("p", Cli.words(rows, "--set", one[0]));
      assertThat(result.status()).as(one[0]).isNotZero();
      assertThat(result.err()).as(one[0]).contains(one[1]);
    }
  }

  @Test
  void shippedConfigurationsAreRead() {
    for (String name : new String[] {"priors/small.yaml", "published/prior-atm.yaml"}) {
      Cli.Result result =
          Cli.run(
              "encoder",
              "prior",
              Path.of("../configs").resolve(name),
              "--conditions",
              folder.resolve("missing.npy"),
              "--targets",
              folder.resolve("missing.npy"),
              "--out",
              folder.resolve("p"));
      assertThat(result.err()).as(name).contains("missing.npy");
    }
  }

  @Test
  void theLowLevelBranchTrainsOnLatents() throws IOException {
    Random random = new Random(5);
    float[] latents = new float[28 * 2 * 4 * 4];
    for (int i = 0; i < latents.length; i++) {
      latents[i] = (float) random.nextGaussian();
    }
    Npy.write(folder.resolve("latents.npy"), Tensor.of(latents, 28, 2, 4, 4), false);
    Path low =
        Files.writeString(
            folder.resolve("low.yaml"),
            """
            seed: 3
            data:
              simulated: {kind: images, channels: 12, train: 4, validation: 2, test: 4, snrDb: 20, targets: latents.npy}
            encoder: {architecture: latent-upsampler, options: {perChannel: 8, points: [8]}}
            loss: {kind: mean absolute error}
            optimiser: {learningRate: 1.0e-2}
            training: {batch: 8, epochs: 4}
            """);
    Cli.Result result =
        Cli.run(
            "encoder",
            "train",
            low,
            "--out",
            folder.resolve("l"),
            "--device",
            "cpu",
            "--threads",
            1);
    assertThat(result.status()).as(result.err()).isZero();
    JsonNode figures = figures("l");
    assertThat(figures.path("architecture").textValue()).isEqualTo("latent-upsampler");
    assertThat(figures.path("trainLoss").doubleValue()).isBetween(0.0, 2.0);
    Cli.Result encoded =
        Cli.run(
            "encoder",
            "encode",
            folder.resolve("l/encoder.safetensors"),
            folder.resolve("l/data"),
            "--split",
            "test",
            "--out",
            folder.resolve("said.npy"),
            "--device",
            "cpu");
    assertThat(encoded.status()).as(encoded.err()).isZero();
    assertThat(Npy.read(folder.resolve("said.npy")).shape()[1]).isEqualTo(2 * 4 * 4);
  }
}
