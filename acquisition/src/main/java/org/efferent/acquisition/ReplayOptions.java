package org.efferent.acquisition;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.efferent.core.LocalClock;

/**
 * How a recording is played.
 *
 * @param speed 1 for real time, 10 for ten times as fast, {@link #AT_ONCE} for no pause at all
 * @param originalStamps whether rows keep the stamps of the recording; if not, they get the moment
 *     at which they are due on the clock (with {@link #AT_ONCE}, at which they are played)
 * @param gate asked before each row
 * @param clock where time comes from
 * @param waiter how to wait for a moment of that clock
 */
public record ReplayOptions(
    double speed, boolean originalStamps, Gate gate, LocalClock clock, Waiter waiter) {
  /** Speed of a replay that never waits. */
  public static final double AT_ONCE = Double.POSITIVE_INFINITY;

  /** Real time, stamped with the moment of the replay. */
  public static final ReplayOptions DEFAULTS =
      new ReplayOptions(1, false, Gate.OPEN, LocalClock.SYSTEM, Waiter.SYSTEM);

  /** Who may hold a row back, for example until the estimate of the row before is there. */
  @FunctionalInterface
  public interface Gate {
    /** Holds nothing back. */
    Gate OPEN = row -> {};

    /**
     * Returns when a row may go.
     *
     * @param row index in the recording
     * @throws InterruptedException if the replay is asked to stop
     */
    void await(long row) throws InterruptedException;
  }

  /** Waits for a moment of a clock. */
  @FunctionalInterface
  public interface Waiter {
    /** For {@link LocalClock#SYSTEM}: parks, as precise as the operating system's timer. */
    Waiter SYSTEM =
        nanos -> {
          for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            if (Thread.interrupted()) {
              throw new InterruptedException("interrupted while waiting for a row");
            }
            LockSupport.parkNanos(left);
          }
        };

    /**
     * Returns when the moment has come, at once if it is over.
     *
     * @param nanos moment on the clock
     * @throws InterruptedException if the thread is asked to stop
     */
    void until(long nanos) throws InterruptedException;
  }

  /** Checks the values. */
  public ReplayOptions {
    Objects.requireNonNull(gate, "gate");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(waiter, "waiter");
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed must be positive; speed=" + speed);
    }
  }

  /**
   * These options at another speed.
   *
   * @param times 1 for real time, {@link #AT_ONCE} for no pause
   * @return a copy
   */
  public ReplayOptions withSpeed(double times) {
    return new ReplayOptions(times, originalStamps, gate, clock, waiter);
  }

  /**
   * These options with stamps as recorded, or not.
   *
   * @param original whether rows keep their stamps
   * @return a copy
   */
  public ReplayOptions withOriginalStamps(boolean original) {
    return new ReplayOptions(speed, original, gate, clock, waiter);
  }

  /**
   * These options in lockstep with somebody.
   *
   * @param other asked before each row
   * @return a copy
   */
  public ReplayOptions withGate(Gate other) {
    return new ReplayOptions(speed, originalStamps, other, clock, waiter);
  }

  /**
   * These options on another clock.
   *
   * @param other where time comes from
   * @param waits how to wait for a moment of it
   * @return a copy
   */
  public ReplayOptions withClock(LocalClock other, Waiter waits) {
    return new ReplayOptions(speed, originalStamps, gate, other, waits);
  }
}
