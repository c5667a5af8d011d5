package org.efferent.viz;

import java.util.Objects;

/**
 * What the line below the workspace says.
 *
 * @param mode what the session does
 * @param bins decoded so far
 * @param lost samples that came in and were not read in time
 * @param p50Millis median latency, milliseconds; NaN while unknown
 * @param p99Millis 99th percentile of latency, milliseconds; NaN while unknown
 */
public record CursorStatus(Mode mode, long bins, long lost, double p50Millis, double p99Millis) {
  /** What the session does, and the words that say so. */
  public enum Mode {
    /** Learning from the user. */
    CALIBRATING("CALIBRATING", ""),
    /** The user steers. */
    RUNNING("RUNNING", ""),
    /** The operator holds the cursor. */
    PAUSED("PAUSED", "press Space to go on"),
    /** The watchdog stopped the cursor because no signal comes in. */
    STALE("STALE", "no signal comes in; the cursor is stopped"),
    /** The session has ended. */
    STOPPED("STOPPED", "the session has ended");

    private final String word;
    private final String advice;

    Mode(String word, String advice) {
      this.word = word;
      this.advice = advice;
    }

    /** One word. */
    public String word() {
      return word;
    }

    /** What it means for the user; empty where all is well. */
    public String advice() {
      return advice;
    }
  }

  /** Before the first bin. */
  public static final CursorStatus START =
      new CursorStatus(Mode.RUNNING, 0, 0, Double.NaN, Double.NaN);

  /** Checks the counts. */
  public CursorStatus {
    Objects.requireNonNull(mode, "mode");
    if (bins < 0 || lost < 0) {
      throw new IllegalArgumentException(
          "counts are not negative; bins=" + bins + ", lost=" + lost);
    }
  }
}
