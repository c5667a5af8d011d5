package org.efferent.acquisition;

import java.util.SplittableRandom;

/**
 * Cosine-tuned Poisson units whose truth is known. A unit with preferred direction c (unit vector),
 * mean rate b and modulation m fires at max(0, b + m · c·v) spikes a second while velocity v is
 * intended (Georgopoulos et al. 1982; Moran and Schwartz 1999), with v in units of the user's top
 * speed. Baselines are drawn from 0 to 20 and modulations from 4 to 30 spikes a second.
 *
 * <p>The same seed gives the same units and the same spikes.
 */
public final class SimulatedUnits {
  private static final double MOST_BASELINE_HZ = 20;
  private static final double LEAST_MODULATION_HZ = 4;
  private static final double MOST_MODULATION_HZ = 30;

  private final double binSeconds;
  private final double[] preferredX;
  private final double[] preferredY;
  private final double[] baselineHz;
  private final double[] modulationHz;
  private final SplittableRandom spikes;

  /**
   * Draws the units.
   *
   * @param units how many, at least 1
   * @param binSeconds length of a bin in seconds
   * @param seed of tuning and spikes
   */
  public SimulatedUnits(int units, double binSeconds, long seed) {
    if (units < 1 || !(binSeconds > 0)) {
      throw new IllegalArgumentException(
          "units must be at least 1 and binSeconds positive; units="
              + units
              + ", binSeconds="
              + binSeconds);
    }
    this.binSeconds = binSeconds;
    SplittableRandom tuning = new SplittableRandom(seed);
    this.spikes = tuning.split();
    preferredX = new double[units];
    preferredY = new double[units];
    baselineHz = new double[units];
    modulationHz = new double[units];
    for (int i = 0; i < units; i++) {
      double angle = 2 * Math.PI * tuning.nextDouble();
      preferredX[i] = Math.cos(angle);
      preferredY[i] = Math.sin(angle);
      baselineHz[i] = MOST_BASELINE_HZ * tuning.nextDouble();
      modulationHz[i] =
          LEAST_MODULATION_HZ + (MOST_MODULATION_HZ - LEAST_MODULATION_HZ) * tuning.nextDouble();
    }
  }

  /** Number of units. */
  public int size() {
    return preferredX.length;
  }

  /**
   * The direction in which a unit fires most.
   *
   * @param unit from 0
   * @return radians, from x to y
   */
  public double preferredRadians(int unit) {
    return StrictMath.atan2(preferredY[unit], preferredX[unit]);
  }

  /**
   * The mean rate of a unit.
   *
   * @param unit from 0
   * @return spikes a second while nothing is intended
   */
  public double baselineHz(int unit) {
    return baselineHz[unit];
  }

  /**
   * How deeply a unit is modulated.
   *
   * @param unit from 0
   * @return spikes a second that it gains at top speed in its preferred direction
   */
  public double modulationHz(int unit) {
    return modulationHz[unit];
  }

  /**
   * The rate of a unit.
   *
   * @param unit from 0
   * @param vx intended velocity to the right, 1 is the user's top speed
   * @param vy intended velocity upwards
   * @return spikes a second
   */
  public double rateHz(int unit, double vx, double vy) {
    double drive = preferredX[unit] * vx + preferredY[unit] * vy;
    return Math.max(0, baselineHz[unit] + modulationHz[unit] * drive);
  }

  /**
   * Draws the spikes of one bin.
   *
   * @param vx intended velocity to the right, 1 is the user's top speed
   * @param vy intended velocity upwards
   * @param counts modified: {@code [units]}, spikes in the bin
   */
  public void fire(double vx, double vy, double[] counts) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = poisson(rateHz(i, vx, vy) * binSeconds);
    }
  }

  /** Knuth's product of uniforms: exact, and fast enough for the few spikes of a bin. */
  private int poisson(double mean) {
    double limit = Math.exp(-mean);
    double product = spikes.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= spikes.nextDouble();
      count++;
    }
    return count;
  }
}
