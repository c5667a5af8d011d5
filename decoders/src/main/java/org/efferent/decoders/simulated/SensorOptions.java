package org.efferent.decoders.simulated;

import java.util.Objects;

/**
 * What measures.
 *
 * @param kind electrodes or magnetometers
 * @param channels how many: up to 300
 */
public record SensorOptions(Kind kind, int channels) {
  /** What a sensor is. */
  public enum Kind {
    /** Electrodes at positions of the 10-05 system, spread evenly, against their mean. */
    EEG,
    /** Radial magnetometers of a helmet, spread evenly. */
    MEG
  }

  /** Checks the number. */
  public SensorOptions {
    Objects.requireNonNull(kind, "kind");
    Rules.atLeast("channels", 4, channels);
    if (channels > 300) {
      throw new org.efferent.core.UsageException(
          "channels must be at most 300; channels=" + channels);
    }
  }
}
