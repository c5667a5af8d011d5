package org.efferent.filters.click;

import org.efferent.core.UsageException;

/**
 * Makes an event of a posterior: a click is when the posterior has stood at or above the threshold
 * for some bins in a row. After one, there is no other before the refractory time is over and the
 * posterior has been below the threshold, so that one long squeeze is one click. Used by one
 * thread.
 */
public final class ClickTrigger {
  private final double threshold;
  private final int bins;
  private final double refractorySeconds;
  private int above;
  private boolean armed = true;
  private double last = Double.NEGATIVE_INFINITY;

  /**
   * A trigger at its start.
   *
   * @param threshold posterior from which a bin counts, above 0, below 1
   * @param bins in a row that make a click, at least 1
   * @param refractorySeconds after a click, 0 or more
   * @throws UsageException where a value is out of range
   */
  public ClickTrigger(double threshold, int bins, double refractorySeconds) {
    if (!(threshold > 0 && threshold < 1) || bins < 1 || !(refractorySeconds >= 0)) {
      throw new UsageException(
          "a click needs a threshold between 0 and 1, at least one bin and a refractory time of 0 or"
              + " more; threshold="
              + threshold
              + ", bins="
              + bins
              + ", refractory="
              + refractorySeconds);
    }
    this.threshold = threshold;
    this.bins = bins;
    this.refractorySeconds = refractorySeconds;
  }

  /**
   * Takes one bin.
   *
   * @param posterior probability of a click, 0 to 1
   * @param seconds when, on any clock that does not go back
   * @return whether it is a click now
   */
  public boolean step(double posterior, double seconds) {
    if (!(posterior >= threshold)) {
      above = 0;
      armed = true;
      return false;
    }
    above++;
    if (above < bins || !armed || seconds - last < refractorySeconds) {
      return false;
    }
    armed = false;
    last = seconds;
    return true;
  }

  /** Forgets everything, the last click too. */
  public void reset() {
    above = 0;
    armed = true;
    last = Double.NEGATIVE_INFINITY;
  }
}
