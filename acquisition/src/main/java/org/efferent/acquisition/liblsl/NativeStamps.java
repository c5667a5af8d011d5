package org.efferent.acquisition.liblsl;

import com.sun.jna.Pointer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StampProcessor;
import org.efferent.acquisition.lsl.StampSmoother;
import org.efferent.acquisition.lsl.TimeCorrection;

/**
 * What happens to the stamps of an inlet of liblsl, on the thread that pulls; others may ask. Who
 * calls {@link #lookForReset} or {@link #areKnown} holds the inlet's handle.
 */
final class NativeStamps implements DoubleUnaryOperator {
  private static final long CORRECTION_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Pointer inlet;
  private final boolean corrects;
  private final NativeRows rows;
  private final StampProcessor processor;
  private final AtomicInteger resets = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();
  private volatile TimeCorrection correction;
  private int clock;
  private double shift;
  private long askedAt;

  NativeStamps(Pointer inlet, LslStreamInfo info, InletOptions options, NativeRows rows) {
    this.inlet = inlet;
    this.rows = rows;
    corrects = options.timeCorrection();
    processor = new StampProcessor(options, info.nominalRateHz(), StampSmoother.HALFTIME_SECONDS);
  }

  /** The first measurement, before anything is pulled. */
  void measured(TimeCorrection first) {
    correction = first;
    shift = first.seconds();
    askedAt = System.nanoTime();
  }

  /** What is added to stamps now; empty if nothing, or nothing is known of a new clock yet. */
  Optional<TimeCorrection> correction() {
    return Optional.ofNullable(correction);
  }

  /** liblsl tells it once, and it matters to two: to whoever asks, and to the stamps. */
  void lookForReset() {
    if (Calls.lsl_was_clock_reset(inlet) != 0) {
      resets.incrementAndGet();
    }
  }

  /** Whether there was another clock since this was last asked. */
  boolean wasReset() {
    int now = resets.get();
    return told.getAndSet(now) != now;
  }

  /**
   * Keeps the correction up to date: liblsl measures on a thread of its own, and this only asks,
   * unless the clock has just become another.
   *
   * @param wait seconds to wait for the first measurement of a clock
   * @return whether stamps can be treated
   */
  boolean areKnown(double wait) {
    lookForReset();
    if (!corrects) {
      clock = resets.get();
      return true;
    }
    if (clock != resets.get()) {
      clock = resets.get();
      correction = null;
    }
    TimeCorrection before = correction;
    long now = System.nanoTime();
    if (before == null || now - askedAt > CORRECTION_NANOS) {
      askedAt = now;
      TimeCorrection next = rows.correction(before, before == null ? wait : 0);
      correction = next;
      shift = next == null ? 0 : next.seconds();
    }
    return correction != null;
  }

  /** The stamp that the user sees. */
  @Override
  public double applyAsDouble(double stamp) {
    return processor.process(stamp, shift, 0, clock, clock);
  }
}
