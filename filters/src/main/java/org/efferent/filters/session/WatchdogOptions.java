package org.efferent.filters.session;

import org.efferent.core.UsageException;

/**
 * What happens when data are late: the last velocity is held, then fades linearly to zero, and once
 * data are back nothing moves until some bins have come. A bin is late when two and a half bins'
 * time has passed since the one before.
 *
 * @param holdSeconds since the last bin, for which the last velocity is held
 * @param fadeSeconds in which it then fades to zero
 * @param freshSeconds of bins that must have come before anything moves again
 */
public record WatchdogOptions(double holdSeconds, double fadeSeconds, double freshSeconds) {
  /** Holds for 100 ms, fades for 150 ms: still after 250 ms. Moves again after 200 ms of data. */
  public static final WatchdogOptions DEFAULTS = new WatchdogOptions(0.1, 0.15, 0.2);

  /** Checks the times. */
  public WatchdogOptions {
    if (!(holdSeconds >= 0 && holdSeconds <= 1)
        || !(fadeSeconds >= 0 && fadeSeconds <= 1)
        || !(freshSeconds >= 0 && freshSeconds <= 10)) {
      throw new UsageException(
          "a watchdog holds and fades for 0 to 1 s each and waits for 0 to 10 s of data;"
              + " holdSeconds="
              + holdSeconds
              + ", fadeSeconds="
              + fadeSeconds
              + ", freshSeconds="
              + freshSeconds);
    }
  }

  /** So many bins after the last one the first counts as late. */
  static final double FIRST_LATE_BINS = 2.5;

  /** Share of the last velocity when some bins have been late, 1 to 0. */
  double share(int lateBins, double binSeconds) {
    double since = (FIRST_LATE_BINS + lateBins - 1) * binSeconds;
    double late = lateBins == 0 ? 0 : since - holdSeconds;
    return late <= 1e-9 ? 1 : Math.max(0, 1 - late / Math.max(binSeconds, fadeSeconds));
  }

  /** Whether the velocity has faded. */
  boolean isStale(int lateBins, double binSeconds) {
    return share(lateBins, binSeconds) <= 0;
  }
}
