package org.efferent.core;

import java.util.List;
import java.util.Objects;

/**
 * A stream of numbers that was recorded, in memory: {@code [rows × channels]}, row-major, a stamp a
 * row (seconds), and the markers that go with it. The arrays are handed over and handed out, not
 * copied: whoever changes them changes the recording.
 */
public final class Recording {
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
  public Recording(StreamInfo info, double[] stamps, double[] values, List<Marker> markers) {
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

  /** What the samples are. */
  public StreamInfo info() {
    return info;
  }

  /** Samples. */
  public int rows() {
    return stamps.length;
  }

  /** Values a sample. */
  public int channels() {
    return info.channelCount();
  }

  /** Stamps, {@code [rows]}, seconds. */
  public double[] stamps() {
    return stamps;
  }

  /** Values, {@code [rows × channels]}, row-major. */
  public double[] values() {
    return values;
  }

  /** Markers in order of time. */
  public List<Marker> markers() {
    return markers;
  }

  /**
   * A copy of one row.
   *
   * @param row from 0
   * @return {@code [channels]}
   */
  public double[] row(int row) {
    Objects.checkIndex(row, rows());
    double[] copy = new double[channels()];
    System.arraycopy(values, row * channels(), copy, 0, copy.length);
    return copy;
  }

  /**
   * A copy of some rows, with the markers of their time.
   *
   * @param from first row, 0-based
   * @param to row after the last
   * @return the rows
   */
  public Recording slice(int from, int to) {
    Objects.checkFromToIndex(from, to, rows());
    double[] someStamps = java.util.Arrays.copyOfRange(stamps, from, to);
    double[] some = java.util.Arrays.copyOfRange(values, from * channels(), to * channels());
    List<Marker> inside =
        from == to
            ? List.of()
            : markers.stream()
                .filter(m -> m.time() >= stamps[from] && m.time() <= stamps[to - 1])
                .toList();
    return new Recording(info, someStamps, some, inside);
  }
}
