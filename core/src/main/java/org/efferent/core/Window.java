package org.efferent.core;

import java.util.Optional;

/**
 * The samples handed to a {@link Decoder}: {@code [rows × channels]}, row-major, with stamps in
 * seconds on the LSL clock. A window is valid during the call that hands it over and is used again
 * for the next; whoever keeps values copies them.
 */
public final class Window {
  private final int rows;
  private final int channels;
  private final double[] values;
  private final double[] stamps;
  private long firstIndex;
  private long lostBefore;
  private long arrivalNanos;
  private Marker event;

  /**
   * A window of zeros.
   *
   * @param rows samples, at least 1
   * @param channels values a sample, at least 1
   */
  public Window(int rows, int channels) {
    if (rows < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "a window holds at least one row and one channel; rows="
              + rows
              + ", channels="
              + channels);
    }
    this.rows = rows;
    this.channels = channels;
    this.values = new double[Math.multiplyExact(rows, channels)];
    this.stamps = new double[rows];
  }

  /**
   * A window that holds a copy of one sample, for callers without a stream.
   *
   * @param row the values
   * @return a window of one row, stamp 0, index 0, nothing lost
   */
  public static Window ofRow(double... row) {
    Window window = new Window(1, row.length);
    System.arraycopy(row, 0, window.values, 0, row.length);
    return window;
  }

  /** Samples. */
  public int rows() {
    return rows;
  }

  /** Values a sample. */
  public int channels() {
    return channels;
  }

  /**
   * One value.
   *
   * @param row 0 is the oldest
   * @param channel from 0
   * @return the value, in the unit of its channel
   */
  public double get(int row, int channel) {
    return values[row * channels + channel];
  }

  /** The values themselves, row-major: read only. */
  public double[] values() {
    return values;
  }

  /**
   * The stamp of a row.
   *
   * @param row 0 is the oldest
   * @return seconds on the LSL clock
   */
  public double stamp(int row) {
    return stamps[row];
  }

  /** Index in the stream of the first (oldest) row, counted from 0, lost rows included. */
  public long firstIndex() {
    return firstIndex;
  }

  /**
   * Rows lost in the ring between the window before and this one. What a source lost before them is
   * counted ({@link Source#lost()}), but nobody knows its place.
   */
  public long lostBefore() {
    return lostBefore;
  }

  /** When the last row arrived, by the receiver's {@link LocalClock}; 0 offline. */
  public long arrivalNanos() {
    return arrivalNanos;
  }

  /** What the window is locked to; empty for a sliding window. */
  public Optional<Marker> event() {
    return Optional.ofNullable(event);
  }

  double[] stamps() {
    return stamps;
  }

  void lock(Marker to) {
    event = to;
  }

  void position(long first, long lost, long arrival) {
    firstIndex = first;
    lostBefore = lost;
    arrivalNanos = arrival;
  }
}
