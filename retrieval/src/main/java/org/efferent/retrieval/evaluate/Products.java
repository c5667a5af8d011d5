package org.efferent.retrieval.evaluate;

import org.bytedeco.openblas.global.openblas;

/**
 * {@code C += A Bᵀ} of blocks: large ones by {@code dgemm} of OpenBLAS, the BLAS of ND4J's stack,
 * small ones in Java, as all are where the native library does not load or multiplies wrongly.
 */
final class Products {
  private Products() {}

  /** Loads natives when first asked, once. */
  private static final class Native {
    static final boolean WORKS = multipliesRightly();

    private Native() {}

    private static boolean multipliesRightly() {
      int n = 131;
      double[] a = new double[n * n];
      double[] b = new double[n * n];
      for (int i = 0; i < n * n; i++) {
        a[i] = (i * 37 % 101 - 50) / 16.0;
        b[i] = (i * 53 % 97 - 48) / 16.0;
      }
      double[] fast = new double[n * n];
      double[] slow = new double[n * n];
      try {
        natively(a, b, fast, n, n, n);
      } catch (LinkageError e) {
        return false;
      }
      inJava(a, b, slow, n, n, n);
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
   * Adds {@code A Bᵀ} to C, natively.
   *
   * @param a {@code [m × inner]}
   * @param b {@code [n × inner]}
   * @param c {@code [m × n]}; modified
   */
  static void natively(double[] a, double[] b, double[] c, int m, int n, int inner) {
    openblas.cblas_dgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        m,
        n,
        inner,
        1,
        a,
        inner,
        b,
        inner,
        1,
        c,
        n);
  }

  /** The same in Java; four sums at once, because one waits for itself. */
  static void inJava(double[] a, double[] b, double[] c, int m, int n, int inner) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c[i * n + j] += dot(a, i * inner, b, j * inner, inner);
      }
    }
  }

  private static double dot(double[] a, int p, double[] b, int q, int inner) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = 0;
    for (; k + 3 < inner; k += 4) {
      s0 += a[p + k] * b[q + k];
      s1 += a[p + k + 1] * b[q + k + 1];
      s2 += a[p + k + 2] * b[q + k + 2];
      s3 += a[p + k + 3] * b[q + k + 3];
    }
    for (; k < inner; k++) {
      s0 += a[p + k] * b[q + k];
    }
    return s0 + s1 + (s2 + s3);
  }
}
