package org.efferent.acquisition.simulate;

/**
 * Random numbers that are functions of a key and an index, so that any of them can be had without
 * those before it: SplitMix64 read at a position (G. L. Steele, D. Lea and C. H. Flood, "Fast
 * splittable pseudorandom number generators", OOPSLA 2014, doi 10.1145/2660193.2660195), and the
 * normal deviates of G. E. P. Box and M. E. Muller (Annals of Mathematical Statistics 29 (1958)
 * 610). Only exactly specified arithmetic is used: the numbers are the same on every machine.
 */
final class Draws {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private Draws() {}

  /** A key for one of several purposes. */
  static long key(long key, String purpose) {
    return key(key, purpose.hashCode());
  }

  /** A key for one of a numbered series. */
  static long key(long key, long number) {
    return mix(mix(key) ^ mix(number * GOLDEN + 1));
  }

  /** Between 0 and 1, neither of them. */
  static double uniform(long key, long index) {
    return ((mix(key + GOLDEN * (index + 1)) >>> 11) + 0.5) * UNIT;
  }

  /** Standard normal. */
  static double gaussian(long key, long index) {
    long pair = index & ~1L;
    double radius = Math.sqrt(-2 * StrictMath.log(uniform(key, pair)));
    double angle = 2 * Math.PI * uniform(key, pair + 1);
    return radius * ((index & 1) == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
  }

  /** Standard normal ones of successive indices: the same as one by one, with half the work. */
  static void gaussians(long key, long from, double[] into, int offset, int count) {
    int i = 0;
    if (count > 0 && (from & 1) != 0) {
      into[offset] = gaussian(key, from);
      i = 1;
    }
    for (; i + 1 < count; i += 2) {
      double radius = Math.sqrt(-2 * StrictMath.log(uniform(key, from + i)));
      double angle = 2 * Math.PI * uniform(key, from + i + 1);
      into[offset + i] = radius * StrictMath.cos(angle);
      into[offset + i + 1] = radius * StrictMath.sin(angle);
    }
    if (i < count) {
      into[offset + i] = gaussian(key, from + i);
    }
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
