package org.efferent.core.health;

import java.util.Arrays;

/**
 * Mean square and standard deviation of the last numbers: ten closed buckets and the open one, each
 * with count, mean and sum of squared deviations (Welford 1962), put together by the formula of
 * Chan, Golub and LeVeque (1979).
 */
final class Spread {
  private static final int BUCKETS = 10;

  private final int bucketRows;
  private final long[] counts = new long[BUCKETS];
  private final double[] means = new double[BUCKETS];
  private final double[] squares = new double[BUCKETS];
  private int closed;
  private long count;
  private double mean;
  private double square;

  Spread(int bucketRows) {
    this.bucketRows = bucketRows;
  }

  void reset() {
    Arrays.fill(counts, 0);
    closed = 0;
    open();
  }

  private void open() {
    count = 0;
    mean = 0;
    square = 0;
  }

  void add(double x) {
    count++;
    double off = x - mean;
    mean += off / count;
    square += off * (x - mean);
    if (count == bucketRows) {
      counts[closed] = count;
      means[closed] = mean;
      squares[closed] = square;
      closed = (closed + 1) % BUCKETS;
      open();
    }
  }

  /** NaN without numbers. */
  double standardDeviation() {
    return spread(false);
  }

  /** About zero; NaN without numbers. */
  double rootMeanSquare() {
    return spread(true);
  }

  private double spread(boolean aboutZero) {
    long n = count;
    double m = mean;
    double s = square;
    for (int b = 0; b < BUCKETS; b++) {
      if (counts[b] > 0) {
        long all = n + counts[b];
        double off = means[b] - m;
        m += off * counts[b] / all;
        s += squares[b] + off * off * n * counts[b] / all;
        n = all;
      }
    }
    return n == 0 ? Double.NaN : Math.sqrt(s / n + (aboutZero ? m * m : 0));
  }
}
