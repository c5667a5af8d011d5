package org.efferent.data.edf;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.data.InputFiles;

/**
 * The signals of one rate. Stamps are seconds since the first sample; where the file is
 * discontinuous they follow the onsets of the data records.
 */
final class EdfRecording implements Recording {
  private final StreamInfo info;
  private final EdfHeader header;
  private final SharedFile file;
  private final EdfSignal[] signals;
  private final EdfRecords records;
  private final EdfRecords.Decoder[] decoders;
  private final double[] onsets;
  private final List<Marker> markers;
  private boolean closed;

  /**
   * A recording.
   *
   * @param info what it is
   * @param header of the file
   * @param file the file
   * @param signals of one rate
   * @param onsets start of each data record in seconds, or null where they follow one another
   * @param markers of the file
   */
  EdfRecording(
      StreamInfo info,
      EdfHeader header,
      SharedFile file,
      List<EdfSignal> signals,
      double[] onsets,
      List<Marker> markers) {
    this.info = info;
    this.header = header;
    this.file = file;
    this.signals = signals.toArray(new EdfSignal[0]);
    this.records = new EdfRecords(header, file.bytes);
    this.onsets = onsets;
    this.markers = List.copyOf(markers);
    this.decoders = new EdfRecords.Decoder[this.signals.length];
    for (int c = 0; c < decoders.length; c++) {
      boolean raw = header.bdf && EdfChannels.isTrigger(this.signals[c].label());
      decoders[c] = new EdfRecords.Decoder(this.signals[c].range(), header.bdf, raw);
    }
  }

  /** The header below, whose ranges a copy keeps. */
  EdfHeader header() {
    return header;
  }

  /** What the header says of a channel. */
  EdfSignal signal(int channel) {
    return signals[channel];
  }

  /** Starts of the data records in seconds, or null where they follow one another. */
  double[] onsets() {
    return onsets;
  }

  @Override
  public StreamInfo info() {
    return info;
  }

  @Override
  public long rows() {
    return header.records * signals[0].samples();
  }

  @Override
  public List<Marker> markers() {
    return markers;
  }

  @Override
  public void read(long from, int rows, double[] into, int offset) {
    Objects.checkFromIndexSize(from, rows, rows());
    Objects.checkFromIndexSize(offset, rows * signals.length, into.length);
    try {
      records.read(signals, decoders, from, rows, into, offset);
    } catch (IOException e) {
      throw InputFiles.failed(file.bytes.path(), e);
    }
  }

  @Override
  public void readStamps(long from, int rows, double[] into, int offset) {
    Objects.checkFromIndexSize(from, rows, rows());
    double rate = info.sampleRateHz();
    int samples = signals[0].samples();
    for (int i = 0; i < rows; i++) {
      long row = from + i;
      into[offset + i] =
          onsets == null ? row / rate : onsets[(int) (row / samples)] + (row % samples) / rate;
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      file.release();
    }
  }
}
