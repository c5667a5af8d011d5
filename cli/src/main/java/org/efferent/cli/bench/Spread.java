package org.efferent.cli.bench;

import java.util.Arrays;

/**
 * A figure over rounds.
 *
 * @param median of the rounds
 * @param low the smallest
 * @param high the largest
 */
public record Spread(double median, double low, double high) {
  /**
   * Of what was measured.
   *
   * @param values one a round, at least one
   * @return their spread
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a spread is of at least one round; rounds=0");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }
}
