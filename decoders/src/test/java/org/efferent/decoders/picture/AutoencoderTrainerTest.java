package org.efferent.decoders.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.efferent.core.UsageException;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.ComputeOptions;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.nn.Weights;
import org.efferent.decoders.simulated.SimulatedPictures;
import org.efferent.decoders.target.OnnxModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny autoencoder, trained once, its files and what it learnt. */
class AutoencoderTrainerTest {
  private static final AutoencoderOptions TINY = new AutoencoderOptions(16, 12, List.of(8, 12));
  private static final AutoencoderTraining SHORT =
      new AutoencoderTraining(400, 16, 4e-3, 0.1, 0, 40, 3);

  private static Compute compute;
  private static AutoencoderTrainer.Result result;
  private static List<Double> losses;

  @BeforeAll
  static void train() {
    compute = Compute.open(new ComputeOptions("cpu", 1, Precision.SINGLE));
    losses = new ArrayList<>();
    result =
        new AutoencoderTrainer(compute, TINY, SHORT, new SimulatedPictures(1, 16))
            .run((step, loss) -> losses.add(loss));
  }

  @AfterAll
  static void close() {
    compute.close();
  }

  private static float[] pictures(int count) {
    float[] made = new float[count * TINY.pixels()];
    for (int i = 0; i < count; i++) {
      new SimulatedPictures(1, 16).draw(-1 - i, made, i * TINY.pixels());
    }
    return made;
  }

  @Test
  void itGivesBackPicturesBetterThanTheirMeanWould() {
    float[] held = pictures(40);
    double[] mean = new double[TINY.pixels()];
    for (int i = 0; i < held.length; i++) {
      mean[i % mean.length] += held[i] / 40;
    }
    double plain = 0;
    for (int i = 0; i < held.length; i++) {
      plain += Math.abs(held[i] - mean[i % mean.length]) / held.length;
    }
    assertThat(result.difference()).isLessThan(0.7 * plain);
    assertThat(losses).hasSize(4);
    assertThat(losses.get(3)).isLessThan(losses.get(0));
  }

  @Test
  void theFilesComputeWhatTheNetworkComputes(@TempDir Path folder) {
    result.pictures().write(folder, "tiny", "test", Map.of("licence", "ours"), false);
    float[] some = pictures(3);
    float[] latents;
    float[] made;
    PictureAutoencoder network = new PictureAutoencoder(TINY, false);
    try (Weights weights =
        Weights.of(compute, network.weights(), result.pictures().weights(), "test")) {
      latents =
          compute.step(
              () ->
                  Compute.floats(
                      network.encode(
                          weights, compute.array(some, 3, 3, 16, 16), Pass.evaluation())));
      float[] given = latents;
      made =
          compute.step(
              () ->
                  Compute.floats(
                      network.decode(weights, compute.array(given, 3, 12), Pass.evaluation())));
    }
    assertEqual(folder.resolve("tiny-encoder.onnx"), "picture", "latent", some, latents, 3, 16, 16);
    assertEqual(folder.resolve("tiny-decoder.onnx"), "latent", "picture", latents, made, 12);
  }

  private static void assertEqual(
      Path file, String from, String to, float[] given, float[] wanted, long... shape) {
    long[] all = new long[shape.length + 1];
    all[0] = 3;
    System.arraycopy(shape, 0, all, 1, shape.length);
    try (OnnxModel model = OnnxModel.open(file, from, List.of(to), 1)) {
      float[] got = model.run(given, all).floats();
      assertThat(got).hasSameSizeAs(wanted);
      for (int i = 0; i < got.length; i++) {
        assertThat(got[i]).isCloseTo(wanted[i], within(1e-5f));
      }
    }
  }

  @Test
  void latentsOfTheTrainingHaveMeanZeroAndVarianceOne() {
    PictureAutoencoder network = new PictureAutoencoder(TINY, false);
    float[] some = new float[512 * TINY.pixels()];
    for (int i = 0; i < 512; i++) { // every one of another concept
      new SimulatedPictures(1, 16).draw(4L * i, some, i * TINY.pixels());
    }
    float[] latents;
    try (Weights weights =
        Weights.of(compute, network.weights(), result.pictures().weights(), "test")) {
      latents =
          compute.step(
              () ->
                  Compute.floats(
                      network.encode(
                          weights, compute.array(some, 512, 3, 16, 16), Pass.evaluation())));
    }
    double mean = 0;
    double square = 0;
    for (float value : latents) {
      mean += value / (double) latents.length;
      square += (double) value * value / latents.length;
    }
    assertThat(mean).isCloseTo(0, within(0.05));
    assertThat(square).isCloseTo(1, within(0.1));
  }

  @Test
  void foldedWeightsComputeWhatNormalisationDoes() {
    PictureAutoencoder with = new PictureAutoencoder(TINY, true);
    PictureAutoencoder without = new PictureAutoencoder(TINY, false);
    float[] some = pictures(4);
    try (Weights drawn = Weights.draw(compute, with.weights(), 8)) {
      for (int i = 0; i < 3; i++) { // running statistics that are no longer 0 and 1
        compute.step(
            () ->
                Compute.floats(
                    with.decode(
                        drawn,
                        with.encode(
                            drawn,
                            compute.array(some, 4, 3, 16, 16),
                            Pass.trainingWithoutDropout()),
                        Pass.trainingWithoutDropout())));
      }
      float[] wanted = run(with, drawn, some);
      try (Weights folded =
          Weights.of(compute, without.weights(), with.folded(drawn.tensors()), "test")) {
        assertThat(run(without, folded, some)).containsExactly(wanted, within(1e-5f));
      }
    }
  }

  private static float[] run(PictureAutoencoder network, Weights weights, float[] some) {
    return compute.step(
        () ->
            Compute.floats(
                network.decode(
                    weights,
                    network.encode(weights, compute.array(some, 4, 3, 16, 16), Pass.evaluation()),
                    Pass.evaluation())));
  }

  @Test
  void aSeedGivesTheSameWeights() {
    AutoencoderTraining few = new AutoencoderTraining(3, 4, 1e-3, 0.1, 20, 4, 5);
    float[][] made = new float[2][];
    for (int i = 0; i < 2; i++) {
      made[i] =
          new AutoencoderTrainer(compute, TINY, few, new SimulatedPictures(1, 16))
              .run((step, loss) -> {})
              .pictures()
              .weights()
              .get("decoder.first.weight")
              .floats();
    }
    assertThat(Arrays.equals(made[0], made[1])).isTrue();
  }

  @Test
  void existingFilesStay(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("tiny-decoder.onnx"), "mine");
    assertThatThrownBy(() -> result.pictures().write(folder, "tiny", "test", Map.of(), false))
        .isInstanceOf(UsageException.class);
    assertThat(folder.resolve("tiny-decoder.onnx")).hasContent("mine");
  }

  @Test
  void impossibleShapesAreRefused() {
    assertThatThrownBy(() -> new AutoencoderOptions(20, 8, List.of(4, 4, 4)))
        .hasMessage("side must be a multiple of 2^stages, at most 1024; side=20, stages=3");
    assertThatThrownBy(() -> new AutoencoderOptions(16, 0, List.of(4)))
        .hasMessage("channels must be 1 to 1024, width 1 to 65536; channels=[4], width=0");
    assertThatThrownBy(() -> new AutoencoderTraining(1, 1, 1e-3, 0, 0, 1, 0))
        .hasMessageStartingWith("steps and validation must be at least 1, batch 2");
  }
}
