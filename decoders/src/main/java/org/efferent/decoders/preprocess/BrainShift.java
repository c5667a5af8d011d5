package org.efferent.decoders.preprocess;

import org.efferent.core.InputException;

/**
 * Pairs the brain with what it heard a little before: the first samples of each brain window and
 * the last of each feature window fall away. 150 ms at 120 Hz are 18 samples, so that 361 samples
 * give 343 pairs (Défossez et al. 2023).
 *
 * @param samples by which the brain comes later; not negative
 */
public record BrainShift(int samples) {
  /** Checks the value. */
  public BrainShift {
    if (samples < 0) {
      throw new IllegalArgumentException("samples must not be negative; samples=" + samples);
    }
  }

  /**
   * A shift in seconds, cut to whole samples.
   *
   * @param seconds by which the brain comes later
   * @param sampleRateHz of both windows
   */
  public static BrainShift of(double seconds, double sampleRateHz) {
    return new BrainShift((int) (seconds * sampleRateHz));
  }

  /**
   * The brain's side.
   *
   * @param epochs brain windows
   * @return without their first samples
   * @throws InputException if nothing would be left
   */
  public Epochs brain(Epochs epochs) {
    return epochs.crop(check(epochs.samples()), epochs.samples());
  }

  /**
   * The stimulus' side.
   *
   * @param epochs feature windows, {@code [windows × features × samples]}
   * @return without their last samples
   * @throws InputException if nothing would be left
   */
  public Epochs features(Epochs epochs) {
    return epochs.crop(0, epochs.samples() - check(epochs.samples()));
  }

  private int check(int length) {
    if (length <= samples) {
      throw new InputException(
          "windows must be longer than the shift; samples=%d, shift=%d".formatted(length, samples));
    }
    return samples;
  }
}
