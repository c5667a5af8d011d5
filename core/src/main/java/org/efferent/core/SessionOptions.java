package org.efferent.core;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a session runs.
 *
 * @param ringRows capacity of the ring, a power of two
 * @param chunkRows most rows that move at once
 * @param deadline a window whose sinks return later than this after its arrival is a deadline miss
 * @param staleAfter silence after which the watchdog says {@link SessionEvent#STALE}
 * @param lostAfter silence after which the stream counts as lost and the session ends with a {@link
 *     StreamException}
 * @param listener hears what happens, on the session's threads; must return at once
 * @param clock where time comes from
 */
public record SessionOptions(
    int ringRows,
    int chunkRows,
    Duration deadline,
    Duration staleAfter,
    Duration lostAfter,
    Consumer<SessionEvent> listener,
    LocalClock clock) {
  /** 65,536 rows of ring; deadline 20 ms, stale after 250 ms, lost after 10 s. */
  public static final SessionOptions DEFAULTS =
      new SessionOptions(
          65_536,
          1_024,
          Duration.ofMillis(20),
          Duration.ofMillis(250),
          Duration.ofSeconds(10),
          event -> {},
          LocalClock.SYSTEM);

  /** Checks the values. */
  public SessionOptions {
    Objects.requireNonNull(listener, "listener");
    Objects.requireNonNull(clock, "clock");
    positive("deadline", deadline);
    positive("staleAfter", staleAfter);
    positive("lostAfter", lostAfter);
    if (ringRows < 2 || Integer.bitCount(ringRows) != 1) {
      throw new IllegalArgumentException(
          "ringRows must be a power of two from 2 on; ringRows=" + ringRows);
    }
    if (chunkRows < 1 || chunkRows > ringRows / 2) {
      throw new IllegalArgumentException(
          "chunkRows must lie in 1 to half of ringRows; chunkRows="
              + chunkRows
              + ", ringRows="
              + ringRows);
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive; " + name + "=" + value);
    }
  }

  /**
   * These options with another listener.
   *
   * @param other hears what happens
   * @return a copy
   */
  public SessionOptions withListener(Consumer<SessionEvent> other) {
    return new SessionOptions(ringRows, chunkRows, deadline, staleAfter, lostAfter, other, clock);
  }

  /**
   * These options with other silences.
   *
   * @param stale silence after which the watchdog speaks
   * @param lost silence after which the session ends
   * @return a copy
   */
  public SessionOptions withSilences(Duration stale, Duration lost) {
    return new SessionOptions(ringRows, chunkRows, deadline, stale, lost, listener, clock);
  }

  /**
   * These options with another ring; at most half of it moves at once.
   *
   * @param rows capacity, a power of two
   * @return a copy
   */
  public SessionOptions withRingRows(int rows) {
    return new SessionOptions(
        rows, Math.min(chunkRows, rows / 2), deadline, staleAfter, lostAfter, listener, clock);
  }
}
