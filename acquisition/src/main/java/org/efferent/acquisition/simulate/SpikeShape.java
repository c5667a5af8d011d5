package org.efferent.acquisition.simulate;

/**
 * What an electrode sees of a spike: a sharp negative trough, then a lower and longer positive wave
 * (as C. Gold et al., Journal of Neurophysiology 95 (2006) 3113, compute and measure outside the
 * cell).
 */
final class SpikeShape {
  /** From here on before the trough, and until here after it, seconds. */
  static final double BEFORE = 0.0008;

  static final double AFTER = 0.0024;

  private static final double TROUGH_SECONDS = 0.00009;
  private static final double WAVE_SECONDS = 0.00018;
  private static final double WAVE_LATER = 0.00048;
  private static final double WAVE_HEIGHT = 0.28;

  private SpikeShape() {}

  /**
   * The shape.
   *
   * @param seconds since the trough
   * @param width factor on all its times, 1 for a pyramidal cell
   * @return −1 in the trough; 0 outside {@link #BEFORE} to {@link #AFTER}
   */
  static double at(double seconds, double width) {
    if (seconds < -BEFORE || seconds > AFTER) {
      return 0;
    }
    double trough = seconds / (width * TROUGH_SECONDS);
    double wave = (seconds / width - WAVE_LATER) / WAVE_SECONDS;
    return WAVE_HEIGHT * StrictMath.exp(-0.5 * wave * wave)
        - StrictMath.exp(-0.5 * trough * trough);
  }
}
