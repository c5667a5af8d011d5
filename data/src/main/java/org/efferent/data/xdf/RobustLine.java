package org.efferent.data.xdf;

import java.util.Arrays;

/**
 * A line through points of which some lie far off: minimises the sum of Huber's loss (P. J. Huber,
 * "Robust estimation of a location parameter", 1964) of the residuals by iteratively reweighted
 * least squares. pyxdf solves the same convex problem by ADMM; the minimum is the same.
 *
 * @param centre abscissa that the fit is anchored at
 * @param level ordinate there
 * @param slope of the line
 */
record RobustLine(double centre, double level, double slope) {
  private static final int MOST_ROUNDS = 2000;

  /**
   * Fits a line.
   *
   * @param x abscissae
   * @param y ordinates
   * @param from first point
   * @param to point after the last; more than {@code from}
   * @param delta residual beyond which the loss grows only linearly
   * @return the line; flat where all abscissae are the same
   */
  static RobustLine fit(double[] x, double[] y, int from, int to, double delta) {
    double centre = 0;
    for (int i = from; i < to; i++) {
      centre += (x[i] - x[from]) / (to - from);
    }
    centre += x[from];
    double[] weights = new double[to - from];
    Arrays.fill(weights, 1);
    RobustLine line = weighted(x, y, from, weights, centre);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double span = 0;
      for (int i = from; i < to; i++) {
        double residual = Math.abs(y[i] - line.at(x[i]));
        weights[i - from] = residual <= delta ? 1 : delta / residual;
        span = Math.max(span, Math.abs(x[i] - centre));
      }
      RobustLine next = weighted(x, y, from, weights, centre);
      double change = Math.abs(next.level - line.level) + Math.abs(next.slope - line.slope) * span;
      line = next;
      // A tenth of a nanosecond: stamps have no finer digits.
      if (change < delta * 1e-6) {
        break;
      }
    }
    return line;
  }

  private static RobustLine weighted(
      double[] x, double[] y, int from, double[] weights, double centre) {
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k];
      sumX += weights[k] * (x[from + k] - centre);
      sumY += weights[k] * y[from + k];
    }
    double meanX = sumX / sum;
    double meanY = sumY / sum;
    double sxx = 0;
    double sxy = 0;
    for (int k = 0; k < weights.length; k++) {
      double dx = x[from + k] - centre - meanX;
      sxx += weights[k] * dx * dx;
      sxy += weights[k] * dx * (y[from + k] - meanY);
    }
    double slope = sxx > 0 ? sxy / sxx : 0;
    return new RobustLine(centre, meanY - slope * meanX, slope);
  }

  /** The ordinate at an abscissa. */
  double at(double abscissa) {
    return level + slope * (abscissa - centre);
  }
}
