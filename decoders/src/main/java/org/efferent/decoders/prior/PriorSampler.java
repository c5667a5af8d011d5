package org.efferent.decoders.prior;

import java.util.SplittableRandom;
import org.efferent.core.diffusion.NoiseSchedule;
import org.efferent.decoders.prior.SamplingOptions.Method;

/**
 * From noise to embeddings: a step of the way back takes x_t to x_s, s &lt; t, by the estimate x̂₀
 * = (x_t − √(1 − ᾱ_t) ε) / √ᾱ_t.
 *
 * <ul>
 *   <li>DDPM (Ho et al. 2020, equations 6 and 7, with ᾱ_s for the step before): x_s = √ᾱ_s β / (1 −
 *       ᾱ_t) x̂₀ + √α (1 − ᾱ_s) / (1 − ᾱ_t) x_t + √(β (1 − ᾱ_s) / (1 − ᾱ_t)) z, where α = ᾱ_t / ᾱ_s
 *       and β = 1 − α; no z at the last step.
 *   <li>DDIM (Song et al. 2021, equation 12): x_s = √ᾱ_s x̂₀ + √(1 − ᾱ_s) ε.
 * </ul>
 *
 * The steps are those that diffusers calls "leading": every ⌊T / steps⌋-th one, the last is 0. x̂₀
 * is clipped on the way ({@link SamplingOptions#clip}), and ε is then what follows from the clipped
 * one.
 */
public final class PriorSampler {
  private final NoiseSchedule schedule;
  private final SamplingOptions options;

  /**
   * A way back.
   *
   * @param schedule that the model has learned
   * @param options which steps
   */
  public PriorSampler(NoiseSchedule schedule, SamplingOptions options) {
    if (options.steps() > schedule.steps()) {
      throw new IllegalArgumentException(
          "steps must be at most those of the diffusion, %d; steps=%d"
              .formatted(schedule.steps(), options.steps()));
    }
    this.schedule = schedule;
    this.options = options;
  }

  /** The steps of the diffusion at which it stops, the noisiest first. */
  int[] steps() {
    int stride = schedule.steps() / options.steps();
    int[] steps = new int[options.steps()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (steps.length - 1 - i) * stride;
    }
    return steps;
  }

  /**
   * Draws embeddings; each row has noise of its own, whatever the others are.
   *
   * @param model sees the noise
   * @param rows how many
   * @param width numbers of one
   * @param seed of the noise; row r draws from the {@code first + r}-th stream of it
   * @param first number of the first row, for rows that are drawn in several calls
   * @return {@code [rows × width]}, row-major
   */
  public float[] sample(NoiseModel model, int rows, int width, long seed, int first) {
    SplittableRandom[] random = new SplittableRandom[rows];
    float[] x = new float[Math.multiplyExact(rows, width)];
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int before = 0; before < first; before++) {
      seeds.split();
    }
    for (int r = 0; r < rows; r++) {
      random[r] = seeds.split();
      for (int d = 0; d < width; d++) {
        x[r * width + d] = (float) random[r].nextGaussian();
      }
    }
    int[] steps = steps();
    for (int i = 0; i < steps.length; i++) {
      int before = i + 1 < steps.length ? steps[i + 1] : -1;
      back(x, model.noise(x, steps[i]), steps[i], before, width, random);
    }
    return x;
  }

  @SuppressWarnings("TooManyParameters") // One step's numbers.
  private void back(
      float[] x, float[] noise, int step, int before, int width, SplittableRandom[] random) {
    double now = schedule.signal(step);
    double then = schedule.signal(before);
    boolean ancestral = options.method() == Method.DDPM;
    double alpha = now / then;
    double ofClean = ancestral ? Math.sqrt(then) * (1 - alpha) / (1 - now) : Math.sqrt(then);
    double ofNow = ancestral ? Math.sqrt(alpha) * (1 - then) / (1 - now) : 0;
    double ofNoise = ancestral ? 0 : Math.sqrt(1 - then);
    double fresh = ancestral ? Math.sqrt((1 - alpha) * (1 - then) / (1 - now)) : 0;
    double limit = options.clip() > 0 ? options.clip() : Double.POSITIVE_INFINITY;
    double root = Math.sqrt(now);
    double sigma = Math.sqrt(1 - now);
    for (int i = 0; i < x.length; i++) {
      double clean = (x[i] - sigma * noise[i]) / root;
      double seen = noise[i];
      if (Math.abs(clean) > limit) {
        clean = Math.copySign(limit, clean);
        seen = (x[i] - root * clean) / sigma;
      }
      double next = ofClean * clean + ofNow * x[i] + ofNoise * seen;
      x[i] = (float) (fresh > 0 ? next + fresh * random[i / width].nextGaussian() : next);
    }
  }
}
