package org.efferent.data.xdf;

import java.util.Locale;
import org.efferent.core.ChannelInfo;
import org.efferent.core.SensorPosition;
import org.efferent.core.StreamInfo;

/** Descriptions of streams for {@link XdfFileWriter#addStream}, as LSL words them. */
public final class XdfInfoXml {
  private XdfInfoXml() {}

  /**
   * The description of a stream of numbers, with its channels.
   *
   * @param info the stream
   * @param format of its samples
   * @return an {@code info} element
   */
  public static String of(StreamInfo info, ChannelFormat format) {
    StringBuilder channels = new StringBuilder("<channels>");
    for (ChannelInfo channel : info.channels()) {
      channels.append("<channel>").append(element("label", channel.label()));
      channels.append(element("type", channel.kind())).append(element("unit", channel.unit()));
      channel.position().ifPresent(p -> channels.append(location(p)));
      channels.append("</channel>");
    }
    return xml(info, format, channels.append("</channels>").toString());
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

  /**
   * The description of a stream with further content.
   *
   * @param info the stream; its channels are not described
   * @param format of its samples
   * @param desc content of its {@code desc} element, XML
   * @return an {@code info} element
   */
  public static String xml(StreamInfo info, ChannelFormat format, String desc) {
    return "<?xml version=\"1.0\"?><info>"
        + element("name", info.name())
        + element("type", info.type())
        + element("channel_count", Integer.toString(info.channelCount()))
        + element("channel_format", format.token())
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
