package org.efferent.filters.calibration;

import org.efferent.core.InputException;
import org.efferent.core.UsageException;

/**
 * Gives a decoder's output a wanted mean speed, so that decoders of unlike kinds feel alike.
 *
 * @param factor of every velocity, above 0
 */
public record SpeedScale(double factor) {
  /** Checks the factor. */
  public SpeedScale {
    if (!(factor > 0 && factor <= 1e100)) {
      throw new UsageException("a speed scale must be above 0 and finite; factor=" + factor);
    }
  }

  /**
   * The factor that gives velocities a mean speed.
   *
   * @param velocities as decoded, {@code [rows][d]}
   * @param wanted mean speed, above 0, in the unit of the velocities
   * @return the scale
   * @throws InputException where the velocities are all zero or not finite
   */
  public static SpeedScale to(double wanted, double[][] velocities) {
    if (!(wanted > 0)) {
      throw new UsageException("the wanted mean speed must be above 0; wanted=" + wanted);
    }
    double mean = meanSpeed(velocities);
    if (!(mean > 0)) {
      throw new InputException(
          "a speed scale needs velocities that are not all zero; rows=" + velocities.length);
    }
    return new SpeedScale(wanted / mean);
  }

  /**
   * The mean length of velocities.
   *
   * @param velocities {@code [rows][d]}
   * @return their mean speed
   */
  public static double meanSpeed(double[][] velocities) {
    Rows.check("velocities", velocities);
    double sum = 0;
    for (double[] velocity : velocities) {
      sum += Rows.norm(velocity) / velocities.length;
    }
    return sum;
  }

  /**
   * Scales one velocity in place.
   *
   * @param velocity {@code [d]}, modified
   */
  public void apply(double[] velocity) {
    for (int i = 0; i < velocity.length; i++) {
      velocity[i] *= factor;
    }
  }
}
