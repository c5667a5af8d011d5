package org.efferent.decoders.target;

import org.efferent.core.InputException;

/** Audio before anything is computed from it. */
final class Audio {
  private Audio() {}

  /**
   * Audio that is finite.
   *
   * @param standardize whether it is brought to mean 0 and deviation 1 (divided by n − 1, as
   *     PyTorch's {@code std}); audio that does not vary keeps its deviation
   */
  static double[] checked(double[] audio, boolean standardize) {
    double mean = 0;
    for (int i = 0; i < audio.length; i++) {
      if (!Double.isFinite(audio[i])) {
        throw new InputException(
            "audio must be finite; sample=%d, value=%s".formatted(i, audio[i]));
      }
      mean += audio[i] / audio.length;
    }
    if (!standardize) {
      return audio;
    }
    double square = 0;
    for (double value : audio) {
      square += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(square / Math.max(1, audio.length - 1));
    double[] standard = new double[audio.length];
    for (int i = 0; i < audio.length; i++) {
      standard[i] = (audio[i] - mean) / (deviation == 0 ? 1 : deviation);
    }
    return standard;
  }
}
