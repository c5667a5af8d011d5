package org.efferent.core;

import java.util.Objects;

/**
 * One channel of a stream.
 *
 * @param label name of the channel, unique within its stream by convention
 * @param kind what it measures, as LSL's {@code type}: EEG, MEG, EOG, Spikes, …; empty if unknown
 * @param unit unit of its values, as LSL's {@code unit}: microvolts, …; empty if unknown
 */
public record ChannelInfo(String label, String kind, String unit) {
  /** Checks that nothing is null. */
  public ChannelInfo {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(unit, "unit");
  }
}
