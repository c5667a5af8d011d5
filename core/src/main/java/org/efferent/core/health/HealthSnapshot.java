package org.efferent.core.health;

import java.util.List;
import java.util.Map;

/**
 * The figures of a stream up to one row, all of the same moment.
 *
 * @param stream name of the stream
 * @param nominalRateHz nominal rate in hertz, 0 if irregular
 * @param rows rows so far
 * @param stamps what the stamps say
 * @param arrivals what the arrivals say
 * @param channels what the values say, in the order of the stream; empty for texts
 * @param begun how often each condition began; those that never did are not there
 * @param active what is wrong now, with the number of channels (1 where it concerns the stream)
 */
public record HealthSnapshot(
    String stream,
    double nominalRateHz,
    long rows,
    StampHealth stamps,
    ArrivalHealth arrivals,
    List<ChannelHealth> channels,
    Map<HealthCondition, Integer> begun,
    Map<HealthCondition, Integer> active) {
  /** Copies list and maps; the maps keep the order of the conditions. */
  public HealthSnapshot {
    channels = List.copyOf(channels);
    begun = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(begun));
    active = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(active));
  }

  /** Whether no condition ever began. */
  public boolean isSound() {
    return begun.isEmpty();
  }
}
