package org.efferent.decoders.dataset;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.UsageException;
import org.efferent.decoders.encoder.SensorLayout;

/**
 * What all windows of a data set share.
 *
 * @param channels labels, unique
 * @param kinds what the channels measure, one a channel; triggers, audio and auxiliary channels are
 *     refused
 * @param rateHz samples a second
 * @param time samples of a window
 * @param layouts where the sensors are, by recording; may be empty. They are stored with their
 *     coordinates from 0 to 1 and scaled again when they are read, which changes nothing where they
 *     span both ends
 * @param allowSharedStimuli whether a stimulus may be in two splits: a leak, unless that is the
 *     question
 * @param about free words, numbers, lists and maps for {@code dataset.json}, such as what made it
 */
public record WindowDatasetOptions(
    List<String> channels,
    List<String> kinds,
    double rateHz,
    int time,
    List<SensorLayout> layouts,
    boolean allowSharedStimuli,
    Map<String, Object> about) {
  /** Checks and copies. */
  public WindowDatasetOptions {
    channels = List.copyOf(channels);
    kinds = List.copyOf(kinds);
    layouts = List.copyOf(layouts);
    about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
    if (channels.isEmpty() || new HashSet<>(channels).size() != channels.size()) {
      throw new UsageException(
          "channels must have labels that differ; channels=%s".formatted(channels));
    }
    if (kinds.size() != channels.size()) {
      throw new UsageException(
          "every channel must have a kind; channels=%d, kinds=%d"
              .formatted(channels.size(), kinds.size()));
    }
    List<String> refused = ChannelKinds.refused(channels, kinds);
    if (!refused.isEmpty()) {
      throw new UsageException(
          "triggers, audio and auxiliary channels are refused as input of a decoder: "
              + String.join(", ", refused));
    }
    if (!(rateHz > 0) || Double.isInfinite(rateHz) || time < 1) {
      throw new UsageException(
          "rateHz must be positive and time at least 1; rateHz=%s, time=%d"
              .formatted(rateHz, time));
    }
    for (SensorLayout layout : layouts) {
      if (layout.channels() != channels.size()) {
        throw new UsageException(
            "a layout must have a place for every channel; channels=%d, places=%d"
                .formatted(channels.size(), layout.channels()));
      }
    }
  }

  /**
   * Without words about it; stimuli belong to one split.
   *
   * @param channels labels, unique
   * @param kinds one a channel
   * @param rateHz samples a second
   * @param time samples of a window
   * @param layouts may be empty
   */
  public WindowDatasetOptions(
      List<String> channels,
      List<String> kinds,
      double rateHz,
      int time,
      List<SensorLayout> layouts) {
    this(channels, kinds, rateHz, time, layouts, false, Map.of());
  }
}
