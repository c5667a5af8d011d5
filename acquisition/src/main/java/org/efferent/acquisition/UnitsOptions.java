package org.efferent.acquisition;

import org.efferent.core.UsageException;

/**
 * What {@link SimulatedUnits} are drawn from. Baselines and depths are uniform between their
 * bounds; velocity is in units of the user's top speed.
 *
 * @param units how many, at least 1
 * @param binSeconds length of a bin, seconds
 * @param baselineLowHz least baseline, spikes a second, not negative
 * @param baselineHighHz greatest baseline, spikes a second
 * @param depthLowHz least depth of modulation, spikes a second, not negative
 * @param depthHighHz greatest depth of modulation, spikes a second
 * @param saturatingShare share of units whose tuning saturates, 0 to 1
 * @param bumpShare share of units whose tuning is a bump, 0 to 1; what is left is cosine-tuned
 * @param bumpWidth standard deviation of a bump along the unit's preferred direction
 * @param bumpReach the centres of bumps are uniform between minus and plus this
 * @param disturbances what goes wrong with the units
 */
public record UnitsOptions(
    int units,
    double binSeconds,
    double baselineLowHz,
    double baselineHighHz,
    double depthLowHz,
    double depthHighHz,
    double saturatingShare,
    double bumpShare,
    double bumpWidth,
    double bumpReach,
    Disturbances disturbances) {

  /**
   * 96 cosine-tuned units, bins of 20 ms, baselines of 5 to 15 and depths of 0 to 6 spikes a
   * second.
   */
  public static final UnitsOptions DEFAULTS =
      new UnitsOptions(96, 0.02, 5, 15, 0, 6, 0, 0, 0.3, 0.6, Disturbances.NONE);

  /** Units that say more: baselines of 5 to 20 and depths of 0 to 12 spikes a second. */
  public static final UnitsOptions HIGH =
      new UnitsOptions(96, 0.02, 5, 20, 0, 12, 0, 0, 0.3, 0.6, Disturbances.NONE);

  /** Checks the ranges. */
  public UnitsOptions {
    if (units < 1 || !(binSeconds > 0 && binSeconds < Double.POSITIVE_INFINITY)) {
      throw new UsageException(
          "units must be at least 1 and binSeconds positive; units="
              + units
              + ", binSeconds="
              + binSeconds);
    }
    range("baselines", baselineLowHz, baselineHighHz);
    range("depths", depthLowHz, depthHighHz);
    if (!(saturatingShare >= 0 && bumpShare >= 0 && saturatingShare + bumpShare <= 1 + 1e-9)) {
      throw new UsageException(
          "shares of saturating and bump units must not be negative and must sum to at most 1;"
              + " saturatingShare="
              + saturatingShare
              + ", bumpShare="
              + bumpShare);
    }
    if (!(bumpWidth > 0 && bumpReach >= 0 && bumpWidth + bumpReach < Double.POSITIVE_INFINITY)) {
      throw new UsageException(
          "bumpWidth must be positive and bumpReach not negative; bumpWidth="
              + bumpWidth
              + ", bumpReach="
              + bumpReach);
    }
  }

  private static void range(String what, double low, double high) {
    if (!(low >= 0 && low <= high && high < 1e4)) {
      throw new UsageException(
          what + " must ascend within 0 to 10,000 spikes a second; low=" + low + ", high=" + high);
    }
  }

  /** The same with other shares of tunings. */
  public UnitsOptions withTuning(double saturating, double bump) {
    return new UnitsOptions(
        units,
        binSeconds,
        baselineLowHz,
        baselineHighHz,
        depthLowHz,
        depthHighHz,
        saturating,
        bump,
        bumpWidth,
        bumpReach,
        disturbances);
  }

  /** The same with other disturbances. */
  public UnitsOptions withDisturbances(Disturbances value) {
    return new UnitsOptions(
        units,
        binSeconds,
        baselineLowHz,
        baselineHighHz,
        depthLowHz,
        depthHighHz,
        saturatingShare,
        bumpShare,
        bumpWidth,
        bumpReach,
        value);
  }
}
