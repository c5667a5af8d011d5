package org.efferent.filters;

/**
 * The last rows as one input, newest first: {@code [lags × features]}. Before the first row stands
 * the first row; rows that were lost are taken to have held the row before them.
 *
 * <p>A value that is not finite, or beyond 1e100, is replaced by the last usable one of its
 * channel, else 0, and counted.
 */
final class InputHistory {
  private final int features;
  private final int lags;
  private final double[] rows;
  private final double[] clean;
  private boolean empty = true;
  private long repairs;

  InputHistory(int features, int lags) {
    this.features = features;
    this.lags = lags;
    rows = new double[Math.multiplyExact(features, lags)];
    clean = new double[features];
  }

  /**
   * Takes a row.
   *
   * @param values array that holds the row
   * @param offset where it starts
   * @param lost rows lost before it
   * @return the input, valid until the next call
   */
  double[] push(double[] values, int offset, long lost) {
    if (!empty) {
      for (long i = Math.min(lost, lags); i > 0; i--) {
        shift();
      }
    }
    for (int c = 0; c < features; c++) {
      double value = values[offset + c];
      if (Tables.usable(value)) {
        clean[c] = value;
      } else {
        repairs++;
      }
    }
    shift();
    for (int lag = empty ? lags - 1 : 0; lag >= 0; lag--) {
      System.arraycopy(clean, 0, rows, lag * features, features);
    }
    empty = false;
    return rows;
  }

  /** Every row moves back by one; the newest stays where it was as well. */
  private void shift() {
    System.arraycopy(rows, 0, rows, features, (lags - 1) * features);
  }

  void reset() {
    empty = true;
    java.util.Arrays.fill(clean, 0);
  }

  /** Values replaced since construction. */
  long repairs() {
    return repairs;
  }

  /** The inputs of consecutive rows, as a decoder that starts with the first of them forms them. */
  static double[][] lagged(double[][] table, int lags) {
    if (lags == 1) {
      return table;
    }
    InputHistory history = new InputHistory(table[0].length, lags);
    double[][] out = new double[table.length][];
    for (int t = 0; t < out.length; t++) {
      out[t] = history.push(table[t], 0, 0).clone();
    }
    return out;
  }
}
