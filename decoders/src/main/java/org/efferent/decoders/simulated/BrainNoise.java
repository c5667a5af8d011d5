package org.efferent.decoders.simulated;

import java.util.SplittableRandom;

/**
 * Noise of the brain, covariance space ⊗ time, and white noise of the sensors. Stationary, Gaussian
 * and drawn from its covariance as it is.
 */
final class BrainNoise {
  /** Samples of the period whose spectrum the noise has. */
  private static final int PERIOD = 8192;

  private static final double REPAIR = 1e-9;

  private final double whiteVariance;
  private final double[][] space;
  private final double[][] time;
  private final double[][] timeFactor;

  /**
   * Noise.
   *
   * @param options its colour
   * @param sensors what sees it
   * @param rateHz samples a second
   * @param longest samples of the longest piece
   * @param random of its sources
   */
  BrainNoise(
      NoiseOptions options, Sensors sensors, double rateHz, int longest, SplittableRandom random) {
    if (longest > PERIOD / 4) {
      throw new org.efferent.core.UsageException(
          "a piece of noise must have at most %d samples; samples=%d"
              .formatted(PERIOD / 4, longest));
    }
    this.whiteVariance = options.whiteShare();
    this.space = space(options, sensors, random);
    this.time = time(options, rateHz, longest);
    this.timeFactor = Dense.cholesky(time);
  }

  private static double[][] space(NoiseOptions options, Sensors sensors, SplittableRandom random) {
    int channels = sensors.channels();
    double[][] covariance = new double[channels][channels];
    for (int q = 0; q < options.sources(); q++) {
      double[] pattern = sensors.pattern(random, direction -> true);
      for (int c = 0; c < channels; c++) {
        Dense.add(
            covariance[c], (1 - options.whiteShare()) * pattern[c] / options.sources(), pattern);
      }
    }
    for (int c = 0; c < channels; c++) {
      covariance[c][c] += REPAIR;
    }
    return covariance;
  }

  private static double[][] time(NoiseOptions options, double rateHz, int longest) {
    double[] power = new double[PERIOD / 2];
    double total = 0;
    for (int f = 1; f < power.length; f++) {
      double hz = Math.max(options.lowestHz(), f * rateHz / PERIOD);
      power[f] = Math.pow(hz, -options.exponent());
      total += power[f];
    }
    double[] lag = new double[longest];
    for (int t = 0; t < longest; t++) {
      for (int f = 1; f < power.length; f++) {
        lag[t] += power[f] * Math.cos(2 * Math.PI * ((long) f * t % PERIOD) / PERIOD);
      }
      lag[t] /= total;
    }
    double[][] covariance = new double[longest][longest];
    for (int i = 0; i < longest; i++) {
      for (int j = 0; j < longest; j++) {
        covariance[i][j] = lag[Math.abs(i - j)] + (i == j ? REPAIR : 0);
      }
    }
    return covariance;
  }

  double whiteVariance() {
    return whiteVariance;
  }

  /** Covariance of the brain's part between channels of the template. */
  double[][] space() {
    return space;
  }

  /**
   * Covariance of the brain's part between samples.
   *
   * @param samples of a piece
   */
  double[][] time(int samples) {
    double[][] part = new double[samples][];
    for (int i = 0; i < samples; i++) {
      part[i] = java.util.Arrays.copyOf(time[i], samples);
    }
    return part;
  }

  /**
   * Adds a piece of noise.
   *
   * @param spaceFactor of the covariance between channels, {@code [channels × channels]}
   * @param into {@code [channels][samples]}
   * @param random from where
   */
  void add(double[][] spaceFactor, double[][] into, SplittableRandom random) {
    int channels = into.length;
    int samples = into[0].length;
    double white = Math.sqrt(whiteVariance);
    double[][] coloured = new double[channels][samples];
    for (int c = 0; c < channels; c++) {
      double[] drawn = Dense.normals(samples, random);
      for (int t = 0; t < samples; t++) {
        double[] factor = timeFactor[t];
        double sum = 0;
        for (int u = 0; u <= t; u++) {
          sum += factor[u] * drawn[u];
        }
        coloured[c][t] = sum;
      }
    }
    for (int c = 0; c < channels; c++) {
      for (int k = 0; k < channels; k++) {
        Dense.add(into[c], spaceFactor[c][k], coloured[k]);
      }
      Dense.add(into[c], white, Dense.normals(samples, random));
    }
  }
}
