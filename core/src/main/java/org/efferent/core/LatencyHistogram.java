package org.efferent.core;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets of at most 1.6 % width (64 a power of two), from 1 ns to 292 years.
 * One thread records, any thread reads; recording allocates nothing.
 */
public final class LatencyHistogram {
  private static final int SUB_BITS = 6;
  private static final int SUB = 1 << SUB_BITS;
  private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
  private volatile long count;
  private volatile long max;

  /** An empty histogram. */
  public LatencyHistogram() {}

  /**
   * Counts one duration.
   *
   * @param nanos nanoseconds; a negative one counts as 0
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread records
  public void record(long nanos) {
    long value = Math.max(0, nanos);
    counts.setRelease(bucket(value), counts.getPlain(bucket(value)) + 1);
    if (value > max) {
      max = value;
    }
    count++;
  }

  /** Durations counted. */
  public long count() {
    return count;
  }

  /** The longest, in nanoseconds, exactly; 0 if there is none. */
  public long maxNanos() {
    return max;
  }

  /**
   * A quantile.
   *
   * @param share from 0 to 1: 0.99 for the 99th percentile
   * @return nanoseconds, the upper edge of its bucket and at most {@link #maxNanos()}; 0 if empty
   */
  public long quantileNanos(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must lie in 0..1; share=" + share);
    }
    long total = 0;
    long[] snapshot = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      snapshot[i] = counts.getAcquire(i);
      total += snapshot[i];
    }
    if (total == 0) {
      return 0;
    }
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += snapshot[i];
      if (seen >= rank) {
        return Math.min(upperEdge(i), max);
      }
    }
    return max;
  }

  private static int bucket(long value) {
    if (value < SUB) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(value);
    return (shift + 1) * SUB + (int) ((value >>> shift) - SUB);
  }

  private static long upperEdge(int bucket) {
    if (bucket < SUB) {
      return bucket;
    }
    int shift = bucket / SUB - 1;
    return ((long) (bucket % SUB + SUB + 1) << shift) - 1;
  }
}
