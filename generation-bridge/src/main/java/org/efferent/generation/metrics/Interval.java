package org.efferent.generation.metrics;

import java.util.Arrays;

/**
 * A figure with an interval.
 *
 * @param value the figure
 * @param low lower end
 * @param high upper end
 * @param level share of draws inside, such as 0.95
 */
public record Interval(double value, double low, double high, double level) {
  /** Percentiles of draws; sorts them. */
  static Interval of(double value, double[] draws, double level) {
    Arrays.sort(draws);
    double tail = (1 - level) / 2;
    return new Interval(value, quantile(draws, tail), quantile(draws, 1 - tail), level);
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
