package org.efferent.generation.metrics;

/** Pearson's correlation. */
final class Correlation {
  private Correlation() {}

  /** NaN where either has one value everywhere. */
  static double of(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      double da = a[i] - meanA;
      double db = b[i] - meanB;
      ab += da * db;
      aa += da * da;
      bb += db * db;
    }
    return ab / (Math.sqrt(aa) * Math.sqrt(bb));
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
