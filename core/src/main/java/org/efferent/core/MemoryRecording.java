package org.efferent.core;

import java.util.List;
import java.util.Objects;

/**
 * A recording in memory: {@code [rows × channels]}, row-major, a stamp a row. The arrays are handed
 * over and handed out, not copied: whoever changes them changes the recording.
 */
public final class MemoryRecording implements Recording {
  private final StreamInfo info;
  private final double[] stamps;
  private final double[] values;
  private final List<Marker> markers;

  /**
   * A recording.
   *
   * @param info what the samples are
   * @param stamps {@code [rows]}, seconds
   * @param values {@code [rows × channels]}, row-major, in the units of the channels
   * @param markers in order of time
   */
  public MemoryRecording(StreamInfo info, double[] stamps, double[] values, List<Marker> markers) {
    this.info = Objects.requireNonNull(info, "info");
    this.stamps = Objects.requireNonNull(stamps, "stamps");
    this.values = Objects.requireNonNull(values, "values");
    this.markers = List.copyOf(markers);
    if (values.length != (long) stamps.length * info.channelCount()) {
      throw new IllegalArgumentException(
          "values must be [rows × channels]; rows="
              + stamps.length
              + ", channels="
              + info.channelCount()
              + ", values="
              + values.length);
    }
  }

  @Override
  public StreamInfo info() {
    return info;
  }

  @Override
  public long rows() {
    return stamps.length;
  }

  /** Stamps, {@code [rows]}, seconds. */
  public double[] stamps() {
    return stamps;
  }

  /** Values, {@code [rows × channels]}, row-major. */
  public double[] values() {
    return values;
  }

  @Override
  public List<Marker> markers() {
    return markers;
  }

  @Override
  public void read(long from, int rows, double[] into, int offset) {
    Objects.checkFromIndexSize(from, rows, rows());
    System.arraycopy(values, (int) from * channels(), into, offset, rows * channels());
  }

  @Override
  public void readStamps(long from, int rows, double[] into, int offset) {
    Objects.checkFromIndexSize(from, rows, rows());
    System.arraycopy(stamps, (int) from, into, offset, rows);
  }

  /** This one: nothing is copied. */
  @Override
  public MemoryRecording load() {
    return this;
  }

  /**
   * A copy of one row.
   *
   * @param row from 0
   * @return {@code [channels]}
   */
  public double[] row(int row) {
    Objects.checkIndex(row, stamps.length);
    double[] copy = new double[channels()];
    System.arraycopy(values, row * channels(), copy, 0, copy.length);
    return copy;
  }
}
