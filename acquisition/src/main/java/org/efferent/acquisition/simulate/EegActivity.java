package org.efferent.acquisition.simulate;

import java.util.List;
import org.efferent.core.UsageException;

/**
 * What the brain does in a simulated EEG. All strengths in microvolts.
 *
 * @param backgroundMicrovolt root mean square of the background at every electrode
 * @param exponent a of its power spectrum 1/fᵃ, flat below 0.5 Hz, where an amplifier's high-pass
 *     would cut it
 * @param sensorMicrovolt root mean square of the white noise that each channel has for itself
 * @param oscillations rhythms on top of it
 */
public record EegActivity(
    double backgroundMicrovolt,
    double exponent,
    double sensorMicrovolt,
    List<Oscillation> oscillations) {
  /**
   * An adult at rest with closed eyes: posterior alpha at 10 Hz, common to both sides and of each
   * alone, central mu at 11 Hz with its beta bursts at 21 Hz, frontal theta in bursts.
   */
  public static final EegActivity DEFAULTS =
      new EegActivity(
          8,
          1.7,
          0.5,
          List.of(
              new Oscillation("alpha", "POz", 38, 10, 1.5, 7, 0, 0, Hemisphere.NONE),
              new Oscillation("alpha left", "O1", 25, 9.7, 1.5, 5, 0, 0, Hemisphere.NONE),
              new Oscillation("alpha right", "O2", 25, 10.2, 1.5, 5, 0, 0, Hemisphere.NONE),
              new Oscillation("mu left", "C3", 20, 11, 1.5, 5, 0, 0, Hemisphere.LEFT),
              new Oscillation("mu right", "C4", 20, 11.3, 1.5, 5, 0, 0, Hemisphere.RIGHT),
              new Oscillation("beta left", "C3", 18, 21, 4, 3, 0.5, 0.4, Hemisphere.LEFT),
              new Oscillation("beta right", "C4", 18, 21.5, 4, 3, 0.5, 0.4, Hemisphere.RIGHT),
              new Oscillation("theta", "Fz", 30, 6, 1.5, 5, 0.12, 1.5, Hemisphere.NONE)));

  /** Checks the values and copies the list. */
  public EegActivity {
    Limits.check("backgroundMicrovolt", backgroundMicrovolt, 0, 1e6);
    Limits.check("exponent", exponent, 0, 3);
    Limits.check("sensorMicrovolt", sensorMicrovolt, 0, 1e6);
    oscillations = List.copyOf(oscillations);
    List<String> names = oscillations.stream().map(Oscillation::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new UsageException("each oscillation has a name of its own; names=" + names);
    }
  }

  /**
   * This activity, stronger or weaker as a whole.
   *
   * @param factor on every strength
   * @return a copy
   */
  public EegActivity scaled(double factor) {
    return new EegActivity(
        factor * backgroundMicrovolt,
        exponent,
        factor * sensorMicrovolt,
        oscillations.stream().map(o -> o.withRms(factor * o.rmsMicrovolt())).toList());
  }
}
