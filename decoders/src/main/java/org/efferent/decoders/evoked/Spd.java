package org.efferent.decoders.evoked;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.efferent.decoders.linear.SymmetricEigen;

/** Small symmetric matrices, positive definite ones among them: {@code [n × n]}, row-major. */
final class Spd {
  private static final int MOST_STEPS = 50;
  private static final double CLOSE = 1e-9;

  private Spd() {}

  /** {@code A B}, {@code [m × inner]} by {@code [inner × n]}. */
  static double[] multiply(double[] a, double[] b, int m, int inner, int n) {
    double[] product = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < inner; k++) {
        double factor = a[i * inner + k];
        for (int j = 0; j < n; j++) {
          product[i * n + j] += factor * b[k * n + j];
        }
      }
    }
    return product;
  }

  /** {@code S A S} of symmetric S and A, made symmetric to the last digit. */
  static double[] congruent(double[] s, double[] a, int n) {
    double[] product = multiply(multiply(s, a, n, n, n), s, n, n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double mean = (product[i * n + j] + product[j * n + i]) / 2;
        product[i * n + j] = mean;
        product[j * n + i] = mean;
      }
    }
    return product;
  }

  static double[] apply(double[] a, int n, DoubleUnaryOperator function) {
    return SymmetricEigen.of(a, n).apply(function);
  }

  /** The logarithm; what rounding left of an eigenvalue of 0 counts as very small. */
  static double[] logarithm(double[] a, int n) {
    return apply(a, n, v -> Math.log(Math.max(v, Double.MIN_NORMAL)));
  }

  /** {@code A^-½}; directions in which A has nothing are left out. */
  static double[] inverseRoot(double[] a, int n) {
    SymmetricEigen eigen = SymmetricEigen.of(a, n);
    double floor = 1e-12 * eigen.values()[n - 1];
    return eigen.apply(v -> v > floor ? 1 / Math.sqrt(v) : 0);
  }

  /**
   * The Riemannian (affine-invariant) mean: the M for which {@code Σ log(M^-½ Cᵢ M^-½) = 0}, by
   * steps along that sum (Moakher: A differential geometric approach to the geometric mean of
   * symmetric positive-definite matrices, SIAM J. Matrix Anal. Appl. 26, 2005,
   * doi:10.1137/S0895479803436937), from the arithmetic mean on.
   *
   * @param matrices positive definite
   */
  static double[] mean(List<double[]> matrices, int n) {
    double[] mean = new double[n * n];
    matrices.forEach(c -> add(mean, c, matrices.size()));
    double[] current = mean;
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] root = apply(current, n, v -> Math.sqrt(Math.max(v, 0)));
      double[] inverse = inverseRoot(current, n);
      double[] tangent = new double[n * n];
      for (double[] c : matrices) {
        add(tangent, logarithm(congruent(inverse, c, n), n), matrices.size());
      }
      current = congruent(root, apply(tangent, n, Math::exp), n);
      double square = 0;
      for (double v : tangent) {
        square += v * v;
      }
      if (square < CLOSE * CLOSE) {
        break;
      }
    }
    return current;
  }

  private static void add(double[] sum, double[] term, int count) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += term[i] / count;
    }
  }
}
