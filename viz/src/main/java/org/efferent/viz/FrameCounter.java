package org.efferent.viz;

/** Counts frames and how many there were within the last second. Safe for many threads. */
public final class FrameCounter {
  private static final int CAPACITY = 256;
  private static final long SECOND = 1_000_000_000L;

  private final long[] nanos = new long[CAPACITY];
  private long count;

  /** No frame yet. */
  public FrameCounter() {}

  /** Counts one frame at a moment of {@link System#nanoTime()}. */
  public synchronized void frame(long now) {
    nanos[(int) (count++ % CAPACITY)] = now;
  }

  /** Frames so far. */
  public synchronized long count() {
    return count;
  }

  /** Frames a second over the last second; 0 if there were fewer than two. */
  public synchronized double perSecond(long now) {
    int n = 0;
    long oldest = now;
    long newest = now;
    for (long i = count - 1; i >= Math.max(0, count - CAPACITY); i--) {
      long at = nanos[(int) (i % CAPACITY)];
      if (now - at > SECOND) {
        break;
      }
      newest = n == 0 ? at : newest;
      oldest = at;
      n++;
    }
    return n < 2 || newest == oldest ? 0 : (n - 1) * (double) SECOND / (newest - oldest);
  }
}
