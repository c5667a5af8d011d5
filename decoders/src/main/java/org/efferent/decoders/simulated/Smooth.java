package org.efferent.decoders.simulated;

import java.util.SplittableRandom;

/** White noise under a Gaussian: stationary, variance 1. */
final class Smooth {
  private final double[] kernel;

  /**
   * A smoother.
   *
   * @param samples standard deviation of the Gaussian
   */
  Smooth(double samples) {
    int half = (int) Math.ceil(4 * samples);
    kernel = new double[2 * half + 1];
    for (int i = -half; i <= half; i++) {
      kernel[i + half] = Math.exp(-0.5 * (i / samples) * (i / samples));
    }
    double size = Math.sqrt(Dense.dot(kernel, kernel));
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= size;
    }
  }

  /** A process of some samples. */
  double[] draw(int samples, SplittableRandom random) {
    double[] white = Dense.normals(samples + kernel.length - 1, random);
    double[] out = new double[samples];
    for (int t = 0; t < samples; t++) {
      for (int u = 0; u < kernel.length; u++) {
        out[t] += kernel[u] * white[t + u];
      }
    }
    return out;
  }

  /** Covariance of two samples. */
  double covariance(int lag) {
    int d = Math.abs(lag);
    double sum = 0;
    for (int u = 0; u + d < kernel.length; u++) {
      sum += kernel[u] * kernel[u + d];
    }
    return sum;
  }

  /** Covariance between samples of a piece. */
  double[][] covariances(int samples) {
    double[] lags = new double[samples];
    for (int t = 0; t < samples; t++) {
      lags[t] = covariance(t);
    }
    double[][] out = new double[samples][samples];
    for (int i = 0; i < samples; i++) {
      for (int j = 0; j < samples; j++) {
        out[i][j] = lags[Math.abs(i - j)];
      }
    }
    return out;
  }
}
