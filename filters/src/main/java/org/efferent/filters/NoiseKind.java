package org.efferent.filters;

/** How a discriminative Kalman filter learns the covariance Q of its regression's residuals. */
public enum NoiseKind {
  /** A kernel-weighted mean of the residuals' outer products near x. */
  LOCAL,
  /** The mean of the residuals' outer products, the same at every x. */
  CONSTANT;

  /** Its name in the command: lower case. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
