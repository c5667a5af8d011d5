package org.efferent.filters;

import org.efferent.core.InputException;

/**
 * Nadaraya-Watson regression of the residuals' outer products: a convex mix of positive
 * semi-definite matrices, so always a covariance, if perhaps a singular one.
 */
public final class LocalNoise implements NoiseModel {
  private final int d;
  private final double[][] rows;
  private final double[][] residuals;
  private final NadarayaWatson smoother;

  /**
   * A model of given rows.
   *
   * @param rows features {@code [rows][features]}
   * @param residuals state less prediction, {@code [rows][d]}
   * @param bandwidth variance of the kernel, in squared units of the features
   * @throws InputException where tables disagree or hold values that are not finite
   */
  public LocalNoise(double[][] rows, double[][] residuals, double bandwidth) {
    d = Tables.check("residuals", residuals);
    this.rows = rows;
    this.residuals = residuals;
    smoother = new NadarayaWatson(rows, outerProducts(residuals), bandwidth);
  }

  /** {@code vec(r rᵀ)} of each row: {@code [rows][d * d]}. */
  static double[][] outerProducts(double[][] residuals) {
    int d = residuals[0].length;
    double[][] out = new double[residuals.length][d * d];
    for (int t = 0; t < out.length; t++) {
      for (int i = 0; i < d * d; i++) {
        out[t][i] = residuals[t][i / d] * residuals[t][i % d];
      }
    }
    return out;
  }

  @Override
  public int dimensions() {
    return d;
  }

  @Override
  public void covariance(double[] x, double[] out) {
    smoother.predict(x, out);
  }

  @Override
  public NoiseKind kind() {
    return NoiseKind.LOCAL;
  }

  /** Variance of the kernel. */
  public double bandwidth() {
    return smoother.bandwidth();
  }

  double[][] rows() {
    return rows;
  }

  double[][] residuals() {
    return residuals;
  }
}
