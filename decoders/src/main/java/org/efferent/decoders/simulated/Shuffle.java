package org.efferent.decoders.simulated;

import java.util.SplittableRandom;

/** Permutations. */
final class Shuffle {
  private Shuffle() {}

  /** Shuffles a part of an array (Fisher and Yates). */
  static void part(int[] values, int from, int to, SplittableRandom random) {
    for (int i = to - 1; i > from; i--) {
      int j = from + random.nextInt(i - from + 1);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }
}
