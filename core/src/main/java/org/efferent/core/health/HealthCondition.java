package org.efferent.core.health;

/** What can be wrong with a stream. {@link HealthOptions} says from when on. */
public enum HealthCondition {
  /** Rows are missing: see {@link StampHealth#gaps()}. */
  GAP("gap"),
  /** Rows come twice: see {@link StampHealth#duplicates()}. */
  DUPLICATE("duplicate"),
  /** Stamps go back: see {@link StampHealth#backward()}. */
  BACKWARD("backward"),
  /** Rows come faster or slower than the nominal rate: see {@link StampHealth#windowRateHz()}. */
  RATE("rate"),
  /** The stamps' clock runs away from the receiver's: see {@link ArrivalHealth#driftPpm()}. */
  DRIFT("drift"),
  /** A channel stands still: see {@link ChannelHealth#flatSeconds()}. */
  FLAT("flat"),
  /** A channel is at a rail: see {@link ChannelHealth#saturated()}. */
  SATURATED("saturated"),
  /** Values or stamps are NaN or infinite: see {@link ChannelHealth#nan()}. */
  IMPOSSIBLE("impossible"),
  /** Nothing comes: see {@link ArrivalHealth#silences()}. */
  STALE("stale"),
  /** Rows were dropped on the way because nobody took them: see {@link ArrivalHealth#dropped()}. */
  DROPPED("dropped");

  private final String id;

  HealthCondition(String id) {
    this.id = id;
  }

  /** Its name in JSON and tables. */
  public String id() {
    return id;
  }

  /** Whether each channel has it for itself. */
  boolean isOfChannels() {
    return this == FLAT || this == SATURATED || this == IMPOSSIBLE;
  }
}
