package org.efferent.viz.dashboard;

import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * Power of one segment under a Hann window, one-sided, unit² per hertz, the mean taken out: one
 * term of P. D. Welch, "The use of fast Fourier transform for the estimation of power spectra",
 * IEEE Trans. Audio Electroacoust. AU-15, 1967. Used by one thread.
 */
final class Periodogram {
  private final int size;
  private final double rateHz;
  private final double[] window;
  private final double norm;
  private final double[][] complex;

  /**
   * Of segments of one length.
   *
   * @param size samples a segment, a power of two
   * @param rateHz samples a second
   */
  Periodogram(int size, double rateHz) {
    this.size = size;
    this.rateHz = rateHz;
    window = new double[size];
    double squares = 0;
    for (int i = 0; i < size; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size);
      squares += window[i] * window[i];
    }
    norm = 1 / (rateHz * squares);
    complex = new double[2][size];
  }

  /** The power of two next below so many samples, at least 16 and at most 8192. */
  static int size(double samples) {
    return Integer.highestOneBit((int) Math.max(16, Math.min(8192, samples)));
  }

  int bins() {
    return size / 2 + 1;
  }

  int size() {
    return size;
  }

  double binHz() {
    return rateHz / size;
  }

  /**
   * Works out the power.
   *
   * @param samples ring of samples
   * @param from place of the segment's first sample in the ring
   * @param power {@code [bins]}; modified
   * @return whether every sample was finite; if not, power is not touched
   */
  boolean power(float[] samples, int from, double[] power) {
    double mean = 0;
    for (int i = 0; i < size; i++) {
      mean += samples[(from + i) % samples.length];
    }
    mean /= size;
    if (!Double.isFinite(mean)) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      complex[0][i] = (samples[(from + i) % samples.length] - mean) * window[i];
      complex[1][i] = 0;
    }
    FastFourierTransformer.transformInPlace(
        complex, DftNormalization.STANDARD, TransformType.FORWARD);
    for (int k = 0; k <= size / 2; k++) {
      double square = complex[0][k] * complex[0][k] + complex[1][k] * complex[1][k];
      power[k] = square * norm * (k == 0 || k == size / 2 ? 1 : 2);
    }
    return true;
  }
}
