package org.efferent.data.nwb;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.data.hdf5.Hdf5Dataset;
import org.efferent.data.hdf5.Hdf5File;

/** The samples of a series: {@code [samples]} or {@code [samples × channels]}. */
final class NwbRecording implements Recording {
  private final Hdf5File file;
  private final Series series;
  private final StreamInfo info;
  private final List<Marker> markers;

  /** What a series is. */
  static final class Series {
    private final Hdf5Dataset data;
    private final long rows;
    private final double[] scale;
    private final double offset;
    private final double start;
    private final double rateHz;
    private final Optional<Hdf5Dataset> stamps;

    private Series(
        Hdf5Dataset data,
        long rows,
        double[] scale,
        double offset,
        double start,
        double rateHz,
        Optional<Hdf5Dataset> stamps) {
      this.data = data;
      this.rows = rows;
      this.scale = scale;
      this.offset = offset;
      this.start = start;
      this.rateHz = rateHz;
      this.stamps = stamps;
    }

    /** Values, a factor a channel, what is added after that; stamps by a start and a rate. */
    static Series regular(
        Hdf5Dataset data, double[] scale, double offset, double start, double rateHz) {
      return new Series(data, data.shape()[0], scale, offset, start, rateHz, Optional.empty());
    }

    /** The same with stamps of their own, a rate of 0 if they have none. */
    static Series stamped(
        Hdf5Dataset data,
        long rows,
        double[] scale,
        double offset,
        double rateHz,
        Hdf5Dataset stamps) {
      return new Series(data, rows, scale, offset, 0, rateHz, Optional.of(stamps));
    }

    double rateHz() {
      return rateHz;
    }
  }

  NwbRecording(Hdf5File file, Series series, StreamInfo info, List<Marker> markers) {
    this.file = file;
    this.series = series;
    this.info = info;
    this.markers = List.copyOf(markers);
  }

  NwbRecording with(List<Marker> others) {
    return new NwbRecording(file, series, info, others);
  }

  @Override
  public StreamInfo info() {
    return info;
  }

  @Override
  public long rows() {
    return series.rows;
  }

  @Override
  public List<Marker> markers() {
    return markers;
  }

  @Override
  public void read(long from, int count, double[] into, int offset) {
    Objects.checkFromIndexSize(from, (long) count, rows());
    int channels = channels();
    Objects.checkFromIndexSize(offset, count * channels, into.length);
    if (count == 0) {
      return;
    }
    boolean flat = series.data.shape().length == 1;
    series.data.read(
        flat ? new long[] {from} : new long[] {from, 0},
        flat ? new int[] {count} : new int[] {count, channels},
        into,
        offset);
    double[] scale = series.scale;
    if (series.offset == 0 && Arrays.stream(scale).allMatch(s -> s == 1)) {
      return;
    }
    for (int r = 0, i = offset; r < count; r++) {
      for (int c = 0; c < channels; c++, i++) {
        into[i] = into[i] * scale[c] + series.offset;
      }
    }
  }

  @Override
  public void readStamps(long from, int count, double[] into, int offset) {
    Objects.checkFromIndexSize(from, (long) count, rows());
    Objects.checkFromIndexSize(offset, count, into.length);
    if (series.stamps.isPresent()) {
      series.stamps.get().readFlat(from, count, into, offset);
      return;
    }
    for (int i = 0; i < count; i++) {
      into[offset + i] = series.start + (from + i) / series.rateHz;
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
