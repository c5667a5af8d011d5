package org.efferent.data.files;

import java.util.List;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;

/**
 * A recording without what may say whose it is: a name that comes from a file's, the serial number
 * in the source id.
 */
final class AnonymousRecording implements Recording {
  private final Recording recording;
  private final StreamInfo info;

  private AnonymousRecording(Recording recording, StreamInfo info) {
    this.recording = recording;
    this.info = info;
  }

  static AnonymousRecording of(Recording recording) {
    StreamInfo info = recording.info();
    String name = info.type().isEmpty() ? "recording" : info.type();
    return new AnonymousRecording(
        recording, new StreamInfo(name, info.type(), info.sampleRateHz(), "", info.channels()));
  }

  @Override
  public StreamInfo info() {
    return info;
  }

  @Override
  public long rows() {
    return recording.rows();
  }

  @Override
  public List<Marker> markers() {
    return recording.markers();
  }

  @Override
  public void read(long from, int rows, double[] into, int offset) {
    recording.read(from, rows, into, offset);
  }

  @Override
  public void readStamps(long from, int rows, double[] into, int offset) {
    recording.readStamps(from, rows, into, offset);
  }

  @Override
  public void close() {
    recording.close();
  }
}
