package org.efferent.data.xdf;

import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;

/**
 * What a StreamHeader chunk says: LSL's description of a stream.
 *
 * @param id number of the stream in its file
 * @param name name of the stream
 * @param type kind of content
 * @param channelCount values a sample
 * @param format what the values are
 * @param nominalRateHz rate in hertz that the device declares; 0 if irregular
 * @param channels {@code channelCount} channels; labelled 1 … n where the header does not
 * @param sourceId stable identity of the device; may be empty
 * @param hostname where the stream came from; may be empty
 * @param uid identity of this outlet; may be empty
 * @param createdAt when the outlet was made, as written (seconds on its clock); may be empty
 * @param canDropSamples whether {@code desc/synchronization/can_drop_samples} is true, so that
 *     stamps must not be smoothed
 * @param xml the header as it stands in the file
 */
public record XdfHeader(
    long id,
    String name,
    String type,
    int channelCount,
    ChannelFormat format,
    double nominalRateHz,
    List<ChannelInfo> channels,
    String sourceId,
    String hostname,
    String uid,
    String createdAt,
    boolean canDropSamples,
    String xml) {
  /** Copies the list. */
  public XdfHeader {
    channels = List.copyOf(channels);
  }

  /**
   * The part that core knows.
   *
   * @return the description
   * @throws IllegalArgumentException if the stream has no channels
   */
  public StreamInfo info() {
    return new StreamInfo(name, type, nominalRateHz, sourceId, channels);
  }

  /** How warnings call the stream. */
  String title() {
    return "stream " + id + " (" + name + ")";
  }
}
