package org.efferent.filters.features;

import org.efferent.core.UsageException;

/**
 * A band of frequencies.
 *
 * @param lowHz lower corner, above 0
 * @param highHz upper corner, above the lower
 */
public record Band(double lowHz, double highHz) {
  /** Checks the values. */
  public Band {
    if (!(lowHz > 0) || !(highHz > lowHz) || Double.isInfinite(highHz)) {
      throw new UsageException(
          "a band must lie above 0 Hz, its lower corner below its upper one; lowHz="
              + lowHz
              + ", highHz="
              + highHz);
    }
  }

  @Override
  public String toString() {
    return lowHz + "-" + highHz + "Hz";
  }
}
