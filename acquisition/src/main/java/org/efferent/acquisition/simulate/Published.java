package org.efferent.acquisition.simulate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.XmlElement;
import org.efferent.core.ChannelInfo;
import org.efferent.core.SensorPosition;
import org.efferent.core.StreamInfo;

/** Stream descriptions of simulators: channels with positions, and what is simulated. */
final class Published {
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private final String kind;
  private final String name;
  private final long seed;

  Published(String kind, String name, long seed) {
    this.kind = kind;
    this.name = name;
    this.seed = seed;
  }

  /** What samples are; the source id stays the same from run to run, so that inlets recover. */
  StreamInfo info(String suffix, String type, double rateHz, List<ChannelInfo> channels) {
    return new StreamInfo(name + suffix, type, rateHz, sourceId(suffix), channels);
  }

  private String sourceId(String suffix) {
    return "efferent-simulate-" + kind + "-" + name + suffix + "-seed" + seed;
  }

  /** Channels without positions, all of one kind and unit. */
  static List<ChannelInfo> channels(List<String> labels, String kind, String unit) {
    return labels.stream().map(label -> new ChannelInfo(label, kind, unit)).toList();
  }

  /** A stream of texts, with what is simulated. */
  LslStreamInfo markers(List<XmlElement> truth) {
    return LslStreamInfo.markers(name + "-markers", sourceId("-markers"))
        .withDesc(XmlElement.of("desc", List.of(simulation(truth))));
  }

  /**
   * A stream of numbers, with what is simulated; positions in millimetres below {@code location},
   * as the conventions of XDF want them.
   */
  LslStreamInfo numbers(StreamInfo info, ChannelFormat format, List<XmlElement> truth) {
    List<XmlElement> channels = new ArrayList<>();
    for (ChannelInfo channel : info.channels()) {
      List<XmlElement> fields = new ArrayList<>();
      fields.add(XmlElement.of("label", channel.label()));
      fields.add(XmlElement.of("unit", channel.unit()));
      fields.add(XmlElement.of("type", channel.kind()));
      Optional<SensorPosition> position = channel.position();
      position.ifPresent(
          p ->
              fields.add(
                  XmlElement.of(
                      "location",
                      List.of(
                          number("X", 1000 * p.x()),
                          number("Y", 1000 * p.y()),
                          number("Z", 1000 * p.z())))));
      channels.add(XmlElement.of("channel", fields));
    }
    return LslStreamInfo.of(info, format)
        .withDesc(
            XmlElement.of("desc", List.of(XmlElement.of("channels", channels), simulation(truth))));
  }

  private XmlElement simulation(List<XmlElement> truth) {
    List<XmlElement> fields = new ArrayList<>();
    fields.add(XmlElement.of("kind", kind));
    fields.add(XmlElement.of("seed", Long.toString(seed)));
    fields.addAll(truth);
    return XmlElement.of("simulation", fields);
  }

  /** A number with six digits. */
  static XmlElement number(String element, double value) {
    return XmlElement.of(element, text(value));
  }

  /** Numbers with blanks between them. */
  static XmlElement numbers(String element, double[] values) {
    List<String> texts = new ArrayList<>();
    for (double value : values) {
      texts.add(text(value));
    }
    return XmlElement.of(element, String.join(" ", texts));
  }

  private static String text(double value) {
    if (Math.abs(value) < 1e-9) {
      return "0";
    }
    return new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros().toPlainString();
  }
}
