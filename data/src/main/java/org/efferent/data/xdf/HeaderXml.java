package org.efferent.data.xdf;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.efferent.core.ChannelInfo;
import org.efferent.core.SensorPosition;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** The XML of header and footer chunks, read without DTDs or anything from outside. */
final class HeaderXml {
  /** More channels than any device has; keeps a lying header from filling the memory. */
  private static final int MOST_CHANNELS = 1_000_000;

  /** Text of nested elements is gathered by calls that nest as deep. */
  private static final String DEPTH = "http://www.oracle.com/xml/jaxp/properties/maxElementDepth";

  private static final String MOST_DEPTH = "200";

  private final DocumentBuilder builder;
  private final Warnings warnings;

  HeaderXml(Warnings warnings) {
    this.warnings = warnings;
    try {
      // The JDK's own: a search of the class path for another takes longer than the parsing.
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(DEPTH, MOST_DEPTH);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      builder = factory.newDocumentBuilder();
      // The default handler prints to standard error.
      builder.setErrorHandler(new DefaultHandler());
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's XML parser refuses to be secured", e);
    }
  }

  /** The text of a chunk, damaged characters replaced. */
  static String text(ByteBuffer content) {
    String text = StandardCharsets.UTF_8.decode(content.slice()).toString();
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == 0 || Character.isWhitespace(text.charAt(end - 1)))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** The root element. */
  Element parse(String xml) throws Corrupt {
    try {
      return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
    } catch (SAXParseException e) {
      throw new Corrupt(
          "its XML is not well formed: line " + e.getLineNumber() + ": " + e.getMessage());
    } catch (SAXException | IOException e) {
      throw new Corrupt("its XML is not well formed: " + e.getMessage());
    }
  }

  /**
   * What a StreamHeader says.
   *
   * @param channelsLeft how many channels the file may still have
   */
  XdfHeader header(long id, String xml, long channelsLeft) throws Corrupt {
    Element info = parse(xml);
    int count = integer(info, "channel_count");
    if (count > channelsLeft) {
      throw new Corrupt(
          "channel_count must not be more than the file has bytes for; channel_count=" + count);
    }
    String token = child(info, "channel_format");
    ChannelFormat format = null;
    for (ChannelFormat candidate : ChannelFormat.values()) {
      format = candidate.token().equals(token) ? candidate : format;
    }
    if (format == null) {
      throw new Corrupt(
          "channel_format must be float32, double64, string, int32, int16, int8 or int64;"
              + " channel_format='"
              + token
              + "'");
    }
    Element desc = element(info, "desc");
    String drop = child(element(desc, "synchronization"), "can_drop_samples");
    return new XdfHeader(
        id,
        child(info, "name"),
        child(info, "type"),
        count,
        format,
        rate(info),
        channels(element(desc, "channels"), count, id),
        child(info, "source_id"),
        child(info, "hostname"),
        child(info, "uid"),
        child(info, "created_at"),
        drop.equalsIgnoreCase("true"),
        xml);
  }

  private List<ChannelInfo> channels(Element parent, int count, long id) {
    List<ChannelInfo> channels = new ArrayList<>();
    int described = 0;
    for (Element channel : elements(parent, "channel")) {
      described++;
      if (channels.size() < count) {
        String label = child(channel, "label");
        channels.add(
            new ChannelInfo(
                label.isEmpty() ? Integer.toString(channels.size() + 1) : label,
                child(channel, "type"),
                child(channel, "unit"),
                position(element(channel, "location"))));
      }
    }
    if (described > 0 && described != count) {
      warnings.add(
          "stream " + id + ": its header describes " + described + " channels, it has " + count);
    }
    while (channels.size() < count) {
      channels.add(new ChannelInfo(Integer.toString(channels.size() + 1), "", ""));
    }
    return channels;
  }

  /**
   * {@code location/X, Y, Z}: millimetres to the right, to the front and up (<a
   * href="https://github.com/sccn/xdf/wiki/EEG-Meta-Data">EEG meta-data</a>), relative to what is
   * not said.
   */
  private static Optional<SensorPosition> position(Element location) {
    double[] metres = new double[3];
    for (int i = 0; i < 3; i++) {
      String text = child(location, List.of("X", "Y", "Z").get(i));
      metres[i] = text.matches("[0-9.eE+-]+") ? number(text) / 1000 : Double.NaN;
      if (!Double.isFinite(metres[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new SensorPosition(SensorPosition.Frame.TEMPLATE, metres[0], metres[1], metres[2]));
  }

  private static int integer(Element info, String name) throws Corrupt {
    String text = child(info, name);
    if (!text.matches("\\d{1,7}") || Integer.parseInt(text) > MOST_CHANNELS) {
      throw new Corrupt(
          name
              + " must be a whole number from 0 to "
              + MOST_CHANNELS
              + "; "
              + name
              + "='"
              + text
              + "'");
    }
    return Integer.parseInt(text);
  }

  private static double rate(Element info) throws Corrupt {
    String text = child(info, "nominal_srate");
    double rate = text.matches("[0-9.eE+-]+") ? number(text) : Double.NaN;
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw new Corrupt("nominal_srate must be a number from 0; nominal_srate='" + text + "'");
    }
    return rate;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Text of the first child of that name; empty if there is none. */
  static String child(Element parent, String name) {
    Element found = element(parent, name);
    return found == null ? "" : found.getTextContent().strip();
  }

  private static Element element(Element parent, String name) {
    List<Element> found = elements(parent, name);
    return found.isEmpty() ? null : found.get(0);
  }

  private static List<Element> elements(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    Node node = parent == null ? null : parent.getFirstChild();
    for (; node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
