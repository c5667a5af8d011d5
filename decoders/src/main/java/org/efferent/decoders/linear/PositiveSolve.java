package org.efferent.decoders.linear;

/**
 * Solves systems with a symmetric positive definite matrix by a Cholesky factor in blocks, the
 * heavy work in products (Golub and Van Loan, Matrix Computations, 4.2.7).
 */
final class PositiveSolve {
  private static final int BLOCK = 96;
  private static final int STRIPE = 512;

  private PositiveSolve() {}

  /**
   * Solves {@code A X = B}.
   *
   * @param a {@code [n × n]}, of which the lower half is read; modified
   * @param b {@code [n × m]}, overwritten with X
   * @param n rows of both
   * @param m columns of B
   * @return false if A is not positive definite to working precision
   */
  static boolean solve(double[] a, double[] b, int n, int m) {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, a[i * n + i]);
    }
    double floor = largest * n * 0x1p-52;
    for (int k = 0; k < n; k += BLOCK) {
      int width = Math.min(BLOCK, n - k);
      if (!factorBlock(a, n, k, width, floor)) {
        return false;
      }
      double[] panel = panel(a, n, k, width);
      subtractProduct(a, n, k + width, panel, width);
    }
    forward(a, b, n, m);
    backward(a, b, n, m);
    return true;
  }

  private static boolean factorBlock(double[] a, int n, int k, int width, double floor) {
    for (int j = k; j < k + width; j++) {
      double pivot = a[j * n + j];
      for (int c = k; c < j; c++) {
        pivot -= a[j * n + c] * a[j * n + c];
      }
      // Written so that NaN fails.
      if (!(pivot > floor)) {
        return false;
      }
      double root = Math.sqrt(pivot);
      a[j * n + j] = root;
      for (int i = j + 1; i < k + width; i++) {
        a[i * n + j] = reduced(a, n, i, j, k) / root;
      }
    }
    return true;
  }

  private static double reduced(double[] a, int n, int i, int j, int from) {
    double sum = a[i * n + j];
    for (int c = from; c < j; c++) {
      sum -= a[i * n + c] * a[j * n + c];
    }
    return sum;
  }

  /** The rows below a block, solved with it: a copy of {@code L[k + width:, k: k + width]}. */
  private static double[] panel(double[] a, int n, int k, int width) {
    int below = n - k - width;
    double[] panel = new double[below * width];
    for (int i = 0; i < below; i++) {
      int row = k + width + i;
      for (int j = k; j < k + width; j++) {
        a[row * n + j] = reduced(a, n, row, j, k) / a[j * n + j];
      }
      System.arraycopy(a, row * n + k, panel, i * width, width);
    }
    return panel;
  }

  private static void subtractProduct(double[] a, int n, int from, double[] panel, int width) {
    int below = n - from;
    for (int s = 0; s < below; s += STRIPE) {
      int rows = Math.min(STRIPE, below - s);
      double[] stripe = new double[rows * width];
      System.arraycopy(panel, s * width, stripe, 0, stripe.length);
      double[] product = DenseProducts.rightTransposed(stripe, panel, rows, width, s + rows);
      for (int i = 0; i < rows; i++) {
        int at = (from + s + i) * n + from;
        for (int j = 0; j <= s + i; j++) {
          a[at + j] -= product[i * (s + rows) + j];
        }
      }
    }
  }

  /** {@code L Y = B}. */
  private static void forward(double[] l, double[] b, int n, int m) {
    for (int k = 0; k < n; k += BLOCK) {
      int width = Math.min(BLOCK, n - k);
      if (k > 0) {
        double[] left = new double[width * k];
        for (int i = 0; i < width; i++) {
          System.arraycopy(l, (k + i) * n, left, i * k, k);
        }
        double[] known = DenseProducts.multiply(left, b, width, k, m);
        for (int i = 0; i < known.length; i++) {
          b[k * m + i] -= known[i];
        }
      }
      for (int i = k; i < k + width; i++) {
        for (int c = k; c < i; c++) {
          addRow(b, i, c, -l[i * n + c], m);
        }
        scaleRow(b, i, 1 / l[i * n + i], m);
      }
    }
  }

  /** {@code Lᵀ X = Y}. */
  private static void backward(double[] l, double[] b, int n, int m) {
    for (int k = (n - 1) / BLOCK * BLOCK; k >= 0; k -= BLOCK) {
      int width = Math.min(BLOCK, n - k);
      int below = n - k - width;
      if (below > 0) {
        double[] under = new double[below * width];
        for (int i = 0; i < below; i++) {
          System.arraycopy(l, (k + width + i) * n + k, under, i * width, width);
        }
        double[] solved = new double[below * m];
        System.arraycopy(b, (k + width) * m, solved, 0, solved.length);
        double[] known = DenseProducts.leftTransposed(under, solved, width, below, m);
        for (int i = 0; i < known.length; i++) {
          b[k * m + i] -= known[i];
        }
      }
      for (int i = k + width - 1; i >= k; i--) {
        for (int c = i + 1; c < k + width; c++) {
          addRow(b, i, c, -l[c * n + i], m);
        }
        scaleRow(b, i, 1 / l[i * n + i], m);
      }
    }
  }

  private static void addRow(double[] b, int to, int from, double factor, int m) {
    for (int j = 0; j < m; j++) {
      b[to * m + j] += factor * b[from * m + j];
    }
  }

  private static void scaleRow(double[] b, int row, double factor, int m) {
    for (int j = 0; j < m; j++) {
      b[row * m + j] *= factor;
    }
  }
}
