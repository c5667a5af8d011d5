package org.efferent.filters;

import org.efferent.core.InputException;

/**
 * How near estimates come to the truth.
 *
 * <ul>
 *   <li>nRMSE: {@code sqrt(Σ|e|² / Σ|z|²)}; 1 is what predicting zero gives. NaN where the truth is
 *       zero throughout.
 *   <li>MAAE: mean absolute angle between estimate and truth in the plane of the first two
 *       dimensions, radian, wrapped to 0 to π. A zero vector counts as pointing along the first
 *       axis, as {@code atan2(0, 0)} does. NaN with fewer than two dimensions.
 *   <li>r: Pearson's correlation, one a dimension. NaN where estimate or truth is constant.
 * </ul>
 */
public final class Figures {
  private final int bins;
  private final double nrmse;
  private final double maae;
  private final double[] r;

  private Figures(int bins, double nrmse, double maae, double[] r) {
    this.bins = bins;
    this.nrmse = nrmse;
    this.maae = maae;
    this.r = r;
  }

  /**
   * Scores estimates.
   *
   * @param estimates {@code [bins][d]}
   * @param truth {@code [bins][d]}
   * @return the figures
   * @throws InputException where shapes disagree or a value is not finite
   */
  public static Figures of(double[][] estimates, double[][] truth) {
    int d = Tables.check("estimates", estimates);
    int e = Tables.check("true states", truth);
    Tables.sameRows("estimates", estimates, "true states", truth);
    if (d != e) {
      throw new InputException(
          "estimates and true states must have as many columns; columns=" + d + " and " + e);
    }
    double error = 0;
    double power = 0;
    double angle = 0;
    for (int t = 0; t < truth.length; t++) {
      for (int i = 0; i < d; i++) {
        double difference = estimates[t][i] - truth[t][i];
        error += difference * difference;
        power += truth[t][i] * truth[t][i];
      }
      if (d > 1) {
        angle += angle(estimates[t], truth[t]);
      }
    }
    double[] r = new double[d];
    for (int i = 0; i < d; i++) {
      r[i] = correlation(estimates, truth, i);
    }
    return new Figures(
        truth.length,
        power > 0 ? Math.sqrt(error / power) : Double.NaN,
        d > 1 ? angle / truth.length : Double.NaN,
        r);
  }

  private static double angle(double[] a, double[] b) {
    double difference = Math.abs(Math.atan2(a[1], a[0]) - Math.atan2(b[1], b[0]));
    return Math.min(difference, 2 * Math.PI - difference);
  }

  private static double correlation(double[][] a, double[][] b, int column) {
    double meanA = 0;
    double meanB = 0;
    for (int t = 0; t < a.length; t++) {
      meanA += a[t][column] / a.length;
      meanB += b[t][column] / b.length;
    }
    double product = 0;
    double powerA = 0;
    double powerB = 0;
    for (int t = 0; t < a.length; t++) {
      double x = a[t][column] - meanA;
      double y = b[t][column] - meanB;
      product += x * y;
      powerA += x * x;
      powerB += y * y;
    }
    // A zero power divides to NaN: a constant correlates with nothing.
    return product / Math.sqrt(powerA) / Math.sqrt(powerB);
  }

  /** Bins scored. */
  public int bins() {
    return bins;
  }

  /** Root of the mean squared error over the mean squared truth. */
  public double nrmse() {
    return nrmse;
  }

  /** Mean absolute angle error, radian. */
  public double maae() {
    return maae;
  }

  /** A copy of the correlations, {@code [d]}. */
  public double[] r() {
    return r.clone();
  }
}
