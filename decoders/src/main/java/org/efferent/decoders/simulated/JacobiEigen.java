package org.efferent.decoders.simulated;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations: each makes one pair of
 * elements zero, over and over, until none is left (Golub and Van Loan, Matrix Computations, 8.5).
 */
final class JacobiEigen {
  private static final int MOST_SWEEPS = 60;

  private final double[] values;
  private final double[][] vectors;

  /**
   * Decomposes a matrix.
   *
   * @param symmetric not modified
   */
  JacobiEigen(double[][] symmetric) {
    int n = symmetric.length;
    double[][] a = new double[n][];
    vectors = new double[n][n];
    double size = 0;
    for (int i = 0; i < n; i++) {
      a[i] = symmetric[i].clone();
      vectors[i][i] = 1;
      size += Dense.dot(a[i], a[i]);
    }
    double small = 1e-15 * Math.sqrt(size) / n;
    boolean rotated = true;
    for (int sweep = 0; rotated && sweep < MOST_SWEEPS; sweep++) {
      rotated = false;
      for (int p = 0; p < n - 1; p++) {
        for (int q = p + 1; q < n; q++) {
          if (Math.abs(a[p][q]) > small) {
            rotate(a, p, q);
            rotated = true;
          }
        }
      }
    }
    values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = a[i][i];
    }
  }

  private void rotate(double[][] a, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    double pq = a[p][q];
    a[p][p] -= t * pq;
    a[q][q] += t * pq;
    a[p][q] = 0;
    a[q][p] = 0;
    double[] rowP = a[p];
    double[] rowQ = a[q];
    for (int i = 0; i < a.length; i++) {
      if (i != p && i != q) {
        double x = rowP[i];
        double y = rowQ[i];
        rowP[i] = c * x - s * y;
        rowQ[i] = s * x + c * y;
        a[i][p] = rowP[i];
        a[i][q] = rowQ[i];
      }
    }
    double[] left = vectors[p];
    double[] right = vectors[q];
    for (int i = 0; i < a.length; i++) {
      double x = left[i];
      double y = right[i];
      left[i] = c * x - s * y;
      right[i] = s * x + c * y;
    }
  }

  /** Eigenvalues, in no order. */
  double[] values() {
    return values;
  }

  /** Eigenvectors as rows, in the order of the values. */
  double[][] vectors() {
    return vectors;
  }
}
