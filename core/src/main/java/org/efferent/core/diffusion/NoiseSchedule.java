package org.efferent.core.diffusion;

/**
 * How noise grows over the steps of a diffusion (Ho, Jain, Abbeel 2020, "Denoising diffusion
 * probabilistic models"): x_t = √ᾱ_t x_0 + √(1 − ᾱ_t) ε, with ᾱ_t = Π (1 − β_s), s ≤ t.
 *
 * <table>
 *   <caption>Names</caption>
 *   <tr><th>here</th><th>in the paper</th></tr>
 *   <tr><td>{@link #beta}</td><td>β_t</td></tr>
 *   <tr><td>{@link #signal}</td><td>ᾱ_t, the share of the variance that is signal</td></tr>
 *   <tr><td>{@link #sigma}</td><td>√((1 − ᾱ_t) / ᾱ_t), the noise's scale over that of the signal (Karras et al. 2022)</td></tr>
 * </table>
 */
public final class NoiseSchedule {
  /** How β grows. */
  public enum Kind {
    /** From first to last in equal steps (Ho et al. 2020, section 4). */
    LINEAR,
    /** Its root in equal steps, as in latent diffusion (Rombach et al. 2022). */
    SCALED_LINEAR,
    /**
     * ᾱ falls as a squared cosine; first and last do not matter (Nichol, Dhariwal 2021, eq. 17).
     */
    SQUARED_COSINE
  }

  private static final double LARGEST = 0.999;

  private final double[] betas;
  private final double[] signals;

  private NoiseSchedule(double[] betas) {
    this.betas = betas;
    this.signals = new double[betas.length];
    double product = 1;
    for (int t = 0; t < betas.length; t++) {
      product *= 1 - betas[t];
      signals[t] = product;
    }
  }

  /**
   * A schedule.
   *
   * @param kind how β grows
   * @param steps of the diffusion, at least 2
   * @param first β of the first step, above 0
   * @param last β of the last step, not below {@code first}, below 1
   * @return the schedule
   */
  public static NoiseSchedule of(Kind kind, int steps, double first, double last) {
    if (steps < 2 || !(first > 0) || !(last >= first) || !(last < 1)) {
      throw new IllegalArgumentException(
          "a noise schedule needs 2 steps at least and 0 < first <= last < 1; steps=%d, first=%s, last=%s"
              .formatted(steps, first, last));
    }
    double[] betas = new double[steps];
    for (int t = 0; t < steps; t++) {
      double share = (double) t / (steps - 1);
      betas[t] =
          switch (kind) {
            case LINEAR -> first + share * (last - first);
            case SCALED_LINEAR ->
                square(Math.sqrt(first) + share * (Math.sqrt(last) - Math.sqrt(first)));
            case SQUARED_COSINE -> {
              double now = cosine((double) t / steps);
              double next = cosine((double) (t + 1) / steps);
              yield Math.min(1 - next / now, LARGEST);
            }
          };
    }
    return new NoiseSchedule(betas);
  }

  private static double cosine(double share) {
    return square(Math.cos((share + 0.008) / 1.008 * Math.PI / 2));
  }

  private static double square(double x) {
    return x * x;
  }

  /** Steps of the diffusion; they are counted from 0, the least noise first. */
  public int steps() {
    return betas.length;
  }

  /** β of a step, the variance that it adds. */
  public double beta(int step) {
    return betas[step];
  }

  /** ᾱ of a step; 1 before the first, where {@code step} is −1. */
  public double signal(int step) {
    return step < 0 ? 1 : signals[step];
  }

  /** √((1 − ᾱ) / ᾱ) of a step; 0 before the first, where {@code step} is −1. */
  public double sigma(int step) {
    double signal = signal(step);
    return Math.sqrt((1 - signal) / signal);
  }
}
