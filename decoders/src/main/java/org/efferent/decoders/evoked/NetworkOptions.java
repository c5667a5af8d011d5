package org.efferent.decoders.evoked;

import org.efferent.core.UsageException;

/**
 * How an {@link EvokedNetwork} is trained.
 *
 * @param inputHz rate of its input, about: windows of whole samples are averaged
 * @param epochs most passes over the training trials
 * @param patience passes without a smaller loss of validation after which it ends
 * @param batch trials a step, at least 2
 * @param learningRate of Adam
 * @param clamp largest size of an input, in standard deviations of its channel
 * @param seed of weights, order and dropout
 */
public record NetworkOptions(
    double inputHz,
    int epochs,
    int patience,
    int batch,
    double learningRate,
    double clamp,
    long seed) {
  /**
   * 128 Hz, at most 100 passes, 15 of patience, 64 trials a step, rate 10⁻³, 5 deviations, seed 1.
   */
  public static final NetworkOptions DEFAULTS = new NetworkOptions(128, 100, 15, 64, 1e-3, 5, 1);

  /** Checks the numbers. */
  public NetworkOptions {
    if (epochs < 1 || patience < 1 || batch < 2) {
      throw new UsageException(
          "epochs and patience must be 1 at least, batch 2; epochs=%d, patience=%d, batch=%d"
              .formatted(epochs, patience, batch));
    }
    if (!(inputHz > 0) || !(learningRate > 0) || !(clamp > 0)) {
      throw new UsageException(
          "inputHz, learningRate and clamp must be above 0; inputHz=%s, learningRate=%s, clamp=%s"
              .formatted(inputHz, learningRate, clamp));
    }
  }

  /**
   * The same for another input.
   *
   * @param hz rate of the input
   * @return a copy
   */
  public NetworkOptions atHz(double hz) {
    return new NetworkOptions(hz, epochs, patience, batch, learningRate, clamp, seed);
  }

  /**
   * The same with another length of training.
   *
   * @param most passes over the training trials
   * @return a copy
   */
  public NetworkOptions epochs(int most) {
    return new NetworkOptions(inputHz, most, patience, batch, learningRate, clamp, seed);
  }

  /**
   * The same with other draws.
   *
   * @param other of weights, order and dropout
   * @return a copy
   */
  public NetworkOptions seed(long other) {
    return new NetworkOptions(inputHz, epochs, patience, batch, learningRate, clamp, other);
  }
}
