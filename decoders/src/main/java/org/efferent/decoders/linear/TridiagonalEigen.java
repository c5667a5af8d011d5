package org.efferent.decoders.linear;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Eigenvectors of a large symmetric matrix by way of a tridiagonal one: {@code A = Q T Qᵀ}, {@code
 * T = Z Λ Zᵀ}, {@code V = Q Z}. LAPACK finds Q's reflectors and Z; V is formed here by {@code
 * dgemm}.
 */
final class TridiagonalEigen {
  private static final int BLOCK = 64;

  private TridiagonalEigen() {}

  /**
   * Decomposes a matrix.
   *
   * @param symmetric {@code [n × n]}; not modified
   * @param values {@code [n]}, filled with the eigenvalues, the smallest first
   * @return {@code [n × n]}, an eigenvector a row; empty if LAPACK gave up. May be wrong: check it
   */
  static double[] decompose(double[] symmetric, int n, double[] values) {
    // Reflector j is row j of this, from column j + 2 on; its element j + 1 is 1 (LAPACK, dsytrd,
    // lower half of a column-major matrix).
    double[] reflectors = symmetric.clone();
    double[] below = new double[n];
    double[] tau = new double[n];
    if (openblas.LAPACKE_dsytrd(
            openblas.LAPACK_COL_MAJOR, (byte) 'L', n, reflectors, n, values, below, tau)
        != 0) {
      return new double[0];
    }
    double[] vectors = new double[n * n];
    if (openblas.LAPACKE_dstedc(openblas.LAPACK_COL_MAJOR, (byte) 'I', n, values, below, vectors, n)
        != 0) {
      return new double[0];
    }
    try (DoublePointer rows = new DoublePointer(vectors);
        DoublePointer block = new DoublePointer((long) BLOCK * n);
        DoublePointer triangle = new DoublePointer((long) BLOCK * BLOCK);
        DoublePointer first = new DoublePointer((long) BLOCK * n);
        DoublePointer second = new DoublePointer((long) BLOCK * n)) {
      int count = n - 1;
      for (int j = (count - 1) / BLOCK * BLOCK; j >= 0; j -= BLOCK) {
        int b = Math.min(BLOCK, count - j);
        int width = n - j - 1;
        double[] panel = panel(reflectors, n, j, b);
        block.put(panel, 0, b * width);
        triangle.put(triangle(panel, b, width, tau, j), 0, b * b);
        // Zᵀ (H_last … H_first) = Zᵀ - ((Zᵀ W) Tᵀ) Wᵀ, W the reflectors as columns
        DoublePointer columns = rows.getPointer(j + 1L);
        gemm(true, n, b, width, 1, columns, n, block, width, 0, first, b);
        gemm(true, n, b, b, 1, first, b, triangle, b, 0, second, b);
        gemm(false, n, width, b, -1, second, b, block, width, 1, columns, n);
      }
      rows.get(vectors);
    }
    return vectors;
  }

  /** Reflectors j to j + b - 1, one a row, columns j + 1 to n - 1. */
  private static double[] panel(double[] reflectors, int n, int j, int b) {
    int width = n - j - 1;
    double[] panel = new double[b * width];
    for (int i = 0; i < b; i++) {
      panel[i * width + i] = 1;
      System.arraycopy(
          reflectors, (j + i) * n + j + i + 2, panel, i * width + i + 1, width - i - 1);
    }
    return panel;
  }

  /** T, upper, of {@code H_1 … H_b = I - W T Wᵀ}, column by column. */
  private static double[] triangle(double[] panel, int b, int width, double[] tau, int j) {
    double[] t = new double[b * b];
    double[] inner = new double[b];
    for (int i = 0; i < b; i++) {
      for (int k = 0; k < i; k++) {
        double sum = 0;
        for (int c = i; c < width; c++) {
          sum += panel[k * width + c] * panel[i * width + c];
        }
        inner[k] = sum;
      }
      t[i * b + i] = tau[j + i];
      for (int r = 0; r < i; r++) {
        double sum = 0;
        for (int k = r; k < i; k++) {
          sum += t[r * b + k] * inner[k];
        }
        t[r * b + i] = -tau[j + i] * sum;
      }
    }
    return t;
  }

  /** {@code C = alpha A B' + beta C}, row-major, B' = B or its transpose. */
  private static void gemm(
      boolean transposed,
      int m,
      int columns,
      int inner,
      double alpha,
      DoublePointer a,
      int lda,
      DoublePointer b,
      int ldb,
      double beta,
      DoublePointer c,
      int ldc) {
    openblas.cblas_dgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        transposed ? openblas.CblasTrans : openblas.CblasNoTrans,
        m,
        columns,
        inner,
        alpha,
        a,
        lda,
        b,
        ldb,
        beta,
        c,
        ldc);
  }
}
