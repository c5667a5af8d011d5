package org.efferent.viz.dashboard;

import java.util.Arrays;

/**
 * The least and the largest value of every signal in every column of a scrolling window: what a row
 * costs does not depend on the window's length. Used by one thread.
 */
final class SignalColumns {
  /** A column has rows. */
  static final byte ROWS = 1;

  /** Rows are missing within a column or before it. */
  static final byte GAP = 2;

  private final int signals;
  private final int columns;
  private final double columnSeconds;
  private final double gapSeconds;
  // [columns x signals]: a row touches one stretch of memory.
  private final float[] low;
  private final float[] high;
  private final byte[] flags;
  private long newest = -1;
  private double origin;
  private double last = Double.NaN;
  private long gaps;

  /**
   * An empty window.
   *
   * @param signals values a row
   * @param columns of the window
   * @param windowSeconds length of the window
   * @param rateHz nominal rate; 0 if irregular, then there are no gaps but those told
   */
  SignalColumns(int signals, int columns, double windowSeconds, double rateHz) {
    this.signals = signals;
    this.columns = columns;
    this.columnSeconds = windowSeconds / columns;
    this.gapSeconds = rateHz > 0 ? Math.max(3 / rateHz, 0.02) : Double.POSITIVE_INFINITY;
    low = new float[columns * signals];
    high = new float[columns * signals];
    flags = new byte[columns];
    Arrays.fill(low, Float.NaN);
    Arrays.fill(high, Float.NaN);
  }

  /**
   * Takes a row.
   *
   * @param stamp seconds; goes on from where it was where it jumps back by more than a second
   * @param lost whether rows before it were lost
   * @param row {@code [signals]}
   */
  void add(double stamp, boolean lost, float[] row) {
    boolean hole = lost;
    if (newest < 0) {
      origin = stamp;
      newest = 0;
    } else if (stamp < last - 1 || !Double.isFinite(stamp)) {
      // Another clock: the time of the window goes on, two columns later.
      origin = (Double.isFinite(stamp) ? stamp : last) - (newest + 2) * columnSeconds;
      hole = true;
    } else if (stamp - last > gapSeconds) {
      hole = true;
    }
    double at = Double.isFinite(stamp) ? stamp : last;
    advance(Math.max(newest, (long) Math.floor((at - origin) / columnSeconds)));
    last = at;
    int slot = slot(newest);
    flags[slot] |= hole ? ROWS | GAP : ROWS;
    gaps += hole ? 1 : 0;
    int base = slot * signals;
    for (int c = 0; c < signals; c++) {
      float v = row[c];
      if (Float.isFinite(v)) {
        int i = base + c;
        if (!(low[i] <= v)) {
          low[i] = v;
        }
        if (!(high[i] >= v)) {
          high[i] = v;
        }
      }
    }
  }

  private void advance(long to) {
    for (long c = Math.max(newest + 1, to - columns + 1); c <= to; c++) {
      int slot = slot(c);
      Arrays.fill(low, slot * signals, (slot + 1) * signals, Float.NaN);
      Arrays.fill(high, slot * signals, (slot + 1) * signals, Float.NaN);
      flags[slot] = 0;
    }
    newest = to;
  }

  private int slot(long column) {
    return (int) Math.floorMod(column, (long) columns);
  }

  int columns() {
    return columns;
  }

  double columnSeconds() {
    return columnSeconds;
  }

  /** Index of the newest column since the beginning; -1 before the first row. */
  long newest() {
    return newest;
  }

  /** Places where rows are missing. */
  long gaps() {
    return gaps;
  }

  /** Stamp of the last row; NaN before the first. */
  double last() {
    return last;
  }

  /** Column of a moment, as a fraction, counted as {@link #newest()}. */
  double columnOf(double stamp) {
    return (stamp - origin) / columnSeconds;
  }

  /**
   * Copies one signal, the oldest column first.
   *
   * @param signal which
   * @param lowInto {@code [columns]} from {@code offset} on
   * @param highInto likewise
   * @param offset where it starts
   * @param from first column since the beginning
   */
  void copy(int signal, float[] lowInto, float[] highInto, int offset, long from) {
    int n = (int) (newest - from + 1);
    for (int i = 0; i < n; i++) {
      long column = from + i;
      boolean there = column >= 0 && column > newest - columns;
      int at = there ? slot(column) * signals + signal : 0;
      lowInto[offset + i] = there ? low[at] : Float.NaN;
      highInto[offset + i] = there ? high[at] : Float.NaN;
    }
  }

  /** Copies {@link #ROWS} and {@link #GAP}, as {@link #copy}. */
  void copyFlags(byte[] into, long from) {
    for (int i = 0; i < newest - from + 1; i++) {
      long column = from + i;
      into[i] = column >= 0 && column > newest - columns ? flags[slot(column)] : 0;
    }
  }
}
