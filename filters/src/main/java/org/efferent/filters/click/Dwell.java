package org.efferent.filters.click;

import org.efferent.core.UsageException;

/**
 * Selects by staying: what the cursor has been on without a break for a time is selected, once; it
 * must be left before it can be selected again. The fallback where no click is decoded. Used by one
 * thread.
 */
public final class Dwell {
  /** On nothing. */
  public static final int NOTHING = -1;

  private final double dwellSeconds;
  private int on = NOTHING;
  private double since;
  private boolean done;

  /**
   * Nothing selected yet.
   *
   * @param dwellSeconds how long, above 0
   * @throws UsageException where it is not
   */
  public Dwell(double dwellSeconds) {
    if (!(dwellSeconds > 0)) {
      throw new UsageException("a dwell must be longer than 0 s; dwell=" + dwellSeconds);
    }
    this.dwellSeconds = dwellSeconds;
  }

  /**
   * Takes one bin.
   *
   * @param target what the cursor is on, 0 or more, or {@link #NOTHING}
   * @param seconds when, on any clock that does not go back
   * @return whether that target is selected now
   */
  public boolean step(int target, double seconds) {
    if (target != on) {
      on = target;
      since = seconds;
      done = false;
    }
    // A hair less, for sums of bins' lengths.
    if (on == NOTHING || done || seconds - since < dwellSeconds - 1e-9) {
      return false;
    }
    done = true;
    return true;
  }

  /**
   * How far the dwell has come, for a display.
   *
   * @param seconds now
   * @return 0 to 1; 0 on nothing
   */
  public double progress(double seconds) {
    return on == NOTHING ? 0 : Math.max(0, Math.min(1, (seconds - since) / dwellSeconds));
  }

  /** Leaves everything. */
  public void reset() {
    on = NOTHING;
    done = false;
  }
}
