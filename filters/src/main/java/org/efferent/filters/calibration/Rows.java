package org.efferent.filters.calibration;

import org.efferent.core.InputException;

/** Checks of tables of rows. */
final class Rows {
  private static final double LARGEST = 1e100;

  private Rows() {}

  /** Refuses ragged rows and values that are not finite; returns the number of columns. */
  static int check(String what, double[][] table) {
    if (table.length == 0 || table[0].length == 0) {
      throw new InputException(
          what + " must have at least one row of one value; rows=" + table.length);
    }
    for (int r = 0; r < table.length; r++) {
      if (table[r].length != table[0].length) {
        throw new InputException(
            what
                + " must have rows of one length; row="
                + r
                + ", columns="
                + table[r].length
                + ", row 0 has "
                + table[0].length);
      }
      for (int c = 0; c < table[r].length; c++) {
        if (!usable(table[r][c])) {
          throw new InputException(
              what
                  + " must be finite (at most 1e100 in size); row="
                  + r
                  + ", column="
                  + c
                  + ", value="
                  + table[r][c]);
        }
      }
    }
    return table[0].length;
  }

  static void same(String one, int rows, String other, int otherRows) {
    if (rows != otherRows) {
      throw new InputException(
          one + " and " + other + " must have as many rows; rows=" + rows + " and " + otherRows);
    }
  }

  static void length(String what, double[] values, int length) {
    if (values.length != length) {
      throw new InputException(what + " must have " + length + " values; values=" + values.length);
    }
  }

  static boolean usable(double value) {
    return Math.abs(value) <= LARGEST;
  }

  static double norm(double[] v) {
    double sum = 0;
    for (double value : v) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  /** {@code 2^(-seconds / halfLife)}: what is left of a weight. */
  static double decay(double seconds, double halfLifeSeconds) {
    return Math.exp(-Math.log(2) * seconds / halfLifeSeconds);
  }
}
