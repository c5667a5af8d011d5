package org.efferent.filters;

/**
 * The Cholesky factor of a large symmetric positive definite matrix, {@code K = L Lᵀ}, and what
 * follows from it. Small matrices are factored in Java, so that natives load only where they pay.
 */
sealed interface Cholesky extends AutoCloseable permits JavaCholesky, DenseLinearAlgebra {
  /** Up to this many rows Java does it. */
  int LARGEST_IN_JAVA = 256;

  /** Where the matrix comes from, row by row. */
  interface Rows {
    /** Writes columns 0 to {@code row}, that one included, of a row. */
    void fill(int row, double[] out);
  }

  /** Factors an {@code [n × n]} matrix. */
  static Cholesky of(int n, Rows rows) {
    return n <= LARGEST_IN_JAVA ? new JavaCholesky(n, rows) : new DenseLinearAlgebra(n, rows);
  }

  /** Whether the matrix is positive definite; if not, nothing else may be asked. */
  boolean isDefinite();

  /** {@code log det K}. */
  double logDeterminant();

  /**
   * Solves {@code K y = b} in place.
   *
   * @param b {@code [n]}, overwritten with y
   */
  void solve(double[] b);

  /** Computes {@code K⁻¹} once, in place of the factor: only {@link #inverseRow} may follow. */
  void invert();

  /**
   * One row of {@code K⁻¹}, columns 0 to {@code row}, that one included.
   *
   * @param row from 0
   * @param out at least {@code [row + 1]}
   */
  void inverseRow(int row, double[] out);

  @Override
  void close();
}
