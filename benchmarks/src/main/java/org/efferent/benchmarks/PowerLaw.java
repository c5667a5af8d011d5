package org.efferent.benchmarks;

/**
 * {@code y = factor · x^slope}, by least squares of the logarithms.
 *
 * @param factor y at x = 1
 * @param slope 1 for what grows in proportion
 * @param error largest |fit/measured − 1| of the points
 */
record PowerLaw(double factor, double slope, double error) {
  /** Of at least two points of different, positive x. */
  static PowerLaw of(double[] x, double[] y) {
    if (x.length < 2 || x.length != y.length) {
      throw new IllegalArgumentException(
          "a power law needs two points or more; points=" + x.length);
    }
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += Math.log(x[i]) / x.length;
      meanY += Math.log(y[i]) / x.length;
    }
    double above = 0;
    double below = 0;
    for (int i = 0; i < x.length; i++) {
      double d = Math.log(x[i]) - meanX;
      above += d * (Math.log(y[i]) - meanY);
      below += d * d;
    }
    double slope = above / below;
    double factor = Math.exp(meanY - slope * meanX);
    double error = 0;
    for (int i = 0; i < x.length; i++) {
      error = Math.max(error, Math.abs(factor * Math.pow(x[i], slope) / y[i] - 1));
    }
    return new PowerLaw(factor, slope, error);
  }

  double at(double x) {
    return factor * Math.pow(x, slope);
  }
}
