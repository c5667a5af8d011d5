package org.efferent.acquisition.lsl;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import org.efferent.acquisition.lsl.LslStreamInfo.Endpoint;
import org.efferent.acquisition.lsl.LslStreamInfo.Origin;
import org.efferent.core.StreamException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Stream descriptions as XML, by the rules of liblsl's reader ({@code stream_info_impl::read_xml}):
 * what it calls invalid is an error here too.
 */
final class InfoXml {
  /** Channels that a peer may claim before anything is allocated for them. */
  private static final int MOST_CHANNELS = 1 << 20;

  private InfoXml() {}

  static String write(LslStreamInfo info, XmlElement desc) {
    return write(info, desc, number(info.nominalRateHz()));
  }

  static String write(LslStreamInfo info, XmlElement desc, String rate) {
    StringBuilder out = new StringBuilder(1024);
    out.append("<?xml version=\"1.0\"?>\n<info>\n");
    field(out, "name", info.name());
    field(out, "type", info.type());
    field(out, "channel_count", Integer.toString(info.channelCount()));
    field(out, "channel_format", info.format().token());
    field(out, "source_id", info.sourceId());
    field(out, "nominal_srate", rate);
    field(out, "version", number(info.origin().version()));
    field(out, "created_at", number(info.origin().createdAt()));
    field(out, "uid", info.origin().uid());
    field(out, "session_id", info.origin().sessionId());
    field(out, "hostname", info.origin().hostname());
    endpoint(out, "v4", info.v4());
    endpoint(out, "v6", info.v6());
    Xml.write(out, desc, 1);
    return out.append("</info>\n").toString();
  }

  private static void endpoint(StringBuilder out, String family, Endpoint endpoint) {
    field(out, family + "address", endpoint.address());
    field(out, family + "data_port", Integer.toString(endpoint.dataPort()));
    field(out, family + "service_port", Integer.toString(endpoint.servicePort()));
  }

  private static void field(StringBuilder out, String name, String text) {
    out.append("\t<").append(name).append('>');
    Xml.escape(out, text);
    out.append("</").append(name).append(">\n");
  }

  /** C's {@code %#.16g}: 16 significant digits, the point always there. */
  static String number(double value) {
    if (value == 0) {
      return "0.000000000000000";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(16));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent >= 16) {
      return String.format(Locale.ROOT, "%.15e", value);
    }
    String digits = rounded.setScale(15 - exponent).toPlainString();
    return digits.indexOf('.') < 0 ? digits + "." : digits;
  }

  /** A C++ stream's {@code <<}: 6 significant digits, no zeros at the end. */
  static String shortNumber(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (value == 0 || (exponent >= -4 && exponent < 6)) {
      return rounded.toPlainString();
    }
    String mantissa = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return "%se%c%02d".formatted(mantissa, exponent < 0 ? '-' : '+', Math.abs(exponent));
  }

  static LslStreamInfo parse(String xml) {
    XmlElement info;
    try {
      Element root = Xml.parse(xml);
      info = Xml.tree(root);
    } catch (SAXException e) {
      throw new StreamException(
          "a stream description must be XML; " + Strings.quoted(String.valueOf(e.getMessage())), e);
    }
    if (!info.name().equals("info")) {
      throw new StreamException(
          "a stream description must be an <info> element; it is <"
              + Strings.quoted(info.name())
              + ">");
    }
    Origin origin =
        new Origin(
            version(info),
            decimal(info, "created_at"),
            filled(info, "uid"),
            info.textOf("session_id"),
            info.textOf("hostname"));
    return new LslStreamInfo(
        filled(info, "name"),
        info.textOf("type"),
        integer(info, "channel_count", MOST_CHANNELS),
        format(info),
        rate(info),
        info.textOf("source_id"),
        origin,
        endpoint(info, "v4"),
        endpoint(info, "v6"),
        info.child("desc").orElse(new XmlElement("desc", "", List.of())));
  }

  private static Endpoint endpoint(XmlElement info, String family) {
    return new Endpoint(
        info.textOf(family + "address").strip(),
        integer(info, family + "data_port", 65_535),
        integer(info, family + "service_port", 65_535));
  }

  private static ChannelFormat format(XmlElement info) {
    return ChannelFormat.ofToken(info.textOf("channel_format"))
        .orElseThrow(() -> wrong(info, "channel_format", "one of LSL's seven formats"));
  }

  private static double version(XmlElement info) {
    double version = decimal(info, "version");
    if ((int) (version * 100) <= 0) {
      throw wrong(info, "version", "a positive number");
    }
    return version;
  }

  private static double rate(XmlElement info) {
    double rate = decimal(info, "nominal_srate");
    if (rate < 0) {
      throw wrong(info, "nominal_srate", "a number that is not negative");
    }
    return rate;
  }

  private static String filled(XmlElement info, String field) {
    String text = info.textOf(field);
    if (text.isEmpty()) {
      throw wrong(info, field, "there");
    }
    return text;
  }

  private static double decimal(XmlElement info, String field) {
    try {
      double value = Double.parseDouble(info.textOf(field));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(info, field, "a number");
    }
    throw wrong(info, field, "a finite number");
  }

  private static int integer(XmlElement info, String field, int most) {
    try {
      int value = Integer.parseInt(info.textOf(field).strip());
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(info, field, "an integer");
    }
    throw wrong(info, field, "an integer in 0 … " + most);
  }

  private static StreamException wrong(XmlElement info, String field, String rule) {
    return new StreamException(
        "%s of a stream description must be %s; %s='%s', name='%s'"
            .formatted(
                field,
                rule,
                field,
                Strings.quoted(info.textOf(field)),
                Strings.quoted(info.textOf("name"))));
  }
}
