package org.efferent.filters;

/**
 * The covariance Q(x) of a regression's residuals, learned on rows that the regression did not see.
 */
public sealed interface NoiseModel permits ConstantNoise, LocalNoise {
  /** State dimensions, d. */
  int dimensions();

  /**
   * The covariance at x.
   *
   * @param x {@code [features]}, finite; not modified
   * @param out {@code [d × d]}, row-major, overwritten
   */
  void covariance(double[] x, double[] out);

  /** Which of the two it is. */
  NoiseKind kind();
}
