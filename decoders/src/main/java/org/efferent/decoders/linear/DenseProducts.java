package org.efferent.decoders.linear;

import org.bytedeco.openblas.global.openblas;

/**
 * Products of dense matrices, row-major: large ones by {@code dgemm} of OpenBLAS, the BLAS of
 * ND4J's stack, small ones in Java, as all are where the native library does not load or multiplies
 * wrongly. Nothing else of that OpenBLAS (0.3.19) is trusted on processors with AVX-512, where its
 * triangular products and solves are wrong.
 */
final class DenseProducts {
  /** Up to so many multiplications Java does it, and nothing native is loaded. */
  private static final long SMALL = 1_000_000;

  private DenseProducts() {}

  /** Loads natives when a large product is asked for, once. */
  private static final class Native {
    static final boolean WORKS = multipliesRightly();

    private Native() {}

    private static boolean multipliesRightly() {
      int n = 150;
      double[] a = new double[n * n];
      double[] b = new double[n * n];
      for (int i = 0; i < n * n; i++) {
        a[i] = (i * 37 % 101 - 50) / 16.0;
        b[i] = (i * 53 % 97 - 48) / 16.0;
      }
      double[] fast = new double[n * n];
      double[] slow = new double[n * n];
      try {
        dgemm(false, a, true, b, fast, n, n, n);
      } catch (LinkageError e) {
        return false;
      }
      inJava(false, a, true, b, slow, n, n, n);
      double error = 0;
      for (int i = 0; i < n * n; i++) {
        error = Math.max(error, Math.abs(fast[i] - slow[i]));
      }
      return error < 1e-9;
    }
  }

  /** Whether the native library is there and multiplies rightly; loads it. */
  static boolean isNative() {
    return Native.WORKS;
  }

  /**
   * {@code A B}.
   *
   * @param a {@code [m × inner]}
   * @param b {@code [inner × n]}
   * @return {@code [m × n]}
   */
  static double[] multiply(double[] a, double[] b, int m, int inner, int n) {
    return product(false, a, false, b, m, inner, n);
  }

  /**
   * {@code Aᵀ B}.
   *
   * @param a {@code [inner × m]}
   * @param b {@code [inner × n]}
   * @return {@code [m × n]}
   */
  static double[] leftTransposed(double[] a, double[] b, int m, int inner, int n) {
    return product(true, a, false, b, m, inner, n);
  }

  /**
   * {@code A Bᵀ}.
   *
   * @param a {@code [m × inner]}
   * @param b {@code [n × inner]}
   * @return {@code [m × n]}
   */
  static double[] rightTransposed(double[] a, double[] b, int m, int inner, int n) {
    return product(false, a, true, b, m, inner, n);
  }

  private static double[] product(
      boolean turnA, double[] a, boolean turnB, double[] b, int m, int inner, int n) {
    double[] c = new double[Math.multiplyExact(m, n)];
    if ((long) m * n * inner <= SMALL || !Native.WORKS) {
      inJava(turnA, a, turnB, b, c, m, inner, n);
    } else {
      dgemm(turnA, a, turnB, b, c, m, inner, n);
    }
    return c;
  }

  private static void dgemm(
      boolean turnA, double[] a, boolean turnB, double[] b, double[] c, int m, int inner, int n) {
    openblas.cblas_dgemm(
        openblas.CblasRowMajor,
        turnA ? openblas.CblasTrans : openblas.CblasNoTrans,
        turnB ? openblas.CblasTrans : openblas.CblasNoTrans,
        m,
        n,
        inner,
        1,
        a,
        turnA ? m : inner,
        b,
        turnB ? inner : n,
        0,
        c,
        n);
  }

  /** Rows of B are added up, so that the inner loop runs along memory; Bᵀ is turned first. */
  private static void inJava(
      boolean turnA, double[] a, boolean turnB, double[] b, double[] c, int m, int inner, int n) {
    double[] plain = turnB ? transpose(b, n, inner) : b;
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < inner; k++) {
        double factor = turnA ? a[k * m + i] : a[i * inner + k];
        if (factor != 0) {
          addRow(factor, plain, k * n, c, i * n, n);
        }
      }
    }
  }

  private static void addRow(double factor, double[] from, int at, double[] to, int into, int n) {
    for (int j = 0; j < n; j++) {
      to[into + j] += factor * from[at + j];
    }
  }

  /**
   * The transpose.
   *
   * @param a {@code [rows × columns]}
   * @return {@code [columns × rows]}
   */
  static double[] transpose(double[] a, int rows, int columns) {
    double[] turned = new double[a.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = a[i * columns + j];
      }
    }
    return turned;
  }
}
