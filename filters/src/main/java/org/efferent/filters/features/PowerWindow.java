package org.efferent.filters.features;

import java.util.Arrays;

/**
 * Log power over the last bins: sums of squares and counts a bin in a ring, added up anew in the
 * order of the ring for each answer, so that nothing drifts.
 */
final class PowerWindow {
  private final int series;
  private final int bins;
  private final double[] squares;
  private final long[] counts;
  private int next;

  PowerWindow(int series, double windowSeconds, double binSeconds) {
    this.series = series;
    bins = (int) Math.max(1, Math.round(windowSeconds / binSeconds));
    squares = new double[Math.multiplyExact(bins, series)];
    counts = new long[squares.length];
  }

  /** Begins a bin: forgets the oldest. */
  void begin() {
    Arrays.fill(squares, next * series, (next + 1) * series, 0);
    Arrays.fill(counts, next * series, (next + 1) * series, 0);
  }

  void add(int s, double value) {
    squares[next * series + s] += value * value;
    counts[next * series + s]++;
  }

  /** Ends a bin and says the log power of the window; NaN where no row came in all of it. */
  void end(double[] into, int at) {
    for (int s = 0; s < series; s++) {
      double sum = 0;
      long count = 0;
      for (int b = 0; b < bins; b++) {
        sum += squares[b * series + s];
        count += counts[b * series + s];
      }
      into[at + s] = count == 0 ? Double.NaN : logPower(sum / count);
    }
    next = (next + 1) % bins;
  }

  static double logPower(double meanSquare) {
    return Math.log(Math.max(meanSquare, SpikeBandPower.FLOOR));
  }

  void reset() {
    Arrays.fill(squares, 0);
    Arrays.fill(counts, 0);
    next = 0;
  }
}
