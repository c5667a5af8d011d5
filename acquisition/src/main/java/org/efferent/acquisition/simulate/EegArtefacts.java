package org.efferent.acquisition.simulate;

/**
 * What is not brain in a simulated EEG.
 *
 * @param blinksPerMinute how often the eyes blink; 0 for never
 * @param blinkMicrovolt mean height of a blink at Fpz
 * @param musclePerMinute how often the temporal muscles tighten, each side for itself; 0 for never
 * @param muscleMicrovolt root mean square of their activity in a burst, over T7 or T8
 * @param lineHz frequency of the mains, 50 or 60; harmonics below half the rate come with it
 * @param lineMicrovolt mean amplitude of the mains over the channels; 0 for none
 * @param driftMicrovolt standard deviation of each electrode's slow drift
 */
public record EegArtefacts(
    double blinksPerMinute,
    double blinkMicrovolt,
    double musclePerMinute,
    double muscleMicrovolt,
    double lineHz,
    double lineMicrovolt,
    double driftMicrovolt) {
  /** As in an ordinary laboratory without a shielded room. */
  public static final EegArtefacts DEFAULTS = new EegArtefacts(12, 120, 2, 10, 50, 2, 10);

  /** None at all. */
  public static final EegArtefacts NONE = new EegArtefacts(0, 0, 0, 0, 50, 0, 0);

  /** Checks the values. */
  public EegArtefacts {
    Limits.check("blinksPerMinute", blinksPerMinute, 0, 40);
    Limits.check("blinkMicrovolt", blinkMicrovolt, 0, 1e5);
    Limits.check("musclePerMinute", musclePerMinute, 0, 20);
    Limits.check("muscleMicrovolt", muscleMicrovolt, 0, 1e5);
    Limits.check("lineHz", lineHz, 1, 1000);
    Limits.check("lineMicrovolt", lineMicrovolt, 0, 1e6);
    Limits.check("driftMicrovolt", driftMicrovolt, 0, 1e6);
  }
}
