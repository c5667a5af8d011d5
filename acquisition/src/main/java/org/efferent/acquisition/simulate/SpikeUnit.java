package org.efferent.acquisition.simulate;

/**
 * A cosine-tuned unit (A. P. Georgopoulos et al., Journal of Neuroscience 2 (1982) 1527; D. W.
 * Moran and A. B. Schwartz, Journal of Neurophysiology 82 (1999) 2676).
 *
 * @param preferredRadians direction in which it fires most, from x to y
 * @param baselineHz spikes a second at rest
 * @param depthHz spikes a second that it gains at top speed in its preferred direction, and loses
 *     against it
 */
public record SpikeUnit(double preferredRadians, double baselineHz, double depthHz) {
  /** Checks the values. */
  public SpikeUnit {
    Limits.check("preferredRadians", preferredRadians, -10, 10);
    Limits.check("baselineHz", baselineHz, 0, 200);
    Limits.check("depthHz", depthHz, 0, 200);
  }

  /**
   * Its rate.
   *
   * @param vx velocity to the right; 1 is the top speed
   * @param vy velocity upwards
   * @return spikes a second, not negative
   */
  public double rateHz(double vx, double vy) {
    double along = vx * StrictMath.cos(preferredRadians) + vy * StrictMath.sin(preferredRadians);
    return Math.max(0, baselineHz + depthHz * along);
  }
}
