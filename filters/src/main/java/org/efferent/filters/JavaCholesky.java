package org.efferent.filters;

/** The plain twin of {@link DenseLinearAlgebra}: rows of the factor as arrays. */
final class JavaCholesky implements Cholesky {
  private final int n;
  private final double[][] factor;
  private boolean definite = true;

  JavaCholesky(int n, Rows rows) {
    this.n = n;
    factor = new double[n][];
    for (int i = 0; i < n && definite; i++) {
      double[] row = new double[i + 1];
      rows.fill(i, row);
      for (int j = 0; j < i; j++) {
        row[j] = (row[j] - dot(row, factor[j], j)) / factor[j][j];
      }
      double pivot = row[i] - dot(row, row, i);
      definite = pivot > 0 && pivot < Double.POSITIVE_INFINITY;
      row[i] = Math.sqrt(pivot);
      factor[i] = row;
    }
  }

  private static double dot(double[] a, double[] b, int length) {
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  @Override
  public boolean isDefinite() {
    return definite;
  }

  @Override
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += 2 * Math.log(factor[i][i]);
    }
    return sum;
  }

  @Override
  public void solve(double[] b) {
    for (int i = 0; i < n; i++) {
      b[i] = (b[i] - dot(factor[i], b, i)) / factor[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      b[i] /= factor[i][i];
      for (int k = 0; k < i; k++) {
        b[k] -= factor[i][k] * b[i];
      }
    }
  }

  @Override
  public void invert() {
    double[][] inverse = new double[n][];
    double[] column = new double[n];
    for (int i = 0; i < n; i++) {
      java.util.Arrays.fill(column, 0);
      column[i] = 1;
      solve(column);
      inverse[i] = java.util.Arrays.copyOf(column, i + 1);
    }
    System.arraycopy(inverse, 0, factor, 0, n);
  }

  @Override
  public void inverseRow(int row, double[] out) {
    System.arraycopy(factor[row], 0, out, 0, row + 1);
  }

  @Override
  public void close() {}
}
