package org.efferent.core;

/**
 * Reusable rows of samples {@code [rows × channels]}, row-major, with a time stamp a row (seconds
 * on the LSL clock). One thread at a time uses a chunk; its arrays are handed out, not copied.
 */
public final class Chunk {
  private final int capacity;
  private final int channels;
  private final double[] values;
  private final double[] stamps;
  private int rows;
  private long firstIndex;
  private long lostBefore;
  private final long[] arrivals;

  /**
   * An empty chunk.
   *
   * @param capacity most rows it can hold, at least 1
   * @param channels values a row, at least 1
   */
  public Chunk(int capacity, int channels) {
    if (capacity < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "a chunk holds at least one row and one channel; capacity="
              + capacity
              + ", channels="
              + channels);
    }
    this.capacity = capacity;
    this.channels = channels;
    this.values = new double[Math.multiplyExact(capacity, channels)];
    this.stamps = new double[capacity];
    this.arrivals = new long[capacity];
  }

  /** Most rows that this chunk can hold. */
  public int capacity() {
    return capacity;
  }

  /** Values a row. */
  public int channels() {
    return channels;
  }

  /** Rows that it holds now. */
  public int rows() {
    return rows;
  }

  /** Whether no further row fits. */
  public boolean isFull() {
    return rows == capacity;
  }

  /** The values themselves, row-major; row r starts at {@code r * channels()}. */
  public double[] values() {
    return values;
  }

  /** The stamps themselves, seconds on the LSL clock. */
  public double[] stamps() {
    return stamps;
  }

  /** Index of the first row in its stream, counted from 0; set by a {@link SampleRing.Reader}. */
  public long firstIndex() {
    return firstIndex;
  }

  /** Rows that were lost between the row before and the first one here. */
  public long lostBefore() {
    return lostBefore;
  }

  /** When each row arrived, by {@link LocalClock#nanos()} of the receiver: the array itself. */
  public long[] arrivals() {
    return arrivals;
  }

  /** Forgets all rows. */
  public void clear() {
    rows = 0;
    lostBefore = 0;
  }

  /**
   * Adds one row by copying it.
   *
   * @param stamp seconds on the LSL clock
   * @param source array that holds the row
   * @param offset where the row starts
   */
  public void append(double stamp, double[] source, int offset) {
    if (rows == capacity) {
      throw new IllegalStateException("the chunk is full; capacity=" + capacity);
    }
    System.arraycopy(source, offset, values, rows * channels, channels);
    stamps[rows++] = stamp;
  }

  /**
   * Adds one row whose values the caller then writes into {@link #values()}.
   *
   * @param stamp seconds on the LSL clock
   * @return where in {@link #values()} the row starts
   */
  public int append(double stamp) {
    if (rows == capacity) {
      throw new IllegalStateException("the chunk is full; capacity=" + capacity);
    }
    stamps[rows] = stamp;
    return channels * rows++;
  }

  /**
   * Says that all its rows arrived at one moment.
   *
   * @param nanos by the receiver's {@link LocalClock}
   */
  public void arrivedAt(long nanos) {
    java.util.Arrays.fill(arrivals, 0, rows, nanos);
  }

  /** Takes a position in a stream; for the drivers of this package. */
  void position(long first, long lost, int rowCount) {
    firstIndex = first;
    lostBefore = lost;
    rows = rowCount;
  }
}
