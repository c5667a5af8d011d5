package org.efferent.acquisition;

import org.efferent.core.UsageException;

/**
 * What goes wrong with {@link SimulatedUnits} in the course of a session. Which units are hit is
 * drawn with the units' seed.
 *
 * @param gainDrift standard deviation of the random walk of each unit's logarithmic depth, after a
 *     minute; 0 for none
 * @param commonNoiseHz standard deviation of a fluctuation that all units share (a time constant of
 *     half a second), spikes a second; 0 for none
 * @param atSeconds when the sudden changes below happen, seconds after the first bin
 * @param jumpHz standard deviation of a change of each unit's baseline, spikes a second
 * @param lostShare share of units that fall silent, 0 to 1
 * @param saturatedShare share of units that stick at {@code saturatedHz}, 0 to 1
 * @param saturatedHz spikes a second of a stuck channel
 */
public record Disturbances(
    double gainDrift,
    double commonNoiseHz,
    double atSeconds,
    double jumpHz,
    double lostShare,
    double saturatedShare,
    double saturatedHz) {

  /** Nothing goes wrong. */
  public static final Disturbances NONE = new Disturbances(0, 0, 0, 0, 0, 0, 200);

  /** Checks the ranges. */
  public Disturbances {
    amount("gainDrift", gainDrift);
    amount("commonNoiseHz", commonNoiseHz);
    amount("atSeconds", atSeconds);
    amount("jumpHz", jumpHz);
    amount("saturatedHz", saturatedHz);
    if (!(lostShare >= 0 && saturatedShare >= 0 && lostShare + saturatedShare <= 1)) {
      throw new UsageException(
          "shares of lost and saturated channels must not be negative and must sum to at most 1;"
              + " lostShare="
              + lostShare
              + ", saturatedShare="
              + saturatedShare);
    }
  }

  private static void amount(String name, double value) {
    if (!(value >= 0 && value < 1e9)) {
      throw new UsageException(name + " must not be negative; " + name + "=" + value);
    }
  }
}
