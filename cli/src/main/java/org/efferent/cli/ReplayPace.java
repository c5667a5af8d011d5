package org.efferent.cli;

import java.util.Optional;
import org.efferent.core.StreamException;
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

  /** Throws what ended a replay before its recording did, if anything. */
  static void rethrow(Optional<Throwable> failure) {
    if (failure.isPresent()) {
      Throwable cause = failure.get();
      throw cause instanceof RuntimeException known
          ? known
          : new StreamException("the replay ended early: " + cause.getMessage(), cause);
    }
  }

  boolean isMax() {
    return Double.isInfinite(factor);
  }
}
