package org.efferent.core;

/**
 * A monotonic clock in nanoseconds: LSL's {@code local_clock} before it is divided by 10⁹.
 *
 * <p>On Linux {@link System#nanoTime()} and liblsl's steady clock count from the same moment, so
 * stamps of both are comparable on one host.
 */
@FunctionalInterface
public interface LocalClock {
  /** The clock of this process. */
  LocalClock SYSTEM = System::nanoTime;

  /** Nanoseconds since an arbitrary but fixed moment. */
  long nanos();

  /** Seconds since the same moment: what LSL calls {@code local_clock()}. */
  default double seconds() {
    return seconds(nanos());
  }

  /**
   * Nanoseconds to seconds with liblsl's precision: whole seconds and remainder apart.
   *
   * @param nanos nanoseconds
   * @return seconds
   */
  static double seconds(long nanos) {
    long wholeSeconds = nanos / 1_000_000_000L;
    return wholeSeconds + (nanos % 1_000_000_000L) / 1e9;
  }
}
