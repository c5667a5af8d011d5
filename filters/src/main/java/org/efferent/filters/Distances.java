package org.efferent.filters;

/** Squared Euclidean distances from one point to many, held by columns so that loops vectorise. */
final class Distances {
  private Distances() {}

  /**
   * {@code out[i] = Σ_c (columns[c][i] - x[c])²}. Two columns a pass, every array from its start:
   * the JIT of JDK 17 vectorises that, and neither offsets into one array nor four at a time.
   *
   * @param columns {@code [m][n]}
   * @param n rows
   * @param x {@code [m]}
   * @param m features
   * @param out {@code [n]}, overwritten
   */
  static void squared(double[][] columns, int n, double[] x, int m, double[] out) {
    java.util.Arrays.fill(out, 0, n, 0);
    int c = 0;
    for (; c + 2 <= m; c += 2) {
      two(columns[c], columns[c + 1], n, x[c], x[c + 1], out);
    }
    if (c < m) {
      one(columns[c], n, x[c], out);
    }
  }

  private static void two(
      double[] first, double[] second, int n, double p, double q, double[] out) {
    for (int i = 0; i < n; i++) {
      double a = first[i] - p;
      double b = second[i] - q;
      out[i] += a * a + b * b;
    }
  }

  private static void one(double[] column, int n, double p, double[] out) {
    for (int i = 0; i < n; i++) {
      double a = column[i] - p;
      out[i] += a * a;
    }
  }

  /** The smallest of the first n values. */
  static double smallest(double[] values, int n) {
    // Four at a time: one minimum after the other would wait for itself.
    double a = Double.POSITIVE_INFINITY;
    double b = a;
    double c = a;
    double d = a;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      a = values[i] < a ? values[i] : a;
      b = values[i + 1] < b ? values[i + 1] : b;
      c = values[i + 2] < c ? values[i + 2] : c;
      d = values[i + 3] < d ? values[i + 3] : d;
    }
    for (; i < n; i++) {
      a = values[i] < a ? values[i] : a;
    }
    return Math.min(Math.min(a, b), Math.min(c, d));
  }
}
