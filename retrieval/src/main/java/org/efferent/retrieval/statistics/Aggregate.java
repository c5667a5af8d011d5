package org.efferent.retrieval.statistics;

import java.util.Arrays;

/** How values of single queries become one figure. */
public enum Aggregate {
  /** The weighted mean. */
  MEAN,
  /** The weighted median; the middle of two where it lies between them. */
  MEDIAN;

  /**
   * One figure of many values.
   *
   * @param values at least one
   * @return mean or median
   */
  public double of(double[] values) {
    int[] once = new int[values.length];
    Arrays.fill(once, 1);
    return of(values, once, order(values));
  }

  /**
   * One figure of values that count several times or not at all.
   *
   * @param values {@code [n]}
   * @param times how often each counts, {@code [n]}
   * @param order indexes of rising values, as {@link #order}
   * @return mean or median; NaN where nothing counts
   */
  double of(double[] values, int[] times, int[] order) {
    long total = 0;
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      total += times[i];
      sum += times[i] == 0 ? 0 : times[i] * values[i];
    }
    if (total == 0) {
      return Double.NaN;
    }
    if (this == MEAN) {
      return sum / total;
    }
    return (at(values, times, order, (total - 1) / 2) + at(values, times, order, total / 2)) / 2;
  }

  private static double at(double[] values, int[] times, int[] order, long place) {
    long passed = 0;
    for (int i : order) {
      passed += times[i];
      if (passed > place) {
        return values[i];
      }
    }
    throw new IllegalStateException("there are fewer values than that; place=" + place);
  }

  /** Indexes of rising values. */
  static int[] order(double[] values) {
    return java.util.stream.IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Double.compare(values[a], values[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
