package org.efferent.filters;

import org.apache.commons.math3.util.FastMath;

/**
 * Negative log marginal likelihood of one Gaussian process and its gradient by log length, log
 * signal and log noise (Rasmussen and Williams 2006, eqs. 2.30 and 5.9).
 */
final class MarginalLikelihood implements Bfgs.Function {
  private static final double LARGEST_LOGARITHM = 20;

  private final KernelShape shape;
  private final double[][] columns;
  private final int n;
  private final double[] target;

  /**
   * The likelihood of one output.
   *
   * @param rows inputs, already scaled, {@code [rows][inputs]}
   * @param target {@code [rows]}
   */
  MarginalLikelihood(KernelShape shape, double[][] rows, double[] target) {
    this.shape = shape;
    this.target = target;
    columns = Tables.columnMajor(rows);
    n = rows.length;
  }

  /** The value alone; infinite where the covariance is not positive definite. */
  double value(double[] hyper) {
    return at(hyper, null);
  }

  @Override
  public double at(double[] hyper, double[] gradient) {
    for (double h : hyper) {
      if (!(Math.abs(h) <= LARGEST_LOGARITHM)) {
        return Double.POSITIVE_INFINITY;
      }
    }
    try (Cholesky factor = Cholesky.of(n, GaussianProcess.covariance(shape, columns, n, hyper))) {
      if (!factor.isDefinite()) {
        return Double.POSITIVE_INFINITY;
      }
      double[] alpha = target.clone();
      factor.solve(alpha);
      double fit = 0;
      for (int i = 0; i < n; i++) {
        fit += target[i] * alpha[i];
      }
      double value = 0.5 * (fit + factor.logDeterminant() + n * FastMath.log(2 * Math.PI));
      if (gradient != null) {
        factor.invert();
        gradient(factor, alpha, hyper, gradient);
      }
      return value;
    }
  }

  /** {@code ½ tr((K⁻¹ - α αᵀ) ∂K/∂θ)} from the lower half. */
  private void gradient(Cholesky inverse, double[] alpha, double[] hyper, double[] out) {
    double length = Math.exp(-2 * hyper[0]);
    double signal = Math.exp(2 * hyper[1]);
    double noise = Math.exp(2 * hyper[2]);
    int inputs = columns.length;
    double[] row = new double[n];
    double[] point = new double[inputs];
    double[] squared = new double[n];
    double byLength = 0;
    double bySignal = 0;
    double byNoise = 0;
    for (int i = 0; i < n; i++) {
      inverse.inverseRow(i, row);
      for (int c = 0; c < inputs; c++) {
        point[c] = columns[c][i];
      }
      Distances.squared(columns, n, point, inputs, squared);
      for (int j = 0; j < i; j++) {
        double weight = 2 * (row[j] - alpha[i] * alpha[j]);
        double s = squared[j] * length;
        byLength += weight * shape.byLogLength(s);
        bySignal += weight * shape.value(s);
      }
      double weight = row[i] - alpha[i] * alpha[i];
      bySignal += weight;
      byNoise += weight;
    }
    out[0] = 0.5 * signal * byLength;
    out[1] = signal * bySignal;
    out[2] = noise * byNoise;
  }
}
