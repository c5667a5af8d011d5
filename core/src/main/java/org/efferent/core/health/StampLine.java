package org.efferent.core.health;

/**
 * The line that the stamps of a regular stream follow, and the long steps that leave it for good:
 * gaps. See {@link StampHealth}.
 *
 * <p>Longer than 300 lines, so that the line and what leaves it are read in one place.
 */
final class StampLine {
  /** Nothing to tell. */
  static final int NOTHING = 0;

  /** A gap was settled. */
  static final int GAP = 1;

  /** The stamps went to another line for good: their clock jumped back. */
  static final int JUMP = 2;

  private static final double MEMORY_SECONDS = 2;
  private static final int LEAST_MEMORY_ROWS = 20;
  private static final int LEAST_SETTLE_ROWS = 3;

  private static final double MARK_SECONDS = 0.5;
  private static final int LEAST_MARK_ROWS = 5;
  private static final int LEAST_MARKS = 4;
  private static final int MARKS = 20;
  private static final double MOST_OFF = 0.2;
  private static final double SIGMAS = 3;
  private static final int WAITING = 64;

  private final double nominal;
  private final double longStep;
  private final double leastTolerance;
  private final double mostShort;
  private final int settleRows;
  private final double memory;
  private final int markRows;
  private final double[] marks = new double[MARKS];
  private final long[] at = new long[WAITING];
  private final double[] behind = new double[WAITING];
  private final double[] least = new double[WAITING];
  private final double[] steps = new double[WAITING];
  private int first;
  private int waiting;
  private boolean started;
  private long row;
  private double origin;
  private double line;
  private double period;
  private double variance;
  private double shortest;
  private double lateness;
  private double moved;
  private long marked;
  private long rowsToMark;
  private long off;
  private int jumps;
  private double jumped;
  private long gaps;
  private long missing;
  private long lateSteps;
  private double longest;
  private long gapSteps;
  private double gapSeconds;
  private long lastMissing;

  StampLine(double rateHz, HealthOptions options) {
    nominal = 1 / rateHz;
    longStep = options.gapPeriods() * nominal;
    leastTolerance = longStep - nominal;
    double settle = options.settle().toNanos() / 1e9;
    settleRows = settle == 0 ? 0 : (int) Math.max(LEAST_SETTLE_ROWS, Math.rint(settle * rateHz));
    mostShort = Math.max(settle, LEAST_SETTLE_ROWS * nominal);
    memory = Math.exp(-1 / Math.max(LEAST_MEMORY_ROWS, MEMORY_SECONDS * rateHz));
    markRows = (int) Math.max(LEAST_MARK_ROWS, Math.rint(MARK_SECONDS * rateHz));
    period = nominal;
  }

  /** The next row lies on a line of its own. */
  void restart() {
    settleAll();
    forgetMarks();
    started = false;
    off = 0;
    jumps = 0;
    jumped = 0;
  }

  /**
   * A row came.
   *
   * @param stamp seconds, finite
   * @param step seconds since the stamp before
   * @return what it settled
   */
  int add(double stamp, double step) {
    if (!started) {
      started = true;
      origin = stamp; // small numbers are fine ones
      line = 0;
      row++;
      lateness = 0;
      return NOTHING;
    }
    double now = stamp - origin;
    line += period;
    lateness = now - line;
    if (step < 0) {
      jumps++;
      jumped += step;
    }
    // Rows that are lost make no step short: jitter does.
    double missed = nominal - step;
    shortest = Math.max(memory * shortest, missed < mostShort ? missed : 0);
    long before = gaps;
    if (settleRows == 0) {
      if (step > longStep) {
        count(Math.max(1, Math.rint(step / nominal) - 1), step);
        move(lateness);
      }
    } else {
      if (step > longStep) {
        wait(step);
      }
      backOnTheLine();
      settle(row - settleRows);
    }
    boolean jump = follow(now);
    row++;
    return gaps > before ? GAP : jump ? JUMP : NOTHING;
  }

  private double tolerance() {
    return Math.max(leastTolerance, Math.max(SIGMAS * Math.sqrt(variance), shortest / 2));
  }

  /** A long step: the line goes on behind the gap, until it turns out that there is none. */
  private void wait(double step) {
    double missed = Math.rint(lateness / period);
    if (missed < 1) {
      lateSteps++;
      return;
    }
    if (waiting == WAITING) {
      settleOldest();
    }
    int slot = (first + waiting++) % WAITING;
    at[slot] = row;
    behind[slot] = missed;
    least[slot] = Double.POSITIVE_INFINITY;
    steps[slot] = step;
    move(missed * period);
  }

  private void move(double seconds) {
    line += seconds;
    moved += seconds;
    lateness -= seconds;
  }

  /** Gives up the newest gaps if this row lies where it would without them. */
  private void backOnTheLine() {
    double tolerance = tolerance();
    while (waiting > 0) {
      int newest = (first + waiting - 1) % WAITING;
      if (lateness + behind[newest] * period > tolerance) {
        break;
      }
      waiting--;
      lateSteps++;
      move(-behind[newest] * period);
    }
    double later = 0;
    for (int k = waiting - 1; k >= 0; k--) {
      int slot = (first + k) % WAITING;
      least[slot] = Math.min(least[slot], lateness + later);
      later += behind[slot] * period;
    }
  }

  private void settle(long until) {
    while (waiting > 0 && at[first] <= until) {
      settleOldest();
    }
  }

  private void settleOldest() {
    int oldest = first;
    first = (first + 1) % WAITING;
    waiting--;
    double late = behind[oldest] * period + Math.min(least[oldest], 0);
    double missed = late >= tolerance() ? Math.max(1, Math.rint(late / period)) : 0;
    if (missed > 0) {
      count(missed, steps[oldest]);
    } else {
      lateSteps++;
    }
    double back = (behind[oldest] - missed) * period;
    if (back > 0 && Math.abs(lateness + back) < Math.abs(lateness)) {
      move(-back);
      for (int k = 0; k < waiting; k++) {
        least[(first + k) % WAITING] += back;
      }
    }
  }

  private void count(double missed, double step) {
    gaps++;
    lastMissing = (long) missed;
    missing += lastMissing;
    longest = Math.max(longest, step);
    gapSteps++;
    gapSeconds += step;
  }

  /** Moves line and period by what this row says; whether a jump of the clock was accepted. */
  private boolean follow(double now) {
    double tolerance = tolerance();
    double error = Math.max(-tolerance, Math.min(tolerance, lateness));
    double gain = Math.max(1 - memory, 1.0 / (row + 1));
    line += gain * error;
    variance += gain * (error * error - variance);
    learnPeriod(now - moved);
    if (Math.abs(lateness) <= tolerance) {
      off = 0;
      jumps = 0;
      jumped = 0;
      return false;
    }
    if (++off < Math.max(LEAST_SETTLE_ROWS, settleRows)) {
      return false;
    }
    // It will not come back: this is the line now.
    boolean jump = jumps > 0 && lateness < 0;
    if (jump) {
      gapSteps += jumps;
      gapSeconds += jumped;
    }
    line = now;
    off = 0;
    jumps = 0;
    jumped = 0;
    if (jump) {
      forgetMarks();
    }
    return jump;
  }

  /** The mean step over the last ten seconds without gaps, once there are two. */
  private void learnPeriod(double without) {
    if (rowsToMark-- > 0) {
      return;
    }
    rowsToMark = markRows - 1L;
    if (marked >= LEAST_MARKS) {
      long back = Math.min(marked, MARKS);
      double mean = (without - marks[(int) ((marked - back) % MARKS)]) / (back * markRows);
      period = Math.max((1 - MOST_OFF) * nominal, Math.min((1 + MOST_OFF) * nominal, mean));
    }
    marks[(int) (marked++ % MARKS)] = without;
  }

  private void forgetMarks() {
    marked = 0;
    rowsToMark = 0;
  }

  /** Settles what waits: no row will come. */
  int settleAll() {
    long before = gaps;
    settle(Long.MAX_VALUE);
    return gaps > before ? GAP : NOTHING;
  }

  long gaps() {
    return gaps;
  }

  long missing() {
    return missing;
  }

  long lateSteps() {
    return lateSteps;
  }

  double longest() {
    return longest;
  }

  /** Steps that are gaps or jumps. */
  long leftOut() {
    return gapSteps;
  }

  /** Their length, seconds. */
  double leftOutSeconds() {
    return gapSeconds;
  }

  /** Rows that the last gap lacks. */
  long lastMissing() {
    return lastMissing;
  }

  /** How far the last row lies from the line, seconds. */
  double lateness() {
    return lateness;
  }
}
