package org.efferent.core;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The events that windows are locked to, on their way from whoever hears of them to the pipeline:
 * any thread offers, the pipeline's takes. Used by one pipeline.
 *
 * <p>A window begins at the sample nearest to {@code time + offsetSeconds}. An event may be heard
 * of before its samples or behind them; if it comes so late that the first of them is forgotten, or
 * if samples of its window were lost, there is no window, and it is counted.
 */
public final class EventQueue {
  private final double offsetSeconds;
  private final int keptRows;
  private final Predicate<Marker> wanted;
  private final Queue<Marker> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong offered = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();

  /**
   * An empty queue.
   *
   * @param offsetSeconds from the event to the window's first sample; negative for a baseline
   *     before it
   * @param keptRows samples that are kept beyond one window: a marker may come so many samples
   *     behind the end of its window
   * @param wanted which markers are events; others are ignored
   */
  public EventQueue(double offsetSeconds, int keptRows, Predicate<Marker> wanted) {
    if (!Double.isFinite(offsetSeconds)) {
      throw new IllegalArgumentException(
          "offsetSeconds must be finite; offsetSeconds=" + offsetSeconds);
    }
    if (keptRows < 0) {
      throw new IllegalArgumentException("keptRows must not be negative; keptRows=" + keptRows);
    }
    this.offsetSeconds = offsetSeconds;
    this.keptRows = keptRows;
    this.wanted = Objects.requireNonNull(wanted, "wanted");
  }

  /**
   * Says that something happened.
   *
   * @param marker its time on the clock of the samples' stamps
   * @return whether it is wanted
   */
  public boolean offer(Marker marker) {
    if (!wanted.test(marker)) {
      return false;
    }
    offered.incrementAndGet();
    queue.add(marker);
    return true;
  }

  /** Events that were offered and wanted. */
  public long offered() {
    return offered.get();
  }

  /** Events without a window because they were heard of too late, or before the stream began. */
  public long late() {
    return late.get();
  }

  /** Events without a window because samples of it were lost. */
  public long lost() {
    return lost.get();
  }

  /** From the event to the window's first sample, seconds. */
  public double offsetSeconds() {
    return offsetSeconds;
  }

  int keptRows() {
    return keptRows;
  }

  Marker poll() {
    return queue.poll();
  }

  void countLate() {
    late.incrementAndGet();
  }

  void countLost() {
    lost.incrementAndGet();
  }
}
