package org.efferent.filters;

import org.efferent.core.InputException;

/**
 * Hyper-parameters of Gaussian processes by marginal likelihood: the best point of a 3 × 3 × 3
 * grid, then BFGS with at most 30 evaluations.
 *
 * <p>For speed the grid looks at 600 rows and BFGS at 1,200, spread evenly over the f rows. The
 * grid's middle stands, relative to the inputs' and the output's spread, where the reference's does
 * on z-scored inputs (Burkhart's thesis: log l 1 to 2, log σf -3 to -2, log σn -4 to -3).
 */
final class ProcessLearning {
  private static final int COARSE_ROWS = 600;
  private static final int FINE_ROWS = 1200;
  private static final int EVALUATIONS = 30;
  private static final double[] MIDDLE = {0.35, 0.4, -0.6};
  private static final double STEP = 0.5;

  private ProcessLearning() {}

  /**
   * Learns.
   *
   * @param rows inputs, already scaled
   * @param targets {@code [rows][outputs]}
   * @param given {@code [outputs][3]}; NaN is learned
   * @return {@code [outputs][3]}
   */
  static double[][] learn(
      KernelShape shape, double[][] rows, double[][] targets, double[][] given) {
    double[][] out = new double[given.length][];
    for (int j = 0; j < out.length; j++) {
      double[] target = new double[targets.length];
      for (int t = 0; t < target.length; t++) {
        target[t] = targets[t][j];
      }
      out[j] = learn(shape, rows, target, given[j], j);
    }
    return out;
  }

  private static double[] learn(
      KernelShape shape, double[][] rows, double[] target, double[] given, int output) {
    boolean[] free = new boolean[GaussianProcess.HYPER];
    boolean any = false;
    for (int i = 0; i < free.length; i++) {
      free[i] = Double.isNaN(given[i]);
      any |= free[i];
    }
    if (!any) {
      return given.clone();
    }
    double[] centre = centre(rows, target, output);
    double[] best = null;
    double least = Double.POSITIVE_INFINITY;
    MarginalLikelihood coarse = subset(shape, rows, target, COARSE_ROWS);
    for (int point = 0; point < 27; point++) {
      int[] digit = {point % 3 - 1, point / 3 % 3 - 1, point / 9 - 1};
      double[] hyper = new double[free.length];
      boolean repeated = false;
      for (int i = 0; i < free.length; i++) {
        hyper[i] = free[i] ? centre[i] + STEP * digit[i] : given[i];
        repeated |= !free[i] && digit[i] != 0;
      }
      double value = repeated ? Double.POSITIVE_INFINITY : coarse.value(hyper);
      if (value < least) {
        least = value;
        best = hyper;
      }
    }
    if (best == null) {
      throw new InputException(
          "no hyper-parameters give a positive definite covariance; output="
              + output
              + ": give logLength, logSignal and logNoise, or leave out repeated rows");
    }
    return Bfgs.minimise(subset(shape, rows, target, FINE_ROWS), best, free, EVALUATIONS, 1e-3);
  }

  private static double[] centre(double[][] rows, double[] target, int output) {
    double spread = 0;
    for (double variance : Tables.variances(rows)) {
      spread += variance;
    }
    double power = 0;
    for (double value : target) {
      power += value * value / target.length;
    }
    if (!(spread > 0) || !(power > 0)) {
      throw new InputException(
          "a Gaussian process needs inputs that vary and states that are not all zero; output="
              + output);
    }
    return new double[] {
      0.5 * Math.log(spread) + MIDDLE[0],
      0.5 * Math.log(power) + MIDDLE[1],
      0.5 * Math.log(power) + MIDDLE[2]
    };
  }

  private static MarginalLikelihood subset(
      KernelShape shape, double[][] rows, double[] target, int most) {
    int size = Math.min(most, rows.length);
    double[][] x = new double[size][];
    double[] z = new double[size];
    for (int i = 0; i < size; i++) {
      int t = (int) ((long) i * rows.length / size);
      x[i] = rows[t];
      z[i] = target[t];
    }
    return new MarginalLikelihood(shape, x, z);
  }
}
