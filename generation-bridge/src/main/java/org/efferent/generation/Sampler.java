package org.efferent.generation;

import java.util.Random;
import org.efferent.core.diffusion.NoiseSchedule;

/**
 * Steps of a sampler from noise to a latent. What it keeps is y = x / √ᾱ, whose noise has the scale
 * σ = √((1 − ᾱ) / ᾱ) and whose signal has the scale 1, so that all samplers take one kind of step
 * (Karras et al. 2022, table 1, "VP"); the network is given x = y / √(1 + σ²).
 *
 * <p>DDIM with η = 0 is Euler's step in y (Song et al. 2021, equation 13); it differs in how the
 * first noise is scaled. Before the first step of the training ᾱ is 1, so the last step leaves no
 * noise. Steps are whole: others interpolate σ between steps where {@code linspace} has none.
 */
final class Sampler {
  /** A share of steps that is whole but for rounding is whole. */
  private static final double ROUNDING = 1e-9;

  private final SamplerOptions options;
  private final int[] timesteps;
  private final double[] sigmas;

  Sampler(SamplerOptions options) {
    this.options = options;
    NoiseSchedule schedule = options.schedule();
    int steps = options.steps();
    timesteps = new int[steps];
    sigmas = new double[steps + 1];
    for (int i = 0; i < steps; i++) {
      timesteps[i] = timestep(i, steps, schedule.steps());
      sigmas[i] = schedule.sigma(timesteps[i]);
    }
  }

  private int timestep(int i, int steps, int training) {
    return switch (options.spacing()) {
      case TRAILING -> (int) Math.rint(training - i * ((double) training / steps)) - 1;
      case LEADING -> training / steps * (steps - 1 - i) + options.offset();
      case LINSPACE ->
          steps == 1 ? 0 : (int) Math.rint((double) (training - 1) * (steps - 1 - i) / (steps - 1));
    };
  }

  /** Steps in all. */
  int steps() {
    return timesteps.length;
  }

  /** The training's step that the network is told. */
  int timestep(int step) {
    return timesteps[step];
  }

  /**
   * The step that a latent of one's own begins at: ⌊(1 − s) · steps⌋, so that the whole strength
   * begins at the first (Meng et al. 2022, "SDEdit").
   *
   * @param strength above 0, at most 1
   */
  int first(double strength) {
    return (int) Math.min(steps() - 1.0, Math.floor((1 - strength) * steps() + ROUNDING));
  }

  /** Noise alone, {@code y} before the first step; {@code noise} of variance 1, not modified. */
  double[] start(double[] noise) {
    double sigma = sigmas[0];
    boolean unscaled =
        options.kind() != SamplerOptions.Kind.DDIM
            && options.spacing() != SamplerOptions.Spacing.LEADING;
    // Where the last step of the training is left out, x still has the variance 1 of pure noise.
    double scale = unscaled ? sigma : Math.sqrt(sigma * sigma + 1);
    double[] y = new double[noise.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = noise[i] * scale;
    }
    return y;
  }

  /** A latent with the noise of a step, {@code y} before it; nothing is modified. */
  double[] noisy(double[] latent, double[] noise, int step) {
    double[] y = new double[latent.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = latent[i] + sigmas[step] * noise[i];
    }
    return y;
  }

  /** What the network is given before a step, x. */
  float[] given(double[] y, int step) {
    double scale = 1 / Math.sqrt(1 + sigmas[step] * sigmas[step]);
    float[] x = new float[y.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (y[i] * scale);
    }
    return x;
  }

  /**
   * One step.
   *
   * @param y before it; modified: after it
   * @param predicted by the network
   * @param step from 0
   * @param random of the noise that an ancestral step adds
   */
  void step(double[] y, double[] predicted, int step, Random random) {
    double sigma = sigmas[step];
    double next = sigmas[step + 1];
    double down = next;
    double up = 0;
    if (options.kind() == SamplerOptions.Kind.EULER_ANCESTRAL) {
      up = Math.sqrt(next * next * (sigma * sigma - next * next) / (sigma * sigma));
      down = Math.sqrt(next * next - up * up);
    }
    for (int i = 0; i < y.length; i++) {
      double noise =
          switch (options.prediction()) {
            case EPSILON -> predicted[i];
            // ε = √ᾱ v + √(1 − ᾱ) x, with √ᾱ = 1 / √(1 + σ²) and x = y √ᾱ.
            case V_PREDICTION ->
                predicted[i] / Math.sqrt(1 + sigma * sigma) + y[i] * sigma / (1 + sigma * sigma);
          };
      y[i] += noise * (down - sigma);
      if (options.kind() == SamplerOptions.Kind.EULER_ANCESTRAL) {
        y[i] += up * random.nextGaussian();
      }
    }
  }
}
