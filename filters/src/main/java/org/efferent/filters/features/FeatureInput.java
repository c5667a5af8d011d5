package org.efferent.filters.features;

import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.StreamInfo;

/**
 * What rows a feature model reads.
 *
 * @param channels names of the channels, in order
 * @param sampleRateHz rows a second
 */
public record FeatureInput(List<String> channels, double sampleRateHz) {
  private static final double RATE_TOLERANCE = 1e-3;

  /**
   * Checks the values and copies the list.
   *
   * @throws InputException where there is no channel or no rate
   */
  public FeatureInput {
    channels = List.copyOf(channels);
    if (channels.isEmpty() || !(sampleRateHz > 0) || Double.isInfinite(sampleRateHz)) {
      throw new InputException(
          "features need at least one channel and a regular sampling rate; channels="
              + channels.size()
              + ", sampleRateHz="
              + sampleRateHz);
    }
  }

  /**
   * What a stream delivers.
   *
   * @param info the stream
   * @return its channels and rate
   * @throws InputException where the stream is irregular
   */
  public static FeatureInput of(StreamInfo info) {
    return new FeatureInput(
        info.channels().stream().map(ChannelInfo::label).toList(), info.sampleRateHz());
  }

  /**
   * Refuses a stream of another montage or rate.
   *
   * @param info the stream
   * @throws InputException where names, their order or the rate (by more than 0.1 %) differ
   */
  public void check(StreamInfo info) {
    FeatureInput other = of(info);
    if (other.channels.size() != channels.size()) {
      throw new InputException(
          "%s: features must see the channels that they were learned on; channels=%d, learned on %d"
              .formatted(info.name(), other.channels.size(), channels.size()));
    }
    for (int c = 0; c < channels.size(); c++) {
      if (!channels.get(c).equals(other.channels.get(c))) {
        throw new InputException(
            "%s: features must see the channels that they were learned on; channel %d is '%s', learned on '%s'"
                .formatted(info.name(), c + 1, other.channels.get(c), channels.get(c)));
      }
    }
    if (!(Math.abs(other.sampleRateHz - sampleRateHz) <= RATE_TOLERANCE * sampleRateHz)) {
      throw new InputException(
          "%s: features must see the rate that they were learned at; sampleRateHz=%s, learned at %s"
              .formatted(info.name(), other.sampleRateHz, sampleRateHz));
    }
  }

  /** Number of channels. */
  public int size() {
    return channels.size();
  }
}
