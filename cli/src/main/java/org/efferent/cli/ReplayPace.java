package org.efferent.cli;

import org.efferent.core.UsageException;

/**
 * How fast rows are played: a multiple of real time, or as fast as they are taken.
 *
 * @param factor multiple of real time; infinite for {@code max}
 */
record ReplayPace(double factor) {

  static ReplayPace parse(String text) {
    if (text.equals("max")) {
      return new ReplayPace(Double.POSITIVE_INFINITY);
    }
    try {
      double factor = Double.parseDouble(text);
      if (factor > 0 && factor <= 1e6) {
        return new ReplayPace(factor);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for whatever is no speed.
    }
    throw new UsageException(
        "--speed must be 'max' or a number above 0 and at most 1000000; speed=" + text);
  }

  boolean isMax() {
    return Double.isInfinite(factor);
  }
}
