package org.efferent.acquisition.lsl;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.efferent.core.StreamException;

/**
 * Samples between a network thread and its user, at either end of a feed: bounded, drops the oldest
 * and counts. Slots are reused, so that a queue of numbers whose reader keeps up allocates nothing;
 * the bytes of long strings are given back, since a peer decides how long they are.
 */
final class SampleQueue {
  /** One sample; belongs to the queue and is valid only inside {@link Taker#take}. */
  static final class Slot {
    double stamp;
    boolean deduced;
    long arrivalNanos;
    Era era;
    byte[] bytes = NOTHING;
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

  /** Bytes of strings that may wait; one sample may always, whatever its length. */
  static final long MOST_STRING_BYTES = 1L << 28;

  private static final int FIRST_SLOTS = 64;
  private static final int KEPT_BYTES = 4_096;
  private static final byte[] NOTHING = {};

  private final int capacity;
  private final long mostBytes;
  private Slot[] slots;
  private int head;
  private int size;
  private int hidden;
  private long bytes;
  private long dropped;
  private boolean gap;
  private boolean signalled;
  private boolean ended;
  private StreamException failure;

  /** A queue of numbers: every sample has the length of the first. */
  SampleQueue(int capacity) {
    this(capacity, Long.MAX_VALUE);
  }

  /** A queue whose samples are as long as somebody else likes. */
  static SampleQueue ofStrings(int capacity) {
    return new SampleQueue(capacity, MOST_STRING_BYTES);
  }

  static SampleQueue of(ChannelFormat format, int capacity) {
    return format.isNumeric() ? new SampleQueue(capacity) : ofStrings(capacity);
  }

  SampleQueue(int capacity, long mostBytes) {
    this.capacity = capacity;
    this.mostBytes = mostBytes;
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
   * @param era which clock its stamp is on; null where nobody asks
   * @param hide whether readers must not see it before {@link #stampHidden}
   */
  synchronized void offer(
      double stamp,
      boolean deduced,
      long arrival,
      Era era,
      byte[] from,
      int at,
      int n,
      boolean hide) {
    if (ended) {
      return;
    }
    while (size > 0 && bytes + n > mostBytes) {
      drop();
    }
    if (size == slots.length) {
      makeRoom();
    }
    Slot slot = slots[(head + size) % slots.length];
    if (slot.bytes.length < n) {
      slot.bytes = new byte[n];
    }
    System.arraycopy(from, at, slot.bytes, 0, n);
    slot.length = n;
    slot.stamp = stamp;
    slot.deduced = deduced;
    slot.arrivalNanos = arrival;
    slot.era = era;
    size++;
    bytes += n;
    if (hide) {
      hidden++;
    }
  }

  private void makeRoom() {
    if (slots.length == capacity) {
      drop();
      return;
    }
    Slot[] more = newSlots((int) Math.min(capacity, 2L * slots.length));
    for (int i = 0; i < size; i++) {
      more[i] = slots[(head + i) % slots.length];
    }
    slots = more;
    head = 0;
  }

  private void drop() {
    dropped++;
    gap = true;
    removeHead();
    hidden = Math.min(hidden, size);
  }

  private void removeHead() {
    Slot slot = slots[head];
    bytes -= slot.length;
    giveBack(slot);
    head = (head + 1) % slots.length;
    size--;
  }

  private void giveBack(Slot slot) {
    if (mostBytes < Long.MAX_VALUE && slot.bytes.length > KEPT_BYTES) {
      slot.bytes = NOTHING;
    }
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
    while (size > 0) {
      removeHead();
    }
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
      removeHead();
      taken++;
    }
    if (size == 0) {
      signalled = false;
    }
    return taken == 0 && ended && size == 0 ? -1 : taken;
  }
}
