package org.efferent.core.health;

/** Looks at arrivals and silences: see {@link ArrivalHealth}. */
final class ArrivalWatch {
  private static final double STALE_PERIODS = 3;

  /** Stamps that run ahead of the arrivals by more than this in one step are on another clock. */
  private static final double JUMP_SECONDS = 1;

  private final Conditions conditions;
  private final double limitPpm;
  private final long staleNanos;
  private final Spread delays;
  private final DriftEstimator drift = new DriftEstimator();
  private boolean started;
  private boolean listening;
  private long origin;
  private double stampOrigin;
  private long lastArrival;
  private double lastStamp;
  private boolean stale;
  private long silences;
  private long longestNanos;
  private long dropped;

  /**
   * Of a stream of which nothing has come.
   *
   * @param rateHz nominal rate, 0 if irregular
   * @param bucketRows rows in a tenth of a window
   */
  ArrivalWatch(double rateHz, int bucketRows, HealthOptions options, Conditions conditions) {
    this.conditions = conditions;
    limitPpm = options.driftPpm();
    staleNanos =
        rateHz > 0
            ? Math.max(options.staleAfter().toNanos(), (long) (STALE_PERIODS * 1e9 / rateHz))
            : Long.MAX_VALUE;
    delays = new Spread(bucketRows);
  }

  /** Nanoseconds until the stream is stale; {@link Long#MAX_VALUE} if it cannot become so. */
  long untilStale(long now) {
    if (staleNanos == Long.MAX_VALUE || stale) {
      return Long.MAX_VALUE;
    }
    return listening ? Math.max(0, staleNanos - (now - lastArrival)) : staleNanos;
  }

  /** Nothing came until now. */
  void quiet(long now) {
    if (!listening) {
      listening = true;
      lastArrival = now;
    }
    long silence = now - lastArrival;
    if (silence >= staleNanos && staleNanos < Long.MAX_VALUE) {
      begin(silence);
    }
  }

  private void begin(long silence) {
    longestNanos = Math.max(longestNanos, silence);
    if (!stale) {
      stale = true;
      silences++;
      conditions.see(HealthCondition.STALE, -1, Long.MAX_VALUE);
      conditions.tell(
          HealthCondition.STALE, -1, "nothing has come for " + Conditions.seconds(silence / 1e9));
    }
  }

  /** A row came. */
  void arrived(double stamp, long arrival) {
    if (listening) {
      long silence = arrival - lastArrival;
      if (silence >= staleNanos) {
        begin(silence); // whether or not somebody was looking
      }
      if (stale) {
        stale = false;
        longestNanos = Math.max(longestNanos, silence);
        conditions.end(
            HealthCondition.STALE,
            -1,
            "rows come again after " + Conditions.seconds(silence / 1e9));
      }
    }
    listening = true;
    if (Double.isFinite(stamp)) {
      delay(stamp, arrival);
    }
    lastArrival = arrival;
  }

  private void delay(double stamp, long arrival) {
    double step = stamp - lastStamp;
    if (started && (step < 0 || step - (arrival - lastArrival) / 1e9 > JUMP_SECONDS)) {
      started = step < 0 && step > -JUMP_SECONDS; // what goes back a little is only out of order
    }
    if (!started) {
      started = true;
      origin = arrival;
      stampOrigin = stamp;
      drift.reset();
      delays.reset();
    }
    lastStamp = stamp;
    double time = (arrival - origin) / 1e9;
    double delay = time - (stamp - stampOrigin);
    delays.add(delay);
    if (drift.add(time, delay)) {
      judgeDrift();
    }
  }

  private void judgeDrift() {
    double off = Math.abs(drift.ppm());
    if (off - 2 * drift.uncertaintyPpm() > limitPpm) {
      if (conditions.see(HealthCondition.DRIFT, -1, Long.MAX_VALUE)) {
        conditions.tell(HealthCondition.DRIFT, -1, driftText());
      }
    } else if (off < limitPpm / 2) {
      conditions.end(HealthCondition.DRIFT, -1, driftText());
    }
  }

  private String driftText() {
    return "stamps run "
        + Conditions.number(Math.abs(drift.ppm()), 4)
        + (drift.ppm() < 0 ? " ppm slower" : " ppm faster")
        + " than they arrive";
  }

  /** So many rows were dropped so far. */
  void dropped(long total, long tick) {
    if (total > dropped) {
      if (conditions.see(HealthCondition.DROPPED, -1, tick)) {
        conditions.tell(
            HealthCondition.DROPPED,
            -1,
            (total - dropped) + (total - dropped == 1 ? " row was" : " rows were") + " dropped");
      }
      dropped = total;
    }
  }

  /** The next row is on another clock. */
  void clockReset() {
    started = false;
  }

  ArrivalHealth snapshot() {
    return new ArrivalHealth(
        silences,
        stale,
        longestNanos / 1e9,
        dropped,
        delays.standardDeviation(),
        drift.ppm(),
        drift.uncertaintyPpm());
  }
}
