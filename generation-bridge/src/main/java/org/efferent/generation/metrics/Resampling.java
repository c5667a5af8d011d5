package org.efferent.generation.metrics;

import java.util.SplittableRandom;

/**
 * How often chance is asked.
 *
 * @param bootstrapDraws resamplings of the pictures, at least 100
 * @param permutations random pairings, at least 100
 * @param level share of draws inside an interval, between 0 and 1
 * @param seed of both
 */
public record Resampling(int bootstrapDraws, int permutations, double level, long seed) {
  /** Two thousand resamplings, ten thousand pairings, 95 %, seed 0. */
  public static final Resampling DEFAULTS = new Resampling(2000, 10_000, 0.95, 0);

  /** Checks the ranges. */
  public Resampling {
    if (bootstrapDraws < 100 || permutations < 100) {
      throw new IllegalArgumentException(
          "bootstrapDraws and permutations must be at least 100; bootstrapDraws=%d,"
                  .formatted(bootstrapDraws)
              + " permutations="
              + permutations);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must lie between 0 and 1; level=" + level);
    }
  }

  static int[] identity(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    return order;
  }

  /** Fisher and Yates, in place. */
  static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }
}
