package org.efferent.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A ring of samples {@code [capacity × channels]}: one writer, many readers. The writer never
 * waits; a reader that is lapped counts what it lost and goes on with the oldest rows that are
 * whole.
 *
 * <p>How torn reads are kept out (a sequence lock without the lock): the writer announces the end
 * of what it is about to overwrite ({@code claimed}), writes, then publishes ({@code published}). A
 * reader copies rows below {@code published} and looks at {@code claimed} afterwards: rows more
 * than a capacity behind it may have been overwritten while they were copied, and are dropped and
 * counted. Fences order announcement before data and data before the second look.
 *
 * <p>It is the only object that threads share on the way from a {@link Source} to a {@link Sink}.
 */
public final class SampleRing {
  private static final VarHandle CLAIMED;
  private static final VarHandle PUBLISHED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      CLAIMED = lookup.findVarHandle(SampleRing.class, "claimed", long.class);
      PUBLISHED = lookup.findVarHandle(SampleRing.class, "published", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int capacity;
  private final int channels;
  private final int mask;
  private final double[] values;
  private final double[] stamps;
  private final long[] arrivals;
  private final CopyOnWriteArrayList<Reader> readers = new CopyOnWriteArrayList<>();

  @SuppressWarnings("UnusedVariable") // written and read through CLAIMED
  private long claimed;

  private long published;
  private volatile boolean ended;

  /**
   * An empty ring.
   *
   * @param capacity rows it holds, a power of two
   * @param channels values a row
   */
  public SampleRing(int capacity, int channels) {
    if (capacity < 1 || Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity must be a power of two; capacity=" + capacity);
    }
    if (channels < 1) {
      throw new IllegalArgumentException("channels must be at least 1; channels=" + channels);
    }
    if ((long) capacity * channels > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "capacity times channels must fit an array; capacity="
              + capacity
              + ", channels="
              + channels);
    }
    this.capacity = capacity;
    this.channels = channels;
    this.mask = capacity - 1;
    this.values = new double[capacity * channels];
    this.stamps = new double[capacity];
    this.arrivals = new long[capacity];
  }

  /** Rows that the ring holds. */
  public int capacity() {
    return capacity;
  }

  /** Values a row. */
  public int channels() {
    return channels;
  }

  /** Rows written since the beginning. */
  public long written() {
    return (long) PUBLISHED.getAcquire(this);
  }

  /** Whether {@link #end()} was called: no row will follow. */
  public boolean hasEnded() {
    return ended;
  }

  /**
   * Writes all rows of a chunk, without ever waiting. One thread writes.
   *
   * @param chunk rows of as many channels as the ring has; its {@link Chunk#arrivals()} go along
   */
  public void write(Chunk chunk) {
    if (chunk.channels() != channels) {
      throw new IllegalArgumentException(
          "a chunk must have the ring's channels; ring="
              + channels
              + ", chunk="
              + chunk.channels());
    }
    if (ended) {
      throw new IllegalStateException("the ring has ended; nothing can be written to it");
    }
    int done = 0;
    while (done < chunk.rows()) {
      int rows = Math.min(chunk.rows() - done, capacity);
      writeRun(chunk, done, rows);
      done += rows;
    }
    wakeReaders();
  }

  private void writeRun(Chunk chunk, int from, int rows) {
    long start = published; // the writer alone changes it
    CLAIMED.setOpaque(this, start + rows);
    VarHandle.storeStoreFence();
    int at = (int) (start & mask);
    int head = Math.min(rows, capacity - at);
    copyIn(chunk, from, at, head);
    copyIn(chunk, from + head, 0, rows - head);
    PUBLISHED.setVolatile(this, start + rows);
  }

  private void copyIn(Chunk chunk, int from, int at, int rows) {
    System.arraycopy(chunk.values(), from * channels, values, at * channels, rows * channels);
    System.arraycopy(chunk.stamps(), from, stamps, at, rows);
    System.arraycopy(chunk.arrivals(), from, arrivals, at, rows);
  }

  /** Says that no row will follow; readers still get what is there. */
  public void end() {
    ended = true;
    wakeReaders();
  }

  private void wakeReaders() {
    for (Reader reader : readers) {
      Thread waiting = reader.waiting;
      if (waiting != null) {
        LockSupport.unpark(waiting);
      }
    }
  }

  /**
   * A reader that starts with the next row to be written. One thread uses it.
   *
   * @return the reader, already registered
   */
  public Reader reader() {
    Reader reader = new Reader();
    readers.add(reader);
    return reader;
  }

  /** One reader's place in the ring. */
  public final class Reader implements AutoCloseable {
    private long next = (long) PUBLISHED.getAcquire(SampleRing.this);
    private long lost;
    private long laps;
    private long skipped; // lost, and not yet said with a row
    private volatile Thread waiting;

    private Reader() {}

    /** Index of the row that comes next. */
    public long position() {
      return next;
    }

    /** Rows that this reader never saw because the writer overwrote them. */
    public long lost() {
      return lost;
    }

    /** How often the writer overtook this reader. */
    public long laps() {
      return laps;
    }

    /** Rows that wait for this reader now. */
    public long available() {
      return (long) PUBLISHED.getVolatile(SampleRing.this) - next;
    }

    /**
     * Copies the next rows into the chunk, as many as are there and fit; does not wait. Sets {@link
     * Chunk#firstIndex()}, {@link Chunk#lostBefore()} and {@link Chunk#arrivals()}.
     *
     * @param chunk where they go
     * @return number of rows, 0 if none is there now, {@link Source#END} if none will ever come
     */
    public int read(Chunk chunk) {
      if (chunk.channels() != channels) {
        throw new IllegalArgumentException(
            "a chunk must have the ring's channels; ring="
                + channels
                + ", chunk="
                + chunk.channels());
      }
      boolean last = ended; // before the look at published: what was written before it is seen
      while (true) {
        long available = (long) PUBLISHED.getAcquire(SampleRing.this) - next;
        if (available <= 0) {
          // What was skipped is said with the next row. Below zero: what is claimed was seen before
          // what is published, on a processor that may reorder the two.
          chunk.position(next, 0, 0);
          return last && available == 0 ? Source.END : 0;
        }
        if (available > capacity) {
          skipTo(next + available - capacity);
          continue;
        }
        int rows = (int) Math.min(available, chunk.capacity());
        copyOut(chunk, rows);
        VarHandle.loadLoadFence();
        long oldestWhole = (long) CLAIMED.getOpaque(SampleRing.this) - capacity;
        if (oldestWhole > next) {
          skipTo(oldestWhole); // overwritten while it was copied: throw it all away
          continue;
        }
        chunk.position(next, skipped, rows);
        next += rows;
        skipped = 0;
        return rows;
      }
    }

    private void skipTo(long row) {
      skipped += row - next;
      lost += row - next;
      laps++;
      next = row;
    }

    private void copyOut(Chunk chunk, int rows) {
      int at = (int) (next & mask);
      int head = Math.min(rows, capacity - at);
      System.arraycopy(values, at * channels, chunk.values(), 0, head * channels);
      System.arraycopy(stamps, at, chunk.stamps(), 0, head);
      System.arraycopy(values, 0, chunk.values(), head * channels, (rows - head) * channels);
      System.arraycopy(stamps, 0, chunk.stamps(), head, rows - head);
      System.arraycopy(arrivals, at, chunk.arrivals(), 0, head);
      System.arraycopy(arrivals, 0, chunk.arrivals(), head, rows - head);
    }

    /**
     * Waits until a row is there or the ring has ended.
     *
     * @param timeout how long at the most
     * @return whether {@link #read} has something to say: rows or the end
     * @throws InterruptedException if the thread is asked to stop
     */
    public boolean await(Duration timeout) throws InterruptedException {
      long deadline = System.nanoTime() + timeout.toNanos();
      waiting = Thread.currentThread();
      try {
        while (available() == 0 && !ended) {
          long left = deadline - System.nanoTime();
          if (left <= 0) {
            return false;
          }
          LockSupport.parkNanos(SampleRing.this, left);
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        }
        return true;
      } finally {
        waiting = null;
      }
    }

    /** Leaves the ring; may be called twice. */
    @Override
    public void close() {
      readers.remove(this);
    }
  }
}
