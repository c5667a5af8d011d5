package org.efferent.filters;

/**
 * Square matrices of a few rows, row-major in flat arrays, without allocation: what one step of a
 * filter needs. {@code n} is the number of rows; an output must not be an input unless said.
 */
final class SmallMatrix {
  private static final int SWEEPS = 50;

  private SmallMatrix() {}

  /** {@code out = a b}. */
  static void multiply(double[] a, double[] b, int n, double[] out) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += a[i * n + k] * b[k * n + j];
        }
        out[i * n + j] = sum;
      }
    }
  }

  /** {@code out = a bᵀ}. */
  static void multiplyTransposed(double[] a, double[] b, int n, double[] out) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += a[i * n + k] * b[j * n + k];
        }
        out[i * n + j] = sum;
      }
    }
  }

  /** {@code out = a v}; {@code a} is {@code [n × columns]}. */
  static void apply(double[] a, double[] v, int n, int columns, double[] out) {
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int k = 0; k < columns; k++) {
        sum += a[i * columns + k] * v[k];
      }
      out[i] = sum;
    }
  }

  /** Makes {@code a} symmetric by averaging it with its transpose; modified. */
  static void symmetrize(double[] a, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double mean = 0.5 * (a[i * n + j] + a[j * n + i]);
        a[i * n + j] = mean;
        a[j * n + i] = mean;
      }
    }
  }

  /**
   * The inverse by Gauss-Jordan elimination with row pivots; a closed form for two rows. A singular
   * matrix leaves values that are not finite: the caller asks {@link #isFinite}.
   *
   * @param work scratch of {@code n * n}
   */
  static void invert(double[] a, int n, double[] work, double[] out) {
    if (n == 2) {
      double det = a[0] * a[3] - a[1] * a[2];
      out[0] = a[3] / det;
      out[1] = -a[1] / det;
      out[2] = -a[2] / det;
      out[3] = a[0] / det;
      return;
    }
    System.arraycopy(a, 0, work, 0, n * n);
    for (int i = 0; i < n * n; i++) {
      out[i] = i % (n + 1) == 0 ? 1 : 0;
    }
    for (int c = 0; c < n; c++) {
      int pivot = c;
      for (int r = c + 1; r < n; r++) {
        if (Math.abs(work[r * n + c]) > Math.abs(work[pivot * n + c])) {
          pivot = r;
        }
      }
      swapRows(work, n, c, pivot);
      swapRows(out, n, c, pivot);
      double scale = 1 / work[c * n + c];
      for (int k = 0; k < n; k++) {
        work[c * n + k] *= scale;
        out[c * n + k] *= scale;
      }
      for (int r = 0; r < n; r++) {
        double factor = work[r * n + c];
        if (r != c && factor != 0) {
          for (int k = 0; k < n; k++) {
            work[r * n + k] -= factor * work[c * n + k];
            out[r * n + k] -= factor * out[c * n + k];
          }
        }
      }
    }
  }

  private static void swapRows(double[] a, int n, int p, int q) {
    for (int k = 0; p != q && k < n; k++) {
      double t = a[p * n + k];
      a[p * n + k] = a[q * n + k];
      a[q * n + k] = t;
    }
  }

  /**
   * The lower Cholesky factor, upper part zero.
   *
   * @return whether {@code a} is positive definite; if not, {@code out} is unusable
   */
  static boolean cholesky(double[] a, int n, double[] out) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = j > i ? 0 : a[i * n + j];
        for (int k = 0; k < j && j <= i; k++) {
          sum -= out[i * n + k] * out[j * n + k];
        }
        if (j < i) {
          out[i * n + j] = sum / out[j * n + j];
        } else if (j > i) {
          out[i * n + j] = 0;
        } else if (sum > 0 && sum < Double.POSITIVE_INFINITY) {
          out[i * n + i] = Math.sqrt(sum);
        } else {
          return false;
        }
      }
    }
    return true;
  }

  /** Inverse of a lower triangular matrix, upper part zero. */
  static void invertLower(double[] l, int n, double[] out) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double sum = i == j ? 1 : 0;
        for (int k = j; k < i; k++) {
          sum -= l[i * n + k] * out[k * n + j];
        }
        out[i * n + j] = i < j ? 0 : sum / l[i * n + i];
      }
    }
  }

  /**
   * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van
   * Loan, Matrix Computations, 8.5).
   *
   * @param a modified: its diagonal ends as the eigenvalues, in no order
   * @param vectors the eigenvectors, one a column
   */
  static void eigen(double[] a, int n, double[] vectors) {
    for (int i = 0; i < n * n; i++) {
      vectors[i] = i % (n + 1) == 0 ? 1 : 0;
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double off = 0;
      double diagonal = 0;
      for (int i = 0; i < n; i++) {
        diagonal += a[i * n + i] * a[i * n + i];
        for (int j = 0; j < i; j++) {
          off += a[i * n + j] * a[i * n + j];
        }
      }
      if (!(off > 1e-32 * diagonal)) {
        return;
      }
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          if (a[p * n + q] != 0) {
            rotate(a, vectors, n, p, q);
          }
        }
      }
    }
  }

  private static void rotate(double[] a, double[] vectors, int n, int p, int q) {
    double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
    double c = 1 / Math.hypot(1, t);
    double s = t * c;
    for (int k = 0; k < n; k++) {
      double kp = a[k * n + p];
      double kq = a[k * n + q];
      a[k * n + p] = c * kp - s * kq;
      a[k * n + q] = s * kp + c * kq;
    }
    for (int k = 0; k < n; k++) {
      double pk = a[p * n + k];
      double qk = a[q * n + k];
      a[p * n + k] = c * pk - s * qk;
      a[q * n + k] = s * pk + c * qk;
      double vp = vectors[k * n + p];
      double vq = vectors[k * n + q];
      vectors[k * n + p] = c * vp - s * vq;
      vectors[k * n + q] = s * vp + c * vq;
    }
  }

  /** Whether every value is finite. */
  static boolean isFinite(double[] a) {
    for (double value : a) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
