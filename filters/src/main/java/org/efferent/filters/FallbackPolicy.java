package org.efferent.filters;

/**
 * What a discriminative Kalman filter does at a step where {@code Q(x)⁻¹ - S⁻¹} is not safely
 * positive definite (smallest eigenvalue at most {@link
 * DiscriminativeKalmanFilter#EIGENVALUE_THRESHOLD}). The four are not equivalent.
 */
public enum FallbackPolicy {
  /** Replaces Q by {@code (Q⁻¹ + S⁻¹)⁻¹}, then the usual step: the published figures' rule. */
  CODE,
  /** Leaves {@code S⁻¹} out of that step: the thesis's rule. */
  THESIS,
  /** Clips the generalised eigenvalues of (Q, S) to {@code 1 - 1e-9}, then the usual step. */
  CLIP,
  /** Leaves {@code S⁻¹} out of every step; never falls back. */
  ROBUST;

  /** Its name in the command: lower case. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
