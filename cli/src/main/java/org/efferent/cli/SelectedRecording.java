package org.efferent.cli;

import java.util.List;
import java.util.Locale;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;

/** Some channels of a recording, in another order. */
final class SelectedRecording implements Recording {
  private final Recording recording;
  private final StreamInfo info;
  private final int[] columns;

  /**
   * Selects.
   *
   * @param recording the whole; not owned
   * @param info with channels that the recording has, by their labels
   */
  SelectedRecording(Recording recording, StreamInfo info) {
    this.recording = recording;
    this.info = info;
    List<String> labels =
        recording.info().channels().stream()
            .map(ChannelInfo::label)
            .map(label -> label.toLowerCase(Locale.ROOT))
            .toList();
    this.columns =
        info.channels().stream()
            .mapToInt(c -> labels.indexOf(c.label().toLowerCase(Locale.ROOT)))
            .toArray();
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
  public void read(long from, int rows, double[] into, int offset) {
    int all = recording.channels();
    double[] whole = new double[rows * all];
    recording.read(from, rows, whole, 0);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns.length; c++) {
        into[offset + r * columns.length + c] = whole[r * all + columns[c]];
      }
    }
  }

  @Override
  public void readStamps(long from, int rows, double[] into, int offset) {
    recording.readStamps(from, rows, into, offset);
  }

  @Override
  public List<Marker> markers() {
    return recording.markers();
  }

  @Override
  public void close() {
    recording.close();
  }
}
