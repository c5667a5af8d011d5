package org.efferent.core;

import java.util.Objects;
import java.util.Optional;

/**
 * One channel of a stream.
 *
 * @param label name of the channel, unique within its stream by convention
 * @param kind what it measures, as LSL's {@code type} or one of the channel types of BIDS: EEG,
 *     MEGMAG, MEGGRADAXIAL, MEGGRADPLANAR, EOG, TRIG, MISC, Spikes, …; empty if unknown
 * @param unit unit of its values as its source writes it: uV, microvolts, T, …; empty if unknown
 * @param position where the sensor is, if that is known
 */
public record ChannelInfo(
    String label, String kind, String unit, Optional<SensorPosition> position) {
  /** Checks that nothing is null. */
  public ChannelInfo {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(position, "position");
  }

  /**
   * A channel whose position is not known.
   *
   * @param label name of the channel
   * @param kind what it measures
   * @param unit unit of its values
   */
  public ChannelInfo(String label, String kind, String unit) {
    this(label, kind, unit, Optional.empty());
  }

  /**
   * This channel at a position.
   *
   * @param sensor where it is
   * @return a copy
   */
  public ChannelInfo at(SensorPosition sensor) {
    return new ChannelInfo(label, kind, unit, Optional.of(sensor));
  }
}
