package org.efferent.data.fetch;

import java.time.Duration;
import org.efferent.core.UsageException;

/**
 * How patient a download is.
 *
 * @param connect longest wait for a connection
 * @param stall how long a server may take to answer, and the stretch of time in which {@code
 *     leastBytes} must arrive
 * @param leastBytes fewer bytes than this in a stretch of {@code stall} count as standing still
 * @param attempts how often something is tried in a row without getting any further
 * @param firstPause pause after the first failure; each further one is twice as long
 * @param longestPause longest pause, also where a server asks for more
 */
public record WebOptions(
    Duration connect,
    Duration stall,
    long leastBytes,
    int attempts,
    Duration firstPause,
    Duration longestPause) {
  /** 20 s to connect, 1 KiB a minute, five attempts, pauses of 1 s to 60 s. */
  public static final WebOptions DEFAULTS =
      new WebOptions(
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          1024,
          5,
          Duration.ofSeconds(1),
          Duration.ofSeconds(60));

  /** Checks the values. */
  public WebOptions {
    if (!positive(connect) || !positive(stall) || !positive(firstPause)) {
      throw new UsageException(
          "connect, stall and firstPause must be positive; connect=%s, stall=%s, firstPause=%s"
              .formatted(connect, stall, firstPause));
    }
    if (attempts < 1 || leastBytes < 1 || longestPause.compareTo(firstPause) < 0) {
      throw new UsageException(
          "attempts and leastBytes must be at least 1 and longestPause at least firstPause;"
              + " attempts=%d, leastBytes=%d, longestPause=%s"
                  .formatted(attempts, leastBytes, longestPause));
    }
  }

  private static boolean positive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  /**
   * The same with another patience for a server that stands still.
   *
   * @param stall the new patience
   * @return a copy
   */
  public WebOptions withStall(Duration stall) {
    return new WebOptions(connect, stall, leastBytes, attempts, firstPause, longestPause);
  }
}
