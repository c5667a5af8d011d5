package org.efferent.data.files;

import java.nio.file.Path;
import java.util.List;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.data.RecordingFile;
import org.efferent.data.xdf.ChannelFormat;
import org.efferent.data.xdf.XdfFileWriter;
import org.efferent.data.xdf.XdfInfoXml;
import org.efferent.data.xdf.XdfStreamWriter;

/** A file of any format as XDF: each recording a stream of double64, the markers one of strings. */
final class XdfExport {
  private static final int BLOCK_ROWS = 1024;

  private XdfExport() {}

  static List<String> write(Path out, RecordingFile file, ConvertOptions options) {
    try (XdfFileWriter writer = new XdfFileWriter(out, options.overwrite())) {
      for (Recording recording : file.recordings()) {
        stream(writer, recording);
      }
      if (!file.markers().isEmpty()) {
        markers(writer, file.markers());
      }
      writer.flush();
    }
    return List.of();
  }

  private static void stream(XdfFileWriter writer, Recording recording) {
    StreamInfo info = recording.info();
    int channels = recording.channels();
    XdfStreamWriter stream =
        writer.addStream(
            XdfInfoXml.of(info, ChannelFormat.DOUBLE64),
            ChannelFormat.DOUBLE64,
            channels,
            info.sampleRateHz());
    double[] values = new double[BLOCK_ROWS * channels];
    double[] stamps = new double[BLOCK_ROWS];
    for (long from = 0; from < recording.rows(); from += BLOCK_ROWS) {
      int rows = (int) Math.min(BLOCK_ROWS, recording.rows() - from);
      recording.read(from, rows, values, 0);
      recording.readStamps(from, rows, stamps, 0);
      for (int r = 0; r < rows; r++) {
        stream.add(stamps[r], values, r * channels);
      }
      stream.write();
    }
    stream.end();
  }

  private static void markers(XdfFileWriter writer, List<Marker> markers) {
    StreamInfo info = StreamInfo.of("Markers", "Markers", 0, 1);
    XdfStreamWriter stream =
        writer.addStream(
            XdfInfoXml.xml(info, ChannelFormat.STRING, ""), ChannelFormat.STRING, 1, 0);
    for (Marker marker : markers) {
      stream.add(marker.time(), marker.label());
    }
    stream.write();
    stream.end();
  }
}
