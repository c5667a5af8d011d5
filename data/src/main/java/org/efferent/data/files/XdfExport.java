package org.efferent.data.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.SensorPosition;
import org.efferent.core.StreamInfo;
import org.efferent.data.RecordingFile;
import org.efferent.data.xdf.ChannelFormat;
import org.efferent.data.xdf.XdfFileWriter;
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
        writer.addStream(header(info), ChannelFormat.DOUBLE64, channels, info.sampleRateHz());
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
    XdfStreamWriter stream = writer.addStream(xml(info, "string", ""), ChannelFormat.STRING, 1, 0);
    for (Marker marker : markers) {
      stream.add(marker.time(), marker.label());
    }
    stream.write();
    stream.end();
  }

  private static String header(StreamInfo info) {
    StringBuilder channels = new StringBuilder("<channels>");
    for (ChannelInfo channel : info.channels()) {
      channels.append("<channel>").append(element("label", channel.label()));
      channels.append(element("type", channel.kind())).append(element("unit", channel.unit()));
      channel.position().ifPresent(p -> channels.append(location(p)));
      channels.append("</channel>");
    }
    return xml(info, "double64", channels.append("</channels>").toString());
  }

  /** LSL's convention: millimetres. */
  private static String location(SensorPosition p) {
    return String.format(
        Locale.ROOT,
        "<location><X>%s</X><Y>%s</Y><Z>%s</Z></location>",
        1000 * p.x(),
        1000 * p.y(),
        1000 * p.z());
  }

  private static String xml(StreamInfo info, String format, String desc) {
    return "<?xml version=\"1.0\"?><info>"
        + element("name", info.name())
        + element("type", info.type())
        + element("channel_count", Integer.toString(info.channelCount()))
        + element("channel_format", format)
        + element("source_id", info.sourceId())
        + element("nominal_srate", Double.toString(info.sampleRateHz()))
        + "<version>1.1</version><desc>"
        + desc
        + "</desc></info>";
  }

  private static String element(String name, String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '&' -> escaped.append("&amp;");
        default -> escaped.append(c < ' ' ? ' ' : c);
      }
    }
    return "<" + name + ">" + escaped + "</" + name + ">";
  }
}
