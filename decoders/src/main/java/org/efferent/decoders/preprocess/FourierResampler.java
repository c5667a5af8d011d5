package org.efferent.decoders.preprocess;

import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Resampling of short stretches through their spectrum, as MNE-Python's {@code Epochs.resample}
 * does by default, which the published image decoders use: the ends go on at their last value up to
 * a power of two, frequencies beyond the lower Nyquist frequency fall away. It needs the whole
 * stretch; for streams there is {@link SincResampler}.
 */
public final class FourierResampler {
  private final int fromHz;
  private final int toHz;

  /**
   * A resampler.
   *
   * @param fromHz rate of what goes in
   * @param toHz rate of what comes out
   */
  public FourierResampler(int fromHz, int toHz) {
    if (fromHz < 1 || toHz < 1) {
      throw new IllegalArgumentException(
          "rates must be 1 at least; fromHz=%d, toHz=%d".formatted(fromHz, toHz));
    }
    this.fromHz = fromHz;
    this.toHz = toHz;
  }

  /** Rate of what goes in. */
  public int fromHz() {
    return fromHz;
  }

  /** Rate of what comes out. */
  public int toHz() {
    return toHz;
  }

  /**
   * Samples that come out.
   *
   * @param samples that go in
   */
  public int outputs(int samples) {
    return Math.max(1, scaled(samples));
  }

  private int scaled(int samples) {
    return (int) Math.rint((double) toHz / fromHz * samples);
  }

  /**
   * Resamples lines.
   *
   * @param values {@code [lines × samples]}, row-major
   * @param samples of a line, at least 1
   * @return {@code [lines × outputs]}
   */
  public double[] apply(double[] values, int samples) {
    if (samples < 1 || values.length % samples != 0) {
      throw new IllegalArgumentException(
          "values must be [lines × samples]; samples=%d, values=%d"
              .formatted(samples, values.length));
    }
    int padding = padding(samples);
    int before = padding / 2;
    int oldLength = samples + padding;
    int newLength = Math.max(1, scaled(oldLength));
    int skip = scaled(before);
    int outputs = outputs(samples);
    DoubleFFT_1D forward = new DoubleFFT_1D(oldLength);
    DoubleFFT_1D inverse = new DoubleFFT_1D(newLength);
    double[] spectrum = new double[2 * oldLength];
    double[] out = new double[values.length / samples * outputs];
    for (int line = 0; line < values.length / samples; line++) {
      for (int i = 0; i < oldLength; i++) {
        int source = Math.min(samples - 1, Math.max(0, i - before));
        spectrum[2 * i] = values[line * samples + source];
        spectrum[2 * i + 1] = 0;
      }
      forward.complexForward(spectrum);
      double[] other = resized(spectrum, oldLength, newLength);
      inverse.complexInverse(other, true);
      for (int i = 0; i < outputs; i++) {
        out[line * outputs + i] = other[2 * (skip + i)];
      }
    }
    return out;
  }

  /** Up to a power of two that leaves an eighth, up to 100 samples, at either end. */
  private static int padding(int samples) {
    int least = samples + Math.min(samples / 8, 100) * 2;
    int power = Integer.highestOneBit(least);
    return (power < least ? 2 * power : power) - samples;
  }

  /** The spectrum of a real signal of another length, scaled so that amplitudes stay. */
  private static double[] resized(double[] spectrum, int oldLength, int newLength) {
    int shorter = Math.min(oldLength, newLength);
    double[] other = new double[2 * newLength];
    double scale = (double) newLength / oldLength;
    for (int k = 0; 2 * k <= shorter; k++) {
      double factor = scale;
      if (2 * k == shorter) {
        // Both halves of the Nyquist frequency fall onto one, or one is shared out.
        factor *= newLength < oldLength ? 2 : 0.5;
      }
      other[2 * k] = factor * spectrum[2 * k];
      other[2 * k + 1] = factor * spectrum[2 * k + 1];
      if (k > 0 && 2 * k != newLength) {
        other[2 * (newLength - k)] = other[2 * k];
        other[2 * (newLength - k) + 1] = -other[2 * k + 1];
      }
    }
    other[1] = 0;
    if (newLength % 2 == 0) {
      other[newLength + 1] = 0;
    }
    return other;
  }
}
