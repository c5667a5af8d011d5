package org.efferent.generation.remote;

import java.time.Duration;
import org.efferent.core.UsageException;

/**
 * How patient a call is.
 *
 * @param deadline for the whole call: waiting for its turn, all attempts, all pauses
 * @param attempt for one attempt, from the request to the last byte of the answer
 * @param attempts at most, at least 1
 * @param firstPause after the first failure; it doubles after each
 * @param longestPause at most, what a server asks for included
 */
public record RetryOptions(
    Duration deadline, Duration attempt, int attempts, Duration firstPause, Duration longestPause) {
  /** Thirty seconds, ten an attempt, three attempts, pauses from 0.2 to 2 seconds. */
  public static final RetryOptions DEFAULTS =
      new RetryOptions(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          3,
          Duration.ofMillis(200),
          Duration.ofSeconds(2));

  /** Checks the values. */
  public RetryOptions {
    if (!positive(deadline) || !positive(attempt) || !positive(firstPause)) {
      throw new UsageException(
          "deadline, attempt and firstPause must be positive; deadline=%s, attempt=%s,"
                  .formatted(deadline, attempt)
              + " firstPause="
              + firstPause);
    }
    if (attempts < 1 || longestPause.compareTo(firstPause) < 0) {
      throw new UsageException(
          "attempts must be at least 1 and longestPause at least firstPause; attempts=%d,"
                  .formatted(attempts)
              + " longestPause="
              + longestPause);
    }
  }

  private static boolean positive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  /** The pause after a number of failures, at least what the server asks for. */
  Duration pause(int failures, Duration asked) {
    Duration wait = firstPause;
    for (int i = 1; i < failures && wait.compareTo(longestPause) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    if (asked.compareTo(wait) > 0) {
      wait = asked;
    }
    return wait.compareTo(longestPause) > 0 ? longestPause : wait;
  }
}
