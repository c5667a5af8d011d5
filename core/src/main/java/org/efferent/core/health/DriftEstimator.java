package org.efferent.core.health;

import java.util.Arrays;

/** How much faster stamps run than arrivals: see {@link ArrivalHealth}. */
final class DriftEstimator {
  private static final int MOST = 64;
  private static final int LEAST = 8;
  private static final double FIRST_STRETCH_SECONDS = 0.5;

  /** Median absolute deviation of normal noise to its standard deviation. */
  private static final double MAD = 1.4826;

  private final double[] times = new double[MOST];
  private final double[] delays = new double[MOST];
  private final double[] slopes = new double[MOST * (MOST - 1) / 2];
  private int points;
  private double stretch;
  private double open;
  private double leastDelay;
  private double leastTime;
  private boolean started;
  private double slope;
  private double error;

  DriftEstimator() {
    reset();
  }

  /** Forgets all: another clock. */
  void reset() {
    points = 0;
    stretch = FIRST_STRETCH_SECONDS;
    started = false;
    slope = Double.NaN;
    error = Double.NaN;
  }

  /**
   * A row arrived.
   *
   * @param time seconds on the receiver's clock, from any moment
   * @param delay arrival less stamp, seconds, but for a constant
   * @return whether a new estimate was made
   */
  boolean add(double time, double delay) {
    double of = Math.floor(time / stretch);
    if (!started || of == open) {
      if (!started || delay < leastDelay) {
        leastDelay = delay;
        leastTime = time;
      }
      started = true;
      open = of;
      return false;
    }
    close();
    open = Math.floor(time / stretch);
    leastDelay = delay;
    leastTime = time;
    if (points < LEAST) {
      return false;
    }
    estimate();
    return true;
  }

  private void close() {
    if (points == MOST) {
      stretch *= 2;
      points = 0;
      for (int i = 0; i < MOST; i += 2) {
        int least = delays[i] <= delays[i + 1] ? i : i + 1;
        times[points] = times[least];
        delays[points++] = delays[least];
      }
    }
    times[points] = leastTime;
    delays[points++] = leastDelay;
  }

  private void estimate() {
    int n = 0;
    for (int i = 0; i < points; i++) {
      for (int j = i + 1; j < points; j++) {
        slopes[n++] = (delays[j] - delays[i]) / (times[j] - times[i]);
      }
    }
    slope = median(n);
    for (int i = 0; i < points; i++) {
      slopes[i] = delays[i] - slope * times[i];
    }
    double level = median(points);
    for (int i = 0; i < points; i++) {
      slopes[i] = Math.abs(delays[i] - slope * times[i] - level);
    }
    error = MAD * median(points) * Math.sqrt(12.0 / points) / (times[points - 1] - times[0]);
  }

  private double median(int n) {
    Arrays.sort(slopes, 0, n);
    return n % 2 == 1 ? slopes[n / 2] : (slopes[n / 2 - 1] + slopes[n / 2]) / 2;
  }

  /** Parts per million; positive where stamps run faster. */
  double ppm() {
    // d(delay)/da = 1 − dt/da
    return -1e6 * slope;
  }

  double uncertaintyPpm() {
    return 1e6 * error;
  }
}
