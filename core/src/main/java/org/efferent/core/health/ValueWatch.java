package org.efferent.core.health;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.ChannelInfo;

/**
 * Looks at the values of all channels: see {@link ChannelHealth}. One array a figure, so that a row
 * is one pass over memory.
 */
final class ValueWatch {
  private static final int LEAST_FLAT_ROWS = 10;
  private static final int STUCK_ROWS = 3;
  private static final int STUCK_TIMES = 5;
  private static final int ROWS_A_CHANGE = 10;
  private static final double ABRUPT = 2;

  private final List<ChannelInfo> infos;
  private final Conditions conditions;
  private final HealthOptions options;
  private final boolean[] mayRest;
  private final long flatTicks;
  private final boolean regular;
  private final double secondsATick;
  private final int channels;
  private final double[] last;
  private final double[] min;
  private final double[] max;
  private final double[] runMin;
  private final double[] runMax;
  private final long[] runStart;
  private final int[] runRows;
  private final boolean[] flat;
  private final double[] finest;
  private final long[] changes;
  private final int[] stuck;
  private final boolean[] abrupt;
  private final int[] stuckLow;
  private final int[] stuckHigh;
  private final double[] lowRail;
  private final double[] highRail;
  private final long[] saturated;
  private final long[] nan;
  private final long[] infinite;
  private final long[] flatRuns;
  private final long[] flatSum;
  private final long[] flatLongest;
  private long rows;
  private long tick;

  /**
   * Of channels of which nothing has come.
   *
   * @param rateHz nominal rate: a tick is a period; 0: a tick is a nanosecond
   */
  ValueWatch(List<ChannelInfo> infos, double rateHz, HealthOptions options, Conditions conditions) {
    this.infos = infos;
    this.conditions = conditions;
    this.options = options;
    regular = rateHz > 0;
    secondsATick = regular ? 1 / rateHz : 1e-9;
    long after = options.flatAfter().toNanos();
    flatTicks = regular ? (long) Math.ceil(after / 1e9 * rateHz) - 1 : after;
    channels = infos.size();
    mayRest = new boolean[channels];
    for (int c = 0; c < channels; c++) {
      ChannelInfo info = infos.get(c);
      String kind = info.kind().isEmpty() ? unnumbered(info.label()) : info.kind();
      mayRest[c] = options.stillKinds().stream().anyMatch(kind::equalsIgnoreCase);
    }
    last = filled(Double.NaN);
    min = filled(Double.POSITIVE_INFINITY);
    max = filled(Double.NEGATIVE_INFINITY);
    runMin = filled(Double.NaN);
    runMax = filled(Double.NaN);
    runStart = new long[channels];
    runRows = new int[channels];
    flat = new boolean[channels];
    finest = filled(Double.POSITIVE_INFINITY);
    changes = new long[channels];
    stuck = new int[channels];
    abrupt = new boolean[channels];
    stuckLow = new int[channels];
    stuckHigh = new int[channels];
    lowRail = filled(options.lowRail());
    highRail = filled(options.highRail());
    saturated = new long[channels];
    nan = new long[channels];
    infinite = new long[channels];
    flatRuns = new long[channels];
    flatSum = new long[channels];
    flatLongest = new long[channels];
  }

  /** A label without the number at its end: MISC of MISC007. */
  private static String unnumbered(String label) {
    int end = label.length();
    while (end > 0 && label.charAt(end - 1) >= '0' && label.charAt(end - 1) <= '9') {
      end--;
    }
    if (end > 0 && end < label.length() && " _-".indexOf(label.charAt(end - 1)) >= 0) {
      end--;
    }
    return label.substring(0, end);
  }

  private double[] filled(double value) {
    double[] array = new double[channels];
    Arrays.fill(array, value);
    return array;
  }

  /**
   * Looks at a row.
   *
   * @param values array that holds it
   * @param at where it starts
   * @param now tick of the row
   */
  void add(double[] values, int at, long now) {
    tick = now;
    rows++;
    for (int c = 0; c < channels; c++) {
      double x = values[at + c];
      if (x == last[c]) {
        stay(c, x);
      } else if (Math.abs(x) <= Double.MAX_VALUE) {
        change(c, x);
      } else {
        impossible(c, x);
      }
    }
  }

  private void stay(int c, double x) {
    longer(c);
    if (++stuck[c] == STUCK_ROWS && abrupt[c]) {
      stuckAt(c, x);
    }
    if (x >= highRail[c] || x <= lowRail[c]) {
      saturate(c, x);
    }
  }

  private void change(int c, double x) {
    double step = Math.abs(x - last[c]); // NaN at the first row and after NaN
    last[c] = x;
    stuck[c] = 1;
    if (step < finest[c]) {
      finest[c] = step;
    }
    abrupt[c] = step > ABRUPT * finest[c];
    changes[c]++;
    if (x > max[c]) {
      max[c] = x;
      stuckHigh[c] = 0;
      if (x > highRail[c] && options.highRail() != highRail[c]) {
        highRail[c] = options.highRail();
        takeBack(c);
      }
    }
    if (x < min[c]) {
      min[c] = x;
      stuckLow[c] = 0;
      if (x < lowRail[c] && options.lowRail() != lowRail[c]) {
        lowRail[c] = options.lowRail();
        takeBack(c);
      }
    }
    run(c, x);
    if (x >= highRail[c] || x <= lowRail[c]) {
      saturate(c, x);
    }
  }

  private void run(int c, double x) {
    double low = Math.min(runMin[c], x);
    double high = Math.max(runMax[c], x);
    if (high - low <= options.flatRange()) {
      runMin[c] = low;
      runMax[c] = high;
      longer(c);
      return;
    }
    endRun(c);
    runMin[c] = x;
    runMax[c] = x;
    runStart[c] = tick;
    runRows[c] = 1;
  }

  private void longer(int c) {
    if (!flat[c] && ++runRows[c] >= LEAST_FLAT_ROWS && tick - runStart[c] >= flatTicks) {
      beginFlat(c);
    }
  }

  private void beginFlat(int c) {
    flat[c] = true;
    flatRuns[c]++;
    if (!mayRest[c] && conditions.see(HealthCondition.FLAT, c, Long.MAX_VALUE)) {
      conditions.tell(
          HealthCondition.FLAT,
          c,
          "channel "
              + infos.get(c).label()
              + " has stood still at "
              + Conditions.number(last[c], 6)
              + " for "
              + Conditions.seconds(options.flatAfter().toNanos() / 1e9));
    }
  }

  private void endRun(int c) {
    if (flat[c]) {
      flat[c] = false;
      flatSum[c] += tick - runStart[c];
      flatLongest[c] = Math.max(flatLongest[c], tick - runStart[c]);
      conditions.release(HealthCondition.FLAT, c, tick);
    }
  }

  /** The channel was stuck at a value that it came to abruptly. */
  private void stuckAt(int c, double x) {
    if (!options.findRails() || mayRest[c]) {
      return;
    }
    boolean moves = changes[c] * ROWS_A_CHANGE >= rows;
    if (x == max[c] && ++stuckHigh[c] >= STUCK_TIMES && moves && x < highRail[c]) {
      highRail[c] = x;
    }
    if (x == min[c] && ++stuckLow[c] >= STUCK_TIMES && moves && x > lowRail[c]) {
      lowRail[c] = x;
    }
  }

  private void takeBack(int c) {
    saturated[c] = 0;
    conditions.end(
        HealthCondition.SATURATED,
        c,
        "channel " + infos.get(c).label() + " goes beyond what was taken for its rail");
  }

  private void saturate(int c, double x) {
    saturated[c]++;
    if (!mayRest[c] && conditions.see(HealthCondition.SATURATED, c, tick)) {
      conditions.tell(
          HealthCondition.SATURATED,
          c,
          "channel " + infos.get(c).label() + " is at its rail, " + Conditions.number(x, 6));
    }
  }

  private void impossible(int c, double x) {
    if (Double.isNaN(x)) {
      nan[c]++;
    } else {
      infinite[c]++;
    }
    endRun(c);
    last[c] = Double.NaN;
    runMin[c] = Double.NaN;
    runMax[c] = Double.NaN;
    stuck[c] = 0;
    abrupt[c] = false;
    if (conditions.see(HealthCondition.IMPOSSIBLE, c, tick)) {
      conditions.tell(
          HealthCondition.IMPOSSIBLE, c, "channel " + infos.get(c).label() + " is " + x);
    }
  }

  List<ChannelHealth> snapshot() {
    List<ChannelHealth> all = new ArrayList<>(channels);
    for (int c = 0; c < channels; c++) {
      long now = flat[c] ? tick - runStart[c] + (regular ? 1 : 0) : 0;
      boolean any = min[c] <= max[c];
      all.add(
          new ChannelHealth(
              infos.get(c).label(),
              nan[c],
              infinite[c],
              any ? min[c] : Double.NaN,
              any ? max[c] : Double.NaN,
              flatRuns[c],
              (flatSum[c] + now) * secondsATick,
              Math.max(flatLongest[c], now) * secondsATick,
              saturated[c],
              lowRail[c] == options.lowRail() ? Double.NaN : lowRail[c],
              highRail[c] == options.highRail() ? Double.NaN : highRail[c]));
    }
    return all;
  }
}
