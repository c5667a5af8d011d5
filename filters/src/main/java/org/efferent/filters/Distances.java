package org.efferent.filters;

/**
 * Squared Euclidean distances from one point to many, held column-major so that loops vectorise.
 */
final class Distances {
  private Distances() {}

  /**
   * {@code out[i] = Σ_c (columns[c * n + i] - x[c])²}.
   *
   * @param columns {@code [m][n]}: feature c of all rows starts at {@code c * n}
   * @param n rows
   * @param x {@code [m]}
   * @param m features
   * @param out {@code [n]}, overwritten
   */
  static void squared(double[] columns, int n, double[] x, int m, double[] out) {
    java.util.Arrays.fill(out, 0, n, 0);
    int c = 0;
    for (; c + 4 <= m; c += 4) {
      four(columns, c * n, n, x[c], x[c + 1], x[c + 2], x[c + 3], out);
    }
    for (; c < m; c++) {
      one(columns, c * n, n, x[c], out);
    }
  }

  private static void four(
      double[] columns, int start, int n, double p, double q, double r, double s, double[] out) {
    int second = start + n;
    int third = second + n;
    int fourth = third + n;
    for (int i = 0; i < n; i++) {
      double a = columns[start + i] - p;
      double b = columns[second + i] - q;
      double c = columns[third + i] - r;
      double d = columns[fourth + i] - s;
      out[i] += a * a + b * b + (c * c + d * d);
    }
  }

  private static void one(double[] columns, int start, int n, double p, double[] out) {
    for (int i = 0; i < n; i++) {
      double a = columns[start + i] - p;
      out[i] += a * a;
    }
  }

  /** The smallest of the first n values. */
  static double smallest(double[] values, int n) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      least = values[i] < least ? values[i] : least;
    }
    return least;
  }
}
