package org.efferent.acquisition.simulate;

/**
 * A blink of a simulated EEG.
 *
 * @param start when it begins, seconds from the start of the simulation
 * @param seconds how long it lasts; it is highest after three tenths of that
 * @param microvolt its height at Fpz
 */
public record Blink(double start, double seconds, double microvolt) {
  private static final double RISE = 0.3;

  /** When it is highest, seconds from the start of the simulation. */
  public double peak() {
    return start + RISE * seconds;
  }

  /**
   * The blink at a moment: a quick rise while the lid closes, a slower fall.
   *
   * @param time seconds from the start of the simulation
   * @return microvolt at Fpz, 0 before and after it
   */
  public double at(double time) {
    double part = (time - start) / seconds;
    if (!(part > 0 && part < 1)) {
      return 0;
    }
    double s =
        part < RISE
            ? StrictMath.sin(Math.PI / 2 * part / RISE)
            : StrictMath.cos(Math.PI / 2 * (part - RISE) / (1 - RISE));
    return microvolt * s * s;
  }
}
