package org.efferent.core;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Cuts windows that begin at events. They may overlap; each is handed over as soon as its last
 * sample is there, or its event was heard of. No window spans a loss in the ring.
 */
final class EventWindower implements Cutter {
  private final EventQueue events;
  private final Window window;
  private final int channels;
  private final int capacity;
  private final double[] values;
  private final double[] stamps;
  private final long[] arrivals;
  private final PriorityQueue<Marker> pending =
      new PriorityQueue<>(Comparator.comparingDouble(Marker::time));

  /** Index in the stream of the row after the newest. */
  private long end;

  private int filled;
  private long lost;

  /** Stamp of the last sample before the latest loss. */
  private double gapFrom = Double.NaN;

  EventWindower(int rows, int channels, EventQueue events) {
    this.events = events;
    this.window = new Window(rows, channels);
    this.channels = channels;
    this.capacity = Math.addExact(rows, events.keptRows());
    this.values = new double[Math.multiplyExact(capacity, channels)];
    this.stamps = new double[capacity];
    this.arrivals = new long[capacity];
  }

  @Override
  public void feed(Chunk chunk, Target target) {
    hear();
    if (chunk.lostBefore() > 0) {
      lost += chunk.lostBefore();
      forget();
    }
    for (int r = 0; r < chunk.rows(); r++) {
      long index = chunk.firstIndex() + r;
      int slot = (int) (index % capacity);
      System.arraycopy(chunk.values(), r * channels, values, slot * channels, channels);
      stamps[slot] = chunk.stamps()[r];
      arrivals[slot] = chunk.arrivals()[r];
      end = index + 1;
      filled = Math.min(capacity, filled + 1);
      hand(target);
    }
  }

  private void hear() {
    for (Marker marker = events.poll(); marker != null; marker = events.poll()) {
      pending.add(marker);
    }
  }

  /** Samples are missing: windows that have begun will not be whole. */
  private void forget() {
    gapFrom = filled > 0 ? stamp(end - 1) : gapFrom;
    while (filled > 0 && !pending.isEmpty() && start(pending.peek()) <= stamp(end - 1)) {
      pending.poll();
      events.countLost();
    }
    filled = 0;
  }

  private void hand(Target target) {
    while (!pending.isEmpty()) {
      Marker marker = pending.peek();
      double start = start(marker);
      if (stamp(end - 1) < start) {
        return; // It has not begun, nor have later ones.
      }
      long first = end - filled;
      if (stamp(first) > start + halfPeriod(first)) {
        pending.poll();
        if (start > gapFrom) {
          events.countLost();
        } else {
          events.countLate();
        }
        continue;
      }
      long from = nearest(start);
      if (from + window.rows() > end) {
        return;
      }
      pending.poll();
      copy(from, marker);
      target.accept(window);
      lost = 0;
    }
  }

  private double start(Marker marker) {
    return marker.time() + events.offsetSeconds();
  }

  private double stamp(long index) {
    return stamps[(int) (index % capacity)];
  }

  /** Half of the time from a row to the next one. */
  private double halfPeriod(long index) {
    return index + 1 < end ? (stamp(index + 1) - stamp(index)) / 2 : 0;
  }

  /** The row whose stamp is nearest; of two the later one. */
  private long nearest(double start) {
    long low = end - filled;
    long high = end - 1;
    while (low < high) {
      long middle = (low + high) / 2;
      if (stamp(middle) < start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    boolean before = low > end - filled && start - stamp(low - 1) < stamp(low) - start;
    return before ? low - 1 : low;
  }

  private void copy(long from, Marker marker) {
    for (int r = 0; r < window.rows(); r++) {
      int slot = (int) ((from + r) % capacity);
      System.arraycopy(values, slot * channels, window.values(), r * channels, channels);
      window.stamps()[r] = stamps[slot];
    }
    int last = (int) ((from + window.rows() - 1) % capacity);
    window.position(from, lost, arrivals[last]);
    window.lock(marker);
  }
}
