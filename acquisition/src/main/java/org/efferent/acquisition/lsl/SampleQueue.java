package org.efferent.acquisition.lsl;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.efferent.core.StreamException;

/**
 * Samples between a network thread and its user, at either end of a feed: bounded, drops the oldest
 * and counts. Slots are reused, so that a queue whose reader keeps up allocates nothing.
 */
final class SampleQueue {
  /** One sample; belongs to the queue and is valid only inside {@link Taker#take}. */
  static final class Slot {
    double stamp;
    boolean deduced;
    long arrivalNanos;
    byte[] bytes = new byte[0];
    int length;
  }

  /** Who takes samples out; called under the lock of the queue, must be quick. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes a sample or leaves it.
     *
     * @param slot the oldest sample
     * @param afterGap whether samples before it were dropped
     * @return whether it was taken; if not, it stays
     */
    boolean take(Slot slot, boolean afterGap);
  }

  private static final int FIRST_SLOTS = 64;

  private final int capacity;
  private Slot[] slots;
  private int head;
  private int size;
  private int hidden;
  private long dropped;
  private boolean gap;
  private boolean signalled;
  private boolean ended;
  private StreamException failure;

  SampleQueue(int capacity) {
    this.capacity = capacity;
    this.slots = newSlots(Math.min(FIRST_SLOTS, capacity));
  }

  private static Slot[] newSlots(int n) {
    Slot[] some = new Slot[n];
    Arrays.setAll(some, i -> new Slot());
    return some;
  }

  /**
   * Adds a sample by copying it.
   *
   * @param hide whether readers must not see it before {@link #stampHidden}
   */
  synchronized void offer(
      double stamp, boolean deduced, long arrival, byte[] bytes, int at, int n, boolean hide) {
    if (ended) {
      return;
    }
    if (size == slots.length) {
      makeRoom();
    }
    Slot slot = slots[(head + size) % slots.length];
    if (slot.bytes.length < n) {
      slot.bytes = new byte[n];
    }
    System.arraycopy(bytes, at, slot.bytes, 0, n);
    slot.length = n;
    slot.stamp = stamp;
    slot.deduced = deduced;
    slot.arrivalNanos = arrival;
    size++;
    if (hide) {
      hidden++;
    }
  }

  private void makeRoom() {
    if (slots.length < capacity) {
      Slot[] more = newSlots((int) Math.min(capacity, 2L * slots.length));
      for (int i = 0; i < size; i++) {
        more[i] = slots[(head + i) % slots.length];
      }
      slots = more;
      head = 0;
      return;
    }
    dropped++;
    gap = true;
    head = (head + 1) % slots.length;
    size--;
    hidden = Math.min(hidden, size);
  }

  /**
   * Shows the samples that were hidden; the one after them has this stamp, and they lie a period
   * apart before it.
   */
  synchronized void stampHidden(double next, double period) {
    for (int back = 1; back <= hidden; back++) {
      slots[(head + size - back) % slots.length].stamp = next - back * period;
    }
    hidden = 0;
  }

  /** Drops the samples that wait for a stamp: none will come. */
  synchronized void forgetHidden() {
    size -= hidden;
    dropped += hidden;
    gap |= hidden > 0;
    hidden = 0;
  }

  /** Samples that wait for a stamp. */
  synchronized int hidden() {
    return hidden;
  }

  /** Wakes the reader. */
  synchronized void signal() {
    signalled = true;
    notifyAll();
  }

  /** No sample comes any more; null where that is in good order. */
  synchronized void end(StreamException cause) {
    if (!ended) {
      ended = true;
      failure = cause;
      hidden = 0;
      notifyAll();
    }
  }

  /** Forgets what waits. */
  synchronized void clear() {
    head = 0;
    size = 0;
    hidden = 0;
  }

  /** Samples dropped since construction. */
  synchronized long dropped() {
    return dropped;
  }

  /** Samples that a reader would find. */
  synchronized int available() {
    return size - hidden;
  }

  /** Whether nothing waits and nothing will come. */
  synchronized boolean isDone() {
    return ended && size == 0;
  }

  /** Why it ended, null if it has not or did in good order. */
  synchronized StreamException failure() {
    return failure;
  }

  /**
   * Hands over the samples that are there, in order, until the taker has enough; waits for the
   * first.
   *
   * @param nanos how long to wait for the first; {@link Long#MAX_VALUE} for as long as it takes
   * @param forSignal whether to wait for {@link #signal} even where samples are there already
   * @return how many were taken; −1 if nothing waits and nothing will come
   */
  synchronized int take(Taker taker, long nanos, boolean forSignal) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (!ended && (size - hidden == 0 || (forSignal && !signalled))) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return 0;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    int taken = 0;
    while (size - hidden > 0 && taker.take(slots[head], gap)) {
      gap = false;
      head = (head + 1) % slots.length;
      size--;
      taken++;
    }
    if (size == 0) {
      signalled = false;
    }
    return taken == 0 && ended && size == 0 ? -1 : taken;
  }
}
