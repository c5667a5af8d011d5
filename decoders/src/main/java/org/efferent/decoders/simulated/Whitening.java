package org.efferent.decoders.simulated;

/**
 * The inverse of a noise covariance S ⊗ P + σ² I: with S = U Λ Uᵀ and P = V M Vᵀ it is diagonal
 * between U and V, 1/(λ μ + σ²).
 */
final class Whitening {
  private final double[][] channels;
  private final double[][] samples;
  private final double[][] precision;

  /**
   * A whitening.
   *
   * @param space S
   * @param time P, decomposed
   * @param white σ²
   */
  Whitening(double[][] space, JacobiEigen time, double white) {
    JacobiEigen spaceEigen = new JacobiEigen(space);
    channels = spaceEigen.vectors();
    samples = time.vectors();
    precision = new double[space.length][samples.length];
    for (int i = 0; i < precision.length; i++) {
      for (int j = 0; j < samples.length; j++) {
        precision[i][j] =
            1 / (Math.max(0, spaceEigen.values()[i]) * Math.max(0, time.values()[j]) + white);
      }
    }
  }

  /** A pattern between the eigenvectors of channels. */
  double[] turnedPattern(double[] pattern) {
    return Dense.times(channels, pattern);
  }

  /** Courses {@code [samples][n]} between the eigenvectors of time, as {@code [n][samples]}. */
  double[][] turnedCourses(double[][] courses) {
    return Dense.transposed(Dense.times(samples, courses));
  }

  /** The precision of every pair of eigenvectors, {@code [channels][samples]}. */
  double[][] precision() {
    return precision;
  }

  /** A window between the eigenvectors, times its precision. */
  double[][] weighted(double[][] window) {
    double[][] turned = Dense.timesTransposed(Dense.times(channels, window), samples);
    for (int i = 0; i < turned.length; i++) {
      for (int j = 0; j < samples.length; j++) {
        turned[i][j] *= precision[i][j];
      }
    }
    return turned;
  }
}
