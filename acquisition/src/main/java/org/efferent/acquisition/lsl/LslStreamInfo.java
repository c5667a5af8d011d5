package org.efferent.acquisition.lsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;

/**
 * The full LSL description of a stream. {@link #of} makes one to publish, an outlet fills in {@link
 * Origin} and {@link Endpoint}, a resolver brings it back complete.
 *
 * @param name name of the stream, not empty
 * @param type kind of content; may be empty
 * @param channelCount values a sample, not negative
 * @param format how the values travel
 * @param nominalRateHz nominal rate in hertz; 0 where samples come irregularly
 * @param sourceId stable identity of the device or program; may be empty
 * @param origin which running outlet it is
 * @param v4 where it is reached by IPv4
 * @param v6 where it is reached by IPv6
 * @param desc the {@code desc} element with whatever else the publisher says
 */
public record LslStreamInfo(
    String name,
    String type,
    int channelCount,
    ChannelFormat format,
    double nominalRateHz,
    String sourceId,
    Origin origin,
    Endpoint v4,
    Endpoint v6,
    XmlElement desc) {

  /**
   * Which running outlet a stream comes from.
   *
   * @param version protocol, 1.10 here
   * @param createdAt seconds on the outlet's clock, never 0 in an outlet that runs
   * @param uid lower-case UUID, new for every outlet
   * @param sessionId recording session; peers of other sessions do not find it
   * @param hostname name of its computer
   */
  public record Origin(
      double version, double createdAt, String uid, String sessionId, String hostname) {
    /** Of a stream that is described but does not run. */
    public static final Origin NONE = new Origin(1.10, 0, "", "", "");

    /** Checks that nothing is null; lower-cases the uid, as liblsl's feed requires. */
    public Origin {
      uid = uid.toLowerCase(Locale.ROOT);
      Objects.requireNonNull(sessionId, "sessionId");
      Objects.requireNonNull(hostname, "hostname");
    }
  }

  /**
   * Where a stream is reached.
   *
   * @param address address as text; empty in what travels, the receiver fills it in
   * @param dataPort TCP port of the feed, 0 if none
   * @param servicePort UDP port of discovery and time, 0 if none
   */
  public record Endpoint(String address, int dataPort, int servicePort) {
    /** Nowhere. */
    public static final Endpoint NONE = new Endpoint("", 0, 0);

    /** Checks the ports. */
    public Endpoint {
      Objects.requireNonNull(address, "address");
      if (dataPort < 0 || dataPort > 65_535 || servicePort < 0 || servicePort > 65_535) {
        throw new IllegalArgumentException(
            "ports lie in 0 … 65535; dataPort=" + dataPort + ", servicePort=" + servicePort);
      }
    }

    /** Whether address and both ports are known. */
    public boolean isComplete() {
      return !address.isEmpty() && dataPort > 0 && servicePort > 0;
    }
  }

  /** Checks the values. */
  public LslStreamInfo {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(sourceId, "sourceId");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(v4, "v4");
    Objects.requireNonNull(v6, "v6");
    Objects.requireNonNull(desc, "desc");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a stream needs a name; name=''");
    }
    if (channelCount < 0) {
      throw new IllegalArgumentException(
          "channelCount must not be negative; channelCount=" + channelCount);
    }
    if (!(nominalRateHz >= 0) || Double.isInfinite(nominalRateHz)) {
      throw new IllegalArgumentException(
          "nominalRateHz must be finite and not negative; nominalRateHz=" + nominalRateHz);
    }
  }

  /**
   * A stream to publish, with the labels, units and types of its channels in {@code
   * desc/channels/channel}.
   *
   * @param info what the samples are
   * @param format how the values shall travel
   * @return the description, without origin and endpoints
   */
  public static LslStreamInfo of(StreamInfo info, ChannelFormat format) {
    List<XmlElement> channels = new ArrayList<>();
    for (ChannelInfo channel : info.channels()) {
      channels.add(
          XmlElement.of(
              "channel",
              List.of(
                  XmlElement.of("label", channel.label()),
                  XmlElement.of("unit", channel.unit()),
                  XmlElement.of("type", channel.kind()))));
    }
    return new LslStreamInfo(
        info.name(),
        info.type(),
        info.channelCount(),
        format,
        info.sampleRateHz(),
        info.sourceId(),
        Origin.NONE,
        Endpoint.NONE,
        Endpoint.NONE,
        XmlElement.of("desc", List.of(XmlElement.of("channels", channels))));
  }

  /**
   * A stream of event names to publish: type {@code Markers}, one string channel, irregular.
   *
   * @param name name of the stream
   * @param sourceId stable identity; may be empty
   * @return the description
   */
  public static LslStreamInfo markers(String name, String sourceId) {
    return new LslStreamInfo(
        name,
        "Markers",
        1,
        ChannelFormat.STRING,
        0,
        sourceId,
        Origin.NONE,
        Endpoint.NONE,
        Endpoint.NONE,
        XmlElement.NO_DESC);
  }

  /**
   * Reads a description from the network.
   *
   * @param xml the text of a shortinfo or fullinfo message
   * @return the stream
   * @throws StreamException if a field is missing or out of range
   */
  public static LslStreamInfo parse(String xml) {
    return InfoXml.parse(xml);
  }

  /** The description with an empty {@code desc}: what discovery answers. */
  public String shortXml() {
    return InfoXml.write(this, XmlElement.NO_DESC);
  }

  /** The whole description. */
  public String fullXml() {
    return InfoXml.write(this, desc);
  }

  /**
   * The whole description with the nominal rate as short as it can be, {@code 100} and not {@code
   * 100.0000000000000}. liblsl 1.12 looks for a lost stream by this text and finds no other.
   */
  public String plainXml() {
    String text = InfoXml.shortNumber(nominalRateHz);
    boolean exact = Double.parseDouble(text) == nominalRateHz;
    return InfoXml.write(this, desc, exact ? text : InfoXml.number(nominalRateHz));
  }

  /** Seconds from one sample to the next; 0 where they come irregularly. */
  public double periodSeconds() {
    return nominalRateHz > 0 ? 1 / nominalRateHz : 0;
  }

  /**
   * What a decoder cares about. Where the publisher does not describe its channels one by one, they
   * are called {@code 1 … n}.
   *
   * @return the stream in the words of core
   * @throws StreamException if the stream has no channels
   */
  public StreamInfo toStreamInfo() {
    if (channelCount == 0) {
      throw new StreamException("stream '" + name + "' has no channels; there is nothing to read");
    }
    List<XmlElement> described =
        desc.child("channels").map(channels -> channels.all("channel")).orElse(List.of());
    boolean useful = described.size() == channelCount;
    List<ChannelInfo> channels = new ArrayList<>(channelCount);
    for (int i = 0; i < channelCount; i++) {
      XmlElement channel = useful ? described.get(i) : XmlElement.NO_DESC;
      String label = channel.textOf("label");
      channels.add(
          new ChannelInfo(
              label.isEmpty() ? Integer.toString(i + 1) : label,
              channel.textOf("type"),
              channel.textOf("unit")));
    }
    return new StreamInfo(name, type, nominalRateHz, sourceId, channels);
  }

  /**
   * This stream as a running outlet.
   *
   * @param who which outlet
   * @param where its IPv4 endpoint
   * @return a copy
   */
  public LslStreamInfo at(Origin who, Endpoint where) {
    return new LslStreamInfo(
        name, type, channelCount, format, nominalRateHz, sourceId, who, where, v6, desc);
  }

  /**
   * This stream with another source id.
   *
   * @param id stable identity of the device or program
   * @return a copy
   */
  public LslStreamInfo withSourceId(String id) {
    return new LslStreamInfo(
        name, type, channelCount, format, nominalRateHz, id, origin, v4, v6, desc);
  }

  /**
   * This stream with another {@code desc}.
   *
   * @param other an element named {@code desc}
   * @return a copy
   */
  public LslStreamInfo withDesc(XmlElement other) {
    return new LslStreamInfo(
        name, type, channelCount, format, nominalRateHz, sourceId, origin, v4, v6, other);
  }

  /** For messages: name, format and channels. */
  @Override
  public String toString() {
    return "%s (%s, %d × %s, %s Hz, %s:%d, uid %s)"
        .formatted(
            name,
            type,
            channelCount,
            format.token(),
            nominalRateHz,
            v4.address(),
            v4.dataPort(),
            origin.uid());
  }
}
