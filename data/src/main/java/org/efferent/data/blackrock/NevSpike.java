package org.efferent.data.blackrock;

import java.util.Objects;

/**
 * A spike.
 *
 * @param time seconds on the device's clock
 * @param unit electrode and unit
 * @param packet number of the data packet, from 0: where its waveform is
 */
public record NevSpike(double time, NevUnit unit, long packet) {
  /** Checks that the unit is there. */
  public NevSpike {
    Objects.requireNonNull(unit, "unit");
  }
}
