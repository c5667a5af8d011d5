package org.efferent.filters.calibration;

import java.util.SplittableRandom;

/** Spike counts of cosine-tuned units while a user intends straight reaches to eight targets. */
final class TunedUnits {
  /** Length of a bin, seconds. */
  static final double BIN = 0.05;

  final double[][] counts;
  final double[][] intended;
  private final double[][] preferred;
  private final double[] baseline;
  private final double[] depth;
  private final SplittableRandom random;

  TunedUnits(int units, int bins, long seed) {
    random = new SplittableRandom(seed);
    preferred = new double[units][2];
    baseline = new double[units];
    depth = new double[units];
    for (int u = 0; u < units; u++) {
      double angle = 2 * Math.PI * random.nextDouble();
      preferred[u][0] = Math.cos(angle);
      preferred[u][1] = Math.sin(angle);
      baseline[u] = 10 + 20 * random.nextDouble();
      depth[u] = 10 * random.nextDouble();
    }
    intended = reaches(bins);
    counts = counts(intended);
  }

  /** Reaches of 15 bins along random octants, a rest of 5 between. */
  double[][] reaches(int bins) {
    double[][] out = new double[bins][2];
    int octant = 0;
    for (int t = 0; t < bins; t++) {
      octant = t % 20 == 0 ? random.nextInt(8) : octant;
      if (t % 20 < 15) {
        out[t][0] = Math.cos(octant * Math.PI / 4);
        out[t][1] = Math.sin(octant * Math.PI / 4);
      }
    }
    return out;
  }

  double[][] counts(double[][] wanted) {
    double[][] out = new double[wanted.length][preferred.length];
    for (int t = 0; t < out.length; t++) {
      for (int u = 0; u < preferred.length; u++) {
        double drive = preferred[u][0] * wanted[t][0] + preferred[u][1] * wanted[t][1];
        out[t][u] = poisson(Math.max(0, baseline[u] + depth[u] * drive) * BIN);
      }
    }
    return out;
  }

  /** Turns every preferred direction. */
  void turn(double angle) {
    for (double[] p : preferred) {
      double x = p[0] * Math.cos(angle) - p[1] * Math.sin(angle);
      p[1] = p[0] * Math.sin(angle) + p[1] * Math.cos(angle);
      p[0] = x;
    }
  }

  /** Makes units silent. */
  void lose(int from, int to) {
    for (int u = from; u < to; u++) {
      baseline[u] = 0;
      depth[u] = 0;
    }
  }

  private int poisson(double mean) {
    double limit = Math.exp(-mean);
    int count = 0;
    for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
