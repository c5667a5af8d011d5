package org.efferent.core.health;

import java.util.Locale;

/** Looks at stamps one by one: see {@link StampHealth}. */
final class StampWatch {
  private final double rateHz;
  private final double tolerance;
  private final Conditions conditions;
  private final StampLine line;
  private final RateWindow window;
  private final Spread jitter;
  private boolean started;
  private boolean restarted;
  private double start = Double.NaN;
  private double last = Double.NaN;
  private long steps;
  private double apart;
  private long duplicates;
  private long repeated;
  private long backward;
  private long impossible;
  private long resets;

  /**
   * Of a stream of which nothing has come.
   *
   * @param rateHz nominal rate, 0 if irregular
   * @param bucketRows rows in a tenth of a window
   */
  StampWatch(double rateHz, int bucketRows, HealthOptions options, Conditions conditions) {
    this.rateHz = rateHz;
    this.conditions = conditions;
    tolerance = options.rateTolerance();
    line = rateHz > 0 ? new StampLine(rateHz, options) : null;
    window = new RateWindow(bucketRows);
    jitter = new Spread(bucketRows);
  }

  /** The last finite stamp; NaN before. */
  double last() {
    return last;
  }

  /**
   * Looks at the stamp of the next row.
   *
   * @param stamp seconds
   * @param same whether the row has the values of the row before; asked only where stamps are equal
   * @param tick now
   */
  void add(double stamp, boolean same, long tick) {
    if (!Double.isFinite(stamp)) {
      impossible++;
      if (conditions.see(HealthCondition.IMPOSSIBLE, -1, tick)) {
        conditions.tell(HealthCondition.IMPOSSIBLE, -1, "a stamp is " + stamp);
      }
      return;
    }
    if (!started || restarted) {
      apart += restarted ? stamp - last : 0;
      start = started ? start : stamp;
      started = true;
      restarted = false;
      last = stamp;
      if (line != null) {
        line.add(stamp, 0);
        window.add(stamp);
      }
      return;
    }
    double step = stamp - last;
    last = stamp;
    if (step == 0 && same) {
      duplicates++;
      if (conditions.see(HealthCondition.DUPLICATE, -1, tick)) {
        conditions.tell(HealthCondition.DUPLICATE, -1, "a row came twice at " + at(stamp));
      }
      return; // it is no row of its own
    }
    repeated += step == 0 ? 1 : 0;
    if (step < 0) {
      backward++;
      if (conditions.see(HealthCondition.BACKWARD, -1, tick)) {
        conditions.tell(
            HealthCondition.BACKWARD,
            -1,
            "stamps go back by " + Conditions.seconds(-step) + " to " + at(stamp));
      }
    }
    steps++;
    if (line != null) {
      follow(stamp, step, tick);
    }
  }

  private void follow(double stamp, double step, long tick) {
    int settled = line.add(stamp, step);
    if (settled == StampLine.GAP) {
      tellGap(tick);
    } else if (settled == StampLine.JUMP) {
      window.reset();
    }
    jitter.add(Math.max(-1, Math.min(1, line.lateness())));
    if (window.add(stamp)) {
      judgeRate();
    }
  }

  private void tellGap(long tick) {
    if (conditions.see(HealthCondition.GAP, -1, tick)) {
      conditions.tell(
          HealthCondition.GAP,
          -1,
          line.lastMissing() + (line.lastMissing() == 1 ? " row is" : " rows are") + " missing");
    }
  }

  private void judgeRate() {
    double rate = window.rateHz();
    double off = Math.abs(rate / rateHz - 1);
    if (off > tolerance) {
      if (conditions.see(HealthCondition.RATE, -1, Long.MAX_VALUE)) {
        conditions.tell(HealthCondition.RATE, -1, rateText(rate));
      }
    } else if (off < tolerance / 2) {
      conditions.end(HealthCondition.RATE, -1, rateText(rate));
    }
  }

  private String rateText(double rate) {
    return "rows come at "
        + Conditions.number(rate, 6)
        + " Hz; nominal are "
        + Conditions.number(rateHz, 6)
        + " Hz";
  }

  private static String at(double stamp) {
    return String.format(Locale.ROOT, "%.3f s", stamp);
  }

  /** The next row is on another clock. */
  void clockReset() {
    resets++;
    restarted = started;
    if (line != null) {
      line.restart();
      window.reset();
    }
  }

  /** No row will come. */
  void end(long tick) {
    if (line != null && line.settleAll() == StampLine.GAP) {
      tellGap(tick);
    }
  }

  StampHealth snapshot() {
    boolean regular = line != null;
    long n = regular ? steps - line.leftOut() : 0;
    double span = regular ? last - start - apart - line.leftOutSeconds() : 0;
    return new StampHealth(
        start,
        last,
        regular ? line.gaps() : 0,
        regular ? line.missing() : 0,
        regular ? line.longest() : 0,
        regular ? line.lateSteps() : 0,
        duplicates,
        repeated,
        backward,
        impossible,
        resets,
        n > 0 && span > 0 ? n / span : Double.NaN,
        regular ? window.rateHz() : Double.NaN,
        regular ? jitter.rootMeanSquare() : Double.NaN);
  }
}
