package org.efferent.filters;

import org.efferent.core.InputException;

/** The same covariance everywhere: the mean of the residuals' outer products. */
public final class ConstantNoise implements NoiseModel {
  private final int d;
  private final double[] q;

  /**
   * A given covariance.
   *
   * @param dimensions d
   * @param q {@code [d × d]}, row-major, positive definite
   * @throws InputException where it is not positive definite
   */
  public ConstantNoise(int dimensions, double[] q) {
    d = dimensions;
    this.q = StateModel.definite("the residuals' covariance Q", d, q);
  }

  /**
   * The mean of the outer products of residuals.
   *
   * @param residuals state less prediction, {@code [rows][d]}
   * @return the model
   * @throws InputException where the residuals lie in fewer than d dimensions
   */
  public static ConstantNoise fit(double[][] residuals) {
    int d = Tables.check("residuals", residuals);
    return new ConstantNoise(d, StateModel.secondMoment(residuals));
  }

  @Override
  public int dimensions() {
    return d;
  }

  @Override
  public void covariance(double[] x, double[] out) {
    System.arraycopy(q, 0, out, 0, d * d);
  }

  @Override
  public NoiseKind kind() {
    return NoiseKind.CONSTANT;
  }

  double[] values() {
    return q.clone();
  }
}
