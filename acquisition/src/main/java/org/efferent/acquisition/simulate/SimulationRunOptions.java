package org.efferent.acquisition.simulate;

import java.time.Duration;
import java.util.Objects;
import org.efferent.acquisition.ReplayOptions.Waiter;
import org.efferent.core.LocalClock;
import org.efferent.core.UsageException;

/**
 * How a simulation is run.
 *
 * @param seconds how long, in the simulation's time; infinite for until it is closed
 * @param speed 1 for real time, 10 for ten times as fast, infinite for no pause at all
 * @param packetSeconds what is pushed together, as a device sends packets: so many seconds on the
 *     clock, whatever the speed
 * @param awaitConsumers how long to wait until every stream has a consumer; zero to start at once
 * @param clock what deadlines count on
 * @param waiter how to wait for a moment of that clock
 */
public record SimulationRunOptions(
    double seconds,
    double speed,
    double packetSeconds,
    Duration awaitConsumers,
    LocalClock clock,
    Waiter waiter) {
  /** In real time, in packets of 10 ms, at once and without an end. */
  public static final SimulationRunOptions DEFAULTS =
      new SimulationRunOptions(
          Double.POSITIVE_INFINITY, 1, 0.01, Duration.ZERO, LocalClock.SYSTEM, Waiter.SYSTEM);

  /** Checks the values. */
  public SimulationRunOptions {
    Objects.requireNonNull(awaitConsumers, "awaitConsumers");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(waiter, "waiter");
    if (!(seconds > 0)) {
      throw new UsageException("a simulation lasts longer than 0 s; seconds=" + seconds);
    }
    if (!(speed > 0)) {
      throw new UsageException("the speed of a simulation is positive; speed=" + speed);
    }
    if (Double.isInfinite(speed) && Double.isInfinite(seconds)) {
      throw new UsageException(
          "a simulation as fast as possible needs an end; say for how many seconds");
    }
    Limits.check("packetSeconds", packetSeconds, 0.0001, 10);
  }

  /**
   * These options with an end.
   *
   * @param length seconds in the simulation's time
   * @return a copy
   */
  public SimulationRunOptions withSeconds(double length) {
    return new SimulationRunOptions(length, speed, packetSeconds, awaitConsumers, clock, waiter);
  }

  /**
   * These options at another speed; an infinite one needs an end first.
   *
   * @param times 1 for real time, infinite for no pause at all
   * @return a copy
   */
  public SimulationRunOptions withSpeed(double times) {
    return new SimulationRunOptions(seconds, times, packetSeconds, awaitConsumers, clock, waiter);
  }

  /**
   * These options with patience for consumers.
   *
   * @param patience how long to wait for them at the most
   * @return a copy
   */
  public SimulationRunOptions withAwaitConsumers(Duration patience) {
    return new SimulationRunOptions(seconds, speed, packetSeconds, patience, clock, waiter);
  }

  /**
   * These options on another clock.
   *
   * @param other what deadlines count on
   * @param waits how to wait for a moment of it
   * @return a copy
   */
  public SimulationRunOptions withClock(LocalClock other, Waiter waits) {
    return new SimulationRunOptions(seconds, speed, packetSeconds, awaitConsumers, other, waits);
  }
}
