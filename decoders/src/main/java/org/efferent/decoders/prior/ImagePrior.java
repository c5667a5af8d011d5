package org.efferent.decoders.prior;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Arrays;
import org.efferent.core.InputException;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.Weights;

/**
 * A trained prior: from what an encoder says to embeddings of images, as a generator takes them.
 * One thread at a time.
 */
public final class ImagePrior implements AutoCloseable {
  /** Rows that go through the network at once. */
  private static final int TOGETHER = 1000;

  private final Compute compute;
  private final PriorFile file;
  private final DiffusionPrior network;
  private final PriorSampler sampler;
  private final Weights weights;

  private ImagePrior(PriorFile file, Compute compute) {
    this.compute = compute;
    this.file = file;
    this.network = new DiffusionPrior(file.options());
    this.sampler = new PriorSampler(file.diffusion().schedule(), file.sampling());
    this.weights = file.on(compute);
  }

  /**
   * Opens a prior.
   *
   * @param file that {@code encoder prior} has written
   * @param compute where it runs; stays open
   * @return the prior, to be closed
   * @throws InputException if the file is none, or a part of it is missing or wrong
   */
  public static ImagePrior open(Path file, Compute compute) {
    return open(PriorFile.read(file), compute);
  }

  /**
   * Opens a prior.
   *
   * @param file read or just trained
   * @param compute where it runs; stays open
   * @return the prior, to be closed
   * @throws InputException if its weights are not those of the network
   */
  public static ImagePrior open(PriorFile file, Compute compute) {
    return new ImagePrior(file, compute);
  }

  /** What it was opened from: its sizes, how it draws. */
  public PriorFile file() {
    return file;
  }

  /**
   * Draws embeddings.
   *
   * @param condition what the encoder says, {@code [condition]}, unscaled
   * @param samples how many
   * @param seed of the noise; the same seed gives the same embeddings, and more samples the same
   *     first ones, on one machine with one thread
   * @return {@code [samples][embedding]}, in the units of the embeddings that it was trained on
   * @throws InputException if the condition is of another width, or holds a number that is not
   *     finite
   */
  public float[][] sample(float[] condition, int samples, long seed) {
    if (condition.length != file.options().condition()) {
      throw new InputException(
          "a condition of this prior must have %d numbers; it has %d"
              .formatted(file.options().condition(), condition.length));
    }
    float[] rows = sampleRows(condition, samples, seed);
    int width = file.options().embedding();
    float[][] out = new float[samples][];
    for (int s = 0; s < samples; s++) {
      out[s] = Arrays.copyOfRange(rows, s * width, (s + 1) * width);
    }
    return out;
  }

  /**
   * Draws embeddings for many conditions.
   *
   * @param conditions {@code [rows × condition]}, row-major, unscaled
   * @param samples of each
   * @param seed of the noise
   * @return {@code [rows × samples × embedding]}, row-major
   * @throws InputException if the conditions do not fit, or hold a number that is not finite
   */
  public float[] sampleRows(float[] conditions, int samples, long seed) {
    int given = file.options().condition();
    int width = file.options().embedding();
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be 1 or more; samples=" + samples);
    }
    if (conditions.length % given != 0) {
      throw new InputException(
          "conditions must be [rows × %d]; numbers=%d".formatted(given, conditions.length));
    }
    for (int i = 0; i < conditions.length; i++) {
      if (!Float.isFinite(conditions[i])) {
        throw new InputException(
            "condition %d holds %s at %d; every number must be finite"
                .formatted(i / given, conditions[i], i % given));
      }
    }
    float[] scaled = file.conditions().apply(conditions);
    int all = Math.multiplyExact(conditions.length / given, samples);
    float[] out = new float[Math.multiplyExact(all, width)];
    for (int first = 0; first < all; first += TOGETHER) {
      int rows = Math.min(TOGETHER, all - first);
      float[] some = new float[rows * given];
      for (int r = 0; r < rows; r++) {
        System.arraycopy(scaled, (first + r) / samples * given, some, r * given, given);
      }
      float[] made = sampler.sample(model(some, rows), rows, width, seed, first);
      System.arraycopy(file.targets().undo(made), 0, out, first * width, made.length);
    }
    return out;
  }

  private NoiseModel model(float[] conditions, int rows) {
    return NoiseModel.guided(
        (noisy, step) -> run(noisy, step, conditions, rows),
        (noisy, step) -> run(noisy, step, null, rows),
        file.sampling().guidance());
  }

  private float[] run(float[] noisy, int step, float[] conditions, int rows) {
    PriorOptions size = file.options();
    return compute.step(
        () -> {
          NDArray condition =
              conditions == null ? null : compute.array(conditions, rows, size.condition());
          return Compute.floats(
              network.noise(
                  weights,
                  compute.array(noisy, rows, size.embedding()),
                  compute.array(network.timeCodes(step), 1, size.timeWidth()),
                  condition,
                  null,
                  Pass.evaluation()));
        });
  }

  @Override
  public void close() {
    weights.close();
  }
}
