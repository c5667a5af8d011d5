package org.efferent.core.health;

import java.time.Duration;
import java.util.List;

/**
 * From when on something is wrong with a stream.
 *
 * @param gapPeriods a step of the stamps longer than this many nominal periods may be a gap; 1 to 2
 * @param settle for how long the rows after such a step must stay late before it is one, in time of
 *     the nominal rate and three rows at least; zero: at once
 * @param window over how much {@link StampHealth#windowRateHz()} and the jitters are measured, in
 *     time of the nominal rate and ten rows at least
 * @param rateTolerance relative difference of the window's rate from the nominal one from which on
 *     {@link HealthCondition#RATE} holds; it ends at half of it
 * @param driftPpm drift from which on {@link HealthCondition#DRIFT} holds, parts per million; it
 *     ends at half of it
 * @param flatAfter for how long a channel must stand still to be flat
 * @param flatRange largest less smallest value of a channel that stands still, in its unit; 0:
 *     exactly the same value
 * @param lowRail at or below it a value is saturated, in the unit of the channels; negative
 *     infinity if unknown
 * @param highRail at or above it a value is saturated; infinity if unknown
 * @param findRails whether rails are also found: see {@link ChannelHealth#saturated()}
 * @param staleAfter silence after which a regular stream is stale, and three nominal periods at
 *     least; an irregular stream may be silent
 * @param recovery for how long a condition must not show to be over
 * @param stillKinds kinds of channels ({@link org.efferent.core.ChannelInfo#kind()}, or where that
 *     is empty the label without a number at its end; in any case) of which neither flat nor
 *     saturated is said: triggers rest, and rest at an extreme; so do counts of a silent unit, at 0
 *     and below a burst; both are counted all the same
 */
public record HealthOptions(
    double gapPeriods,
    Duration settle,
    Duration window,
    double rateTolerance,
    double driftPpm,
    Duration flatAfter,
    double flatRange,
    double lowRail,
    double highRail,
    boolean findRails,
    Duration staleAfter,
    Duration recovery,
    List<String> stillKinds) {
  /**
   * A gap is a step of more than 1.5 periods that half a second does not make up for; rates over 10
   * s within 2 %; drift within 500 ppm; flat after 2 s of one value; rails are found; stale after
   * 250 ms; over after 1 s.
   */
  public static final HealthOptions DEFAULTS =
      new HealthOptions(
          1.5,
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          0.02,
          500,
          Duration.ofSeconds(2),
          0,
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          true,
          Duration.ofMillis(250),
          Duration.ofSeconds(1),
          List.of(
              "TRIG", "TRIGGER", "STIM", "STI", "STATUS", "EVENT", "MARKER", "MARKERS", "REF",
              "SPIKES"));

  /** Checks the values. */
  public HealthOptions {
    stillKinds = List.copyOf(stillKinds);
    if (!(gapPeriods > 1 && gapPeriods <= 2)) {
      throw new IllegalArgumentException(
          "gapPeriods must lie above 1 and not above 2; gapPeriods=" + gapPeriods);
    }
    if (settle.isNegative()) {
      throw new IllegalArgumentException("settle must not be negative; settle=" + settle);
    }
    positive("window", window);
    positive("flatAfter", flatAfter);
    positive("staleAfter", staleAfter);
    positive("recovery", recovery);
    positive("rateTolerance", rateTolerance);
    positive("driftPpm", driftPpm);
    if (!(flatRange >= 0) || Double.isInfinite(flatRange)) {
      throw new IllegalArgumentException(
          "flatRange must be finite and not negative; flatRange=" + flatRange);
    }
    if (!(lowRail < highRail)) {
      throw new IllegalArgumentException(
          "lowRail must lie below highRail; lowRail=" + lowRail + ", highRail=" + highRail);
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive; " + name + "=" + value);
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " must be positive; " + name + "=" + value);
    }
  }

  /**
   * These options with another notion of a gap.
   *
   * @param periods a longer step may be one, in nominal periods
   * @param wait for how long rows must stay late; zero: every longer step is a gap
   * @return a copy
   */
  public HealthOptions withGaps(double periods, Duration wait) {
    return new HealthOptions(
        periods,
        wait,
        window,
        rateTolerance,
        driftPpm,
        flatAfter,
        flatRange,
        lowRail,
        highRail,
        findRails,
        staleAfter,
        recovery,
        stillKinds);
  }

  /**
   * These options with other limits of the rate.
   *
   * @param over how much it is measured over
   * @param tolerance relative difference that is still right
   * @param ppm drift that is still right
   * @return a copy
   */
  public HealthOptions withRate(Duration over, double tolerance, double ppm) {
    return new HealthOptions(
        gapPeriods,
        settle,
        over,
        tolerance,
        ppm,
        flatAfter,
        flatRange,
        lowRail,
        highRail,
        findRails,
        staleAfter,
        recovery,
        stillKinds);
  }

  /**
   * These options with another notion of a flat channel.
   *
   * @param after for how long it must stand still
   * @param range within which it stands still, in its unit
   * @return a copy
   */
  public HealthOptions withFlat(Duration after, double range) {
    return new HealthOptions(
        gapPeriods,
        settle,
        window,
        rateTolerance,
        driftPpm,
        after,
        range,
        lowRail,
        highRail,
        findRails,
        staleAfter,
        recovery,
        stillKinds);
  }

  /**
   * These options with known rails.
   *
   * @param low at or below it a value is saturated; negative infinity if unknown
   * @param high at or above it a value is saturated; infinity if unknown
   * @param find whether others are also found
   * @return a copy
   */
  public HealthOptions withRails(double low, double high, boolean find) {
    return new HealthOptions(
        gapPeriods,
        settle,
        window,
        rateTolerance,
        driftPpm,
        flatAfter,
        flatRange,
        low,
        high,
        find,
        staleAfter,
        recovery,
        stillKinds);
  }

  /**
   * These options with other times.
   *
   * @param stale silence after which a regular stream is stale
   * @param over for how long a condition must not show to be over
   * @return a copy
   */
  public HealthOptions withTimes(Duration stale, Duration over) {
    return new HealthOptions(
        gapPeriods,
        settle,
        window,
        rateTolerance,
        driftPpm,
        flatAfter,
        flatRange,
        lowRail,
        highRail,
        findRails,
        stale,
        over,
        stillKinds);
  }
}
