package org.efferent.filters;

import java.nio.DoubleBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.efferent.core.UnavailableException;

/**
 * Cholesky factors of large matrices by blocks, all heavy work in matrix products by OpenBLAS, the
 * BLAS of ND4J's stack; the only class that touches natives. The matrix lies outside the heap,
 * row-major, {@code 8 n²} bytes, until {@link #close()}.
 *
 * <p>Only {@code dgemm} is used: the triangular solves of OpenBLAS 0.3.19, and with them its {@code
 * dpotrf}, are wrong on processors with AVX-512 (potrf finds a well-conditioned matrix indefinite;
 * ND4J's own Cholesky fails alike). Diagonal blocks are factored and inverted in Java. Every factor
 * is checked against the matrix along one vector.
 */
final class DenseLinearAlgebra implements Cholesky {
  /** Most rows: beyond, a buffer's index would overflow. */
  static final int MOST_ROWS = 16_000;

  private static final int BLOCK = 96;

  private final int n;
  private final DoublePointer memory;
  private final DoubleBuffer matrix;
  private final double[] probe;
  private final double[] product;
  private boolean definite = true;

  DenseLinearAlgebra(int n, Rows rows) {
    if (n > MOST_ROWS) {
      throw new IllegalArgumentException("rows must not exceed " + MOST_ROWS + "; rows=" + n);
    }
    this.n = n;
    memory = allocate((long) n * n);
    try {
      matrix = memory.asByteBuffer().order(java.nio.ByteOrder.nativeOrder()).asDoubleBuffer();
      probe = new double[n];
      product = new double[n];
      fill(rows);
      factor();
      if (definite) {
        check();
      }
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  private static DoublePointer allocate(long values) {
    try {
      return new DoublePointer(values);
    } catch (LinkageError e) {
      throw new UnavailableException(
          "Gaussian processes on more than "
              + LARGEST_IN_JAVA
              + " rows need the native OpenBLAS library, which does not load here: use fewer f rows"
              + " or another filter",
          e);
    }
  }

  private void fill(Rows rows) {
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      probe[i] = (i % 7 - 3) / 3.0 + 0.1;
      rows.fill(i, row);
      matrix.put(i * n, row, 0, i + 1);
      for (int j = 0; j < i; j++) {
        product[i] += row[j] * probe[j];
        product[j] += row[j] * probe[i];
      }
      product[i] += row[i] * probe[i];
    }
  }

  /** Left-looking by block columns (Golub and Van Loan, Matrix Computations, 4.2.6). */
  private void factor() {
    double[] diagonal = new double[BLOCK * BLOCK];
    double[] inverse = new double[BLOCK * BLOCK];
    try (DoublePointer panel = new DoublePointer((long) n * BLOCK);
        DoublePointer small = new DoublePointer((long) BLOCK * BLOCK)) {
      for (int k = 0; k < n && definite; k += BLOCK) {
        int b = Math.min(BLOCK, n - k);
        int below = n - k - b;
        // A[k:, block] -= L[k:, :k] L[block, :k]ᵀ
        if (k > 0) {
          gemm(true, n - k, b, k, -1, at(k, 0), n, at(k, 0), n, 1, at(k, k), n);
        }
        readBlock(k, b, diagonal);
        definite = SmallMatrix.cholesky(diagonal, b, inverse);
        if (definite) {
          writeLower(k, b, inverse);
          if (below > 0) {
            SmallMatrix.invertLower(inverse, b, diagonal);
            small.position(0).put(diagonal, 0, b * b);
            copyPanel(k, b, below, panel);
            // A[below, block] = A[below, block] L[block]⁻ᵀ
            gemm(true, below, b, b, 1, panel, b, small, b, 0, at(k + b, k), n);
          }
        }
      }
    }
  }

  private void readBlock(int k, int b, double[] out) {
    for (int i = 0; i < b; i++) {
      matrix.get((k + i) * n + k, out, i * b, b);
    }
  }

  private void writeLower(int k, int b, double[] block) {
    for (int i = 0; i < b; i++) {
      matrix.put((k + i) * n + k, block, i * b, b);
    }
  }

  private void copyPanel(int k, int b, int rows, DoublePointer panel) {
    DoubleBuffer out =
        panel.position(0).asByteBuffer().order(java.nio.ByteOrder.nativeOrder()).asDoubleBuffer();
    double[] row = new double[b];
    for (int i = 0; i < rows; i++) {
      matrix.get((k + b + i) * n + k, row, 0, b);
      out.put(i * b, row, 0, b);
    }
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

  private DoublePointer at(int row, int column) {
    return memory.getPointer((long) row * n + column);
  }

  /** {@code L (Lᵀ v)} must be {@code K v}. */
  private void check() {
    double[] row = new double[n];
    double[] inner = new double[n];
    for (int i = 0; i < n; i++) {
      matrix.get(i * n, row, 0, i + 1);
      for (int j = 0; j <= i; j++) {
        inner[j] += row[j] * probe[i];
      }
    }
    double error = 0;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      matrix.get(i * n, row, 0, i + 1);
      double sum = 0;
      for (int j = 0; j <= i; j++) {
        sum += row[j] * inner[j];
      }
      error = Math.max(error, Math.abs(sum - product[i]));
      largest = Math.max(largest, Math.abs(product[i]));
    }
    if (!(error <= 1e-8 * largest)) {
      throw new UnavailableException(
          "OpenBLAS computes wrong products on this processor; relative error="
              + error / largest
              + ": set the environment variable OPENBLAS_CORETYPE=Haswell and start again");
    }
  }

  @Override
  public boolean isDefinite() {
    return definite;
  }

  @Override
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += 2 * Math.log(matrix.get(i * n + i));
    }
    return sum;
  }

  @Override
  public void solve(double[] b) {
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      matrix.get(i * n, row, 0, i + 1);
      double sum = b[i];
      for (int k = 0; k < i; k++) {
        sum -= row[k] * b[k];
      }
      b[i] = sum / row[i];
    }
    for (int i = n - 1; i >= 0; i--) {
      matrix.get(i * n, row, 0, i + 1);
      b[i] /= row[i];
      for (int k = 0; k < i; k++) {
        b[k] -= row[k] * b[i];
      }
    }
  }

  /** X = L⁻¹ by block rows, {@code X_i = -X_ii L_i,:i X_:i}, then {@code K⁻¹ = Xᵀ X}. */
  @Override
  public void invert() {
    double[] block = new double[BLOCK * BLOCK];
    double[] inverse = new double[BLOCK * BLOCK];
    clearUpper();
    try (DoublePointer panel = new DoublePointer((long) n * BLOCK);
        DoublePointer small = new DoublePointer((long) BLOCK * BLOCK);
        DoublePointer result = new DoublePointer((long) n * n)) {
      for (int k = 0; k < n; k += BLOCK) {
        int b = Math.min(BLOCK, n - k);
        readBlock(k, b, block);
        SmallMatrix.invertLower(block, b, inverse);
        small.position(0).put(inverse, 0, b * b);
        if (k > 0) {
          gemm(false, b, k, k, 1, at(k, 0), n, memory, n, 0, panel, k);
          gemm(false, b, k, b, -1, small, b, panel, k, 0, at(k, 0), n);
        }
        writeLower(k, b, inverse);
      }
      for (int k = 0; k < n; k += BLOCK) {
        int b = Math.min(BLOCK, n - k);
        // Rows k.. of X alone reach into these columns: K⁻¹[k: block, :k+b] = X[k:, block]ᵀ X[k:,
        // :k+b]
        openblas.cblas_dgemm(
            openblas.CblasRowMajor,
            openblas.CblasTrans,
            openblas.CblasNoTrans,
            b,
            k + b,
            n - k,
            1,
            at(k, k),
            n,
            at(k, 0),
            n,
            0,
            result.getPointer((long) k * n),
            n);
      }
      memory.put(result);
    }
  }

  private void clearUpper() {
    double[] zeros = new double[n];
    for (int i = 0; i < n; i++) {
      matrix.put(i * n + i + 1, zeros, 0, n - i - 1);
    }
  }

  @Override
  public void inverseRow(int row, double[] out) {
    matrix.get(row * n, out, 0, row + 1);
  }

  @Override
  public void close() {
    memory.close();
  }
}
