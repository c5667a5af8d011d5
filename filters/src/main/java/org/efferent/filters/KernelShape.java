package org.efferent.filters;

/**
 * Covariance of a Gaussian process at two points as a function of {@code s = |x - y|² / l²}, unit
 * variance (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, 4.2.1).
 */
public enum KernelShape {
  /** {@code exp(-s / 2)}, eq. 4.9. */
  SQUARED_EXPONENTIAL,
  /** {@code (1 + √(3 s)) exp(-√(3 s))}, eq. 4.17. */
  MATERN32,
  /** {@code (1 + √(5 s) + 5 s / 3) exp(-√(5 s))}, eq. 4.17. */
  MATERN52;

  /**
   * The covariance.
   *
   * @param s squared distance over the squared length, 0 or more
   * @return 0 to 1
   */
  public double value(double s) {
    switch (this) {
      case MATERN32 -> {
        double r = Math.sqrt(3 * s);
        return (1 + r) * NegativeExp.of(-r);
      }
      case MATERN52 -> {
        double r = Math.sqrt(5 * s);
        return (1 + r + r * r / 3) * NegativeExp.of(-r);
      }
      default -> {
        return NegativeExp.of(-0.5 * s);
      }
    }
  }

  /**
   * Derivative of {@link #value} by the logarithm of the length.
   *
   * @param s squared distance over the squared length, 0 or more
   * @return {@code -2 s dk/ds}
   */
  public double byLogLength(double s) {
    switch (this) {
      case MATERN32 -> {
        return 3 * s * NegativeExp.of(-Math.sqrt(3 * s));
      }
      case MATERN52 -> {
        double r = Math.sqrt(5 * s);
        return r * r / 3 * (1 + r) * NegativeExp.of(-r);
      }
      default -> {
        return s * NegativeExp.of(-0.5 * s);
      }
    }
  }

  /**
   * {@code Σ weights[i] k(distances[i] * inverseSquaredLength)}, in loops without a branch.
   *
   * @param work modified: {@code [n]}
   * @param kernel modified: {@code [n]}, the covariances
   */
  double sum(
      double[] distances,
      double[] weights,
      int n,
      double inverseSquaredLength,
      double[] work,
      double[] kernel) {
    fill(distances, n, inverseSquaredLength, work, kernel);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += weights[i] * kernel[i];
    }
    return sum;
  }

  /** {@code kernel[i] = k(distances[i] * inverseSquaredLength)}. */
  void fill(
      double[] distances, int n, double inverseSquaredLength, double[] work, double[] kernel) {
    switch (this) {
      case MATERN32 -> {
        radii(distances, n, 3 * inverseSquaredLength, work);
        NegativeExp.all(work, n, 0, -1, kernel);
        for (int i = 0; i < n; i++) {
          kernel[i] *= 1 + Math.sqrt(3 * inverseSquaredLength * distances[i]);
        }
      }
      case MATERN52 -> {
        radii(distances, n, 5 * inverseSquaredLength, work);
        NegativeExp.all(work, n, 0, -1, kernel);
        for (int i = 0; i < n; i++) {
          double r = Math.sqrt(5 * inverseSquaredLength * distances[i]);
          kernel[i] *= 1 + r + r * r * (1.0 / 3);
        }
      }
      default -> {
        System.arraycopy(distances, 0, work, 0, n);
        NegativeExp.all(work, n, 0, -0.5 * inverseSquaredLength, kernel);
      }
    }
  }

  private static void radii(double[] distances, int n, double factor, double[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = Math.sqrt(factor * distances[i]);
    }
  }
}
