package org.efferent.core.health;

/** Rows a second over the last rows: a mark every tenth of a window. */
final class RateWindow {
  private static final int MARKS = 10;

  private final int bucketRows;
  private final long[] rows = new long[MARKS];
  private final double[] stamps = new double[MARKS];
  private long marks;
  private long row;
  private double last;

  RateWindow(int bucketRows) {
    this.bucketRows = bucketRows;
  }

  void reset() {
    marks = 0;
    row = 0;
  }

  /**
   * A row came.
   *
   * @return whether a tenth of a window is full with it
   */
  boolean add(double stamp) {
    last = stamp;
    boolean mark = row % bucketRows == 0;
    if (mark) {
      int at = (int) (marks++ % MARKS);
      rows[at] = row;
      stamps[at] = stamp;
    }
    row++;
    return mark;
  }

  /** Hertz; NaN before half a window has come. */
  double rateHz() {
    if (marks == 0) {
      return Double.NaN;
    }
    int oldest = (int) (marks > MARKS ? marks % MARKS : 0);
    long steps = row - 1 - rows[oldest];
    double seconds = last - stamps[oldest];
    return steps >= MARKS / 2 * (long) bucketRows && seconds > 0 ? steps / seconds : Double.NaN;
  }
}
