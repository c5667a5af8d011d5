package org.efferent.filters;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.efferent.core.InputException;
import org.efferent.data.RowRange;

/** Tables of training rows {@code [rows][columns]}: checks, shapes and least squares. */
final class Tables {
  /** Beyond this a square overflows; such values count as not finite. */
  static final double LARGEST = 1e100;

  private static final double RANK_TOLERANCE = 1e-12;

  private Tables() {}

  /** Refuses ragged rows and values that are not finite; returns the number of columns. */
  static int check(String what, double[][] table) {
    if (table.length == 0) {
      throw new InputException(what + " must have at least one row; rows=0");
    }
    int columns = table[0].length;
    for (int r = 0; r < table.length; r++) {
      if (table[r].length != columns || columns == 0) {
        throw new InputException(
            what
                + " must have rows of one length, at least 1; row="
                + r
                + ", columns="
                + table[r].length
                + ", row 0 has "
                + columns);
      }
      for (int c = 0; c < columns; c++) {
        if (!usable(table[r][c])) {
          throw new InputException(
              what
                  + " must be finite (at most 1e100 in size); row="
                  + r
                  + ", column="
                  + c
                  + ", value="
                  + table[r][c]
                  + "; leave such rows out of the training rows");
        }
      }
    }
    return columns;
  }

  /** Refuses two tables of unlike numbers of rows. */
  static void sameRows(String one, double[][] a, String other, double[][] b) {
    if (a.length != b.length) {
      throw new InputException(
          one + " and " + other + " must have as many rows; rows=" + a.length + " and " + b.length);
    }
  }

  static boolean usable(double value) {
    return Math.abs(value) <= LARGEST;
  }

  static double[][] slice(double[][] table, RowRange range) {
    return java.util.Arrays.copyOfRange(table, range.from(), range.to());
  }

  /** Row-major copy. */
  static double[] flat(double[][] table) {
    int columns = table[0].length;
    double[] out = new double[Math.multiplyExact(table.length, columns)];
    for (int r = 0; r < table.length; r++) {
      System.arraycopy(table[r], 0, out, r * columns, columns);
    }
    return out;
  }

  /** Rows from a row-major array. */
  static double[][] rows(double[] flat, int columns) {
    double[][] out = new double[flat.length / columns][];
    for (int r = 0; r < out.length; r++) {
      out[r] = java.util.Arrays.copyOfRange(flat, r * columns, (r + 1) * columns);
    }
    return out;
  }

  /** A copy by columns, {@code [columns][rows]}: arrays of their own, so that loops vectorise. */
  static double[][] columnMajor(double[][] table) {
    double[][] out = new double[table[0].length][table.length];
    for (int t = 0; t < table.length; t++) {
      for (int c = 0; c < out.length; c++) {
        out[c][t] = table[t][c];
      }
    }
    return out;
  }

  /**
   * {@code b} that minimises {@code |y - x b|}, of least norm where x lacks rank; {@code [columns
   * of x][columns of y]}.
   */
  static RealMatrix leastSquares(double[][] x, double[][] y) {
    RealMatrix a = new Array2DRowRealMatrix(x, false);
    RealMatrix b = new Array2DRowRealMatrix(y, false);
    if (x.length >= x[0].length) {
      QRDecomposition qr = new QRDecomposition(a);
      if (fullRank(qr.getR(), x[0].length)) {
        return qr.getSolver().solve(b);
      }
    }
    return new SingularValueDecomposition(a).getSolver().solve(b);
  }

  private static boolean fullRank(RealMatrix r, int n) {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      double v = Math.abs(r.getEntry(i, i));
      largest = Math.max(largest, v);
      smallest = Math.min(smallest, v);
    }
    return smallest > RANK_TOLERANCE * largest;
  }

  /** Mean squared deviation from the mean, one a column; exactly 0 for a constant column. */
  static double[] variances(double[][] table) {
    int columns = table[0].length;
    double[] out = new double[columns];
    for (int c = 0; c < columns; c++) {
      // Taken from the first row's value, so that rounding leaves nothing of a constant.
      double origin = table[0][c];
      double mean = 0;
      for (double[] row : table) {
        mean += (row[c] - origin) / table.length;
      }
      for (double[] row : table) {
        double deviation = row[c] - origin - mean;
        out[c] += deviation * deviation / table.length;
      }
    }
    return out;
  }
}
