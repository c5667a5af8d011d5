package org.efferent.acquisition;

import org.efferent.core.LocalClock;

/** When each moment of a recording is due; absolute, so that delays do not add up. */
final class Schedule {
  private final ReplayOptions options;
  private final double base;
  private final long start;

  /**
   * A schedule.
   *
   * @param options how to play
   * @param begin the recorded moment, and when it is due
   */
  Schedule(ReplayOptions options, Replay.Begin begin) {
    this.options = options;
    this.base = begin.recorded();
    this.start = begin.nanos();
  }

  long due(double recorded) {
    return options.speed() == ReplayOptions.AT_ONCE
        ? start
        : start + Math.round((recorded - base) / options.speed() * 1e9);
  }

  void await(double recorded) throws InterruptedException {
    if (options.speed() != ReplayOptions.AT_ONCE) {
      options.waiter().until(due(recorded));
    }
  }

  double stamp(double recorded) {
    if (options.originalStamps()) {
      return recorded;
    }
    return options.speed() == ReplayOptions.AT_ONCE
        ? options.clock().seconds()
        : LocalClock.seconds(due(recorded));
  }
}
