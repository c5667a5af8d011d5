package org.efferent.data.inspect;

import java.util.List;
import org.efferent.core.ChannelInfo;

/**
 * One stream of a file.
 *
 * @param name name of the stream
 * @param type kind of content
 * @param rateHz nominal rate in hertz, 0 if irregular or unknown
 * @param effectiveRateHz measured rate in hertz, 0 if irregular or unknown
 * @param samples samples, counted
 * @param channels the channels in order
 * @param start stamp of the first sample, seconds; NaN if there is none
 * @param end stamp of the last sample, seconds; NaN if there is none
 * @param gaps steps that are too long for the rate
 * @param clockResets restarts of the stream's clock
 */
public record StreamSummary(
    String name,
    String type,
    double rateHz,
    double effectiveRateHz,
    long samples,
    List<ChannelInfo> channels,
    double start,
    double end,
    int gaps,
    int clockResets) {
  /** Copies the list. */
  public StreamSummary {
    channels = List.copyOf(channels);
  }
}
