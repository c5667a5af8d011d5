package org.efferent.filters.features;

/**
 * Tells lost rows from late ones: stamps are expected on a line of the nominal rate, which follows
 * what comes with a time constant of a second, so that drift and jitter are no loss.
 */
final class StampLine {
  /** Keeps sums of what absurd stamps make far from the largest number. */
  private static final long MOST = 1L << 40;

  private final double periodSeconds;
  private final double lateSeconds;
  private final double share;
  private double line = Double.NaN;
  private long backward;

  StampLine(double sampleRateHz, double lateSeconds) {
    periodSeconds = 1 / sampleRateHz;
    this.lateSeconds = Math.max(lateSeconds, 1.5 * periodSeconds);
    share = Math.min(1, periodSeconds);
  }

  /** Takes the next stamp; returns how many rows are missing before it. */
  long missing(double stamp) {
    double expected = line + periodSeconds;
    if (!Double.isFinite(stamp)) {
      line = expected;
      return 0;
    }
    if (Double.isNaN(expected)) {
      line = stamp;
      return 0;
    }
    double lag = stamp - expected;
    if (lag > lateSeconds) {
      line = stamp;
      return Math.min(MOST, Math.round(lag / periodSeconds));
    }
    if (lag < -lateSeconds) {
      line = stamp;
      backward++;
    } else {
      line = expected + share * lag;
    }
    return 0;
  }

  /** The stamp that a row would have that did not come, so many rows before the last one. */
  double before(long rows) {
    return line - rows * periodSeconds;
  }

  /** How often stamps came earlier than they may. */
  long backward() {
    return backward;
  }

  void reset() {
    line = Double.NaN;
  }
}
