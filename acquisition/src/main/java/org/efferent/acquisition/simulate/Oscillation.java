package org.efferent.acquisition.simulate;

import java.util.Objects;
import org.efferent.core.UsageException;

/**
 * A rhythm of the brain: Gaussian noise of a narrow band, which waxes and wanes as a rhythm does
 * (its envelope is Rayleigh distributed), seen by each electrode with a weight that falls like a
 * bell with the angle from where it is strongest.
 *
 * @param name of the source; names its channels in the truth
 * @param electrode of the 10-05 system over which it is strongest
 * @param spreadDegrees standard deviation of the bell, degrees as seen from the head's centre
 * @param frequencyHz centre of its band
 * @param widthHz full width of its power spectrum at half the maximum; 0 for a pure sine of steady
 *     amplitude
 * @param rmsMicrovolt root mean square at its strongest place; with bursts, at their middle
 * @param burstsPerSecond how often it comes; 0 if it is always there
 * @param burstSeconds mean length of a burst; ignored without bursts
 * @param hemisphere whose imagined movements weaken it
 */
public record Oscillation(
    String name,
    String electrode,
    double spreadDegrees,
    double frequencyHz,
    double widthHz,
    double rmsMicrovolt,
    double burstsPerSecond,
    double burstSeconds,
    Hemisphere hemisphere) {
  /** Checks the values. */
  public Oscillation {
    Objects.requireNonNull(electrode, "electrode");
    Objects.requireNonNull(hemisphere, "hemisphere");
    if (name.isBlank()) {
      throw new UsageException("an oscillation has a name; name='" + name + "'");
    }
    Limits.check(name + ".spreadDegrees", spreadDegrees, 1, 360);
    Limits.check(name + ".frequencyHz", frequencyHz, 0.5, 1000);
    Limits.check(name + ".rmsMicrovolt", rmsMicrovolt, 0, 1e6);
    Limits.check(name + ".burstsPerSecond", burstsPerSecond, 0, 20);
    if (widthHz != 0) {
      Limits.check(name + ".widthHz", widthHz, 0.2, frequencyHz);
    }
    if (burstsPerSecond > 0) {
      Limits.check(name + ".burstSeconds", burstSeconds, 0.05, 0.7 / burstsPerSecond);
    }
  }

  /**
   * A rhythm that is always there.
   *
   * @param name of the source
   * @param electrode over which it is strongest
   * @param frequencyHz centre of its band
   * @param rmsMicrovolt root mean square at its strongest place
   */
  public Oscillation(String name, String electrode, double frequencyHz, double rmsMicrovolt) {
    this(name, electrode, 30, frequencyHz, 1.5, rmsMicrovolt, 0, 0, Hemisphere.NONE);
  }

  /**
   * This rhythm with another strength.
   *
   * @param microvolt root mean square at its strongest place
   * @return a copy
   */
  public Oscillation withRms(double microvolt) {
    return new Oscillation(
        name,
        electrode,
        spreadDegrees,
        frequencyHz,
        widthHz,
        microvolt,
        burstsPerSecond,
        burstSeconds,
        hemisphere);
  }
}
