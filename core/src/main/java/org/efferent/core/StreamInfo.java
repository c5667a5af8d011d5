package org.efferent.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a stream of numbers is: the part of an LSL stream description that a decoder cares about.
 *
 * @param name name of the stream
 * @param type kind of content (EEG, Features, …); may be empty
 * @param sampleRateHz nominal rate in hertz; 0 where samples come irregularly
 * @param sourceId stable identity of the device or program; may be empty
 * @param channels the channels in order; at least one
 */
public record StreamInfo(
    String name, String type, double sampleRateHz, String sourceId, List<ChannelInfo> channels) {
  /** Checks the values and copies the list. */
  public StreamInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(sourceId, "sourceId");
    channels = List.copyOf(channels);
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("a stream has at least one channel; name=" + name);
    }
    if (!(sampleRateHz >= 0) || Double.isInfinite(sampleRateHz)) {
      throw new IllegalArgumentException(
          "sampleRateHz must be finite and not negative; sampleRateHz=" + sampleRateHz);
    }
  }

  /**
   * A stream whose channels are named {@code 1 … n}.
   *
   * @param name name of the stream
   * @param type kind of content
   * @param sampleRateHz nominal rate in hertz, 0 if irregular
   * @param channelCount number of channels, at least 1
   * @return the description, with an empty source id
   */
  public static StreamInfo of(String name, String type, double sampleRateHz, int channelCount) {
    List<ChannelInfo> channels = new ArrayList<>(channelCount);
    for (int i = 1; i <= channelCount; i++) {
      channels.add(new ChannelInfo(Integer.toString(i), "", ""));
    }
    return new StreamInfo(name, type, sampleRateHz, "", channels);
  }

  /** Number of channels. */
  public int channelCount() {
    return channels.size();
  }
}
