package org.efferent.generation;

import java.util.Locale;
import java.util.Objects;
import org.efferent.core.diffusion.NoiseSchedule;

/**
 * How a latent's noise is taken away.
 *
 * @param kind the sampler
 * @param spacing which steps of the training are used
 * @param prediction what the network gives
 * @param schedule how its noise grew in training
 * @param steps at most those of the training, at least 1
 * @param offset added to each step with {@link Spacing#LEADING}; 1 for Stable Diffusion
 * @param guidance weight of classifier-free guidance (Ho, Salimans 2022), against an embedding of
 *     zeros; none up to 1, and then the network runs once a step and not twice
 */
public record SamplerOptions(
    Kind kind,
    Spacing spacing,
    Prediction prediction,
    NoiseSchedule schedule,
    int steps,
    int offset,
    double guidance) {
  private static final double MOST_GUIDANCE = 1000;

  /** Samplers. */
  public enum Kind {
    /** Euler's steps of the probability flow (Karras et al. 2022, algorithm 2 without churn). */
    EULER,
    /** As Euler, but further, and noise is added again (k-diffusion's "ancestral"). */
    EULER_ANCESTRAL,
    /** Song et al. 2021, "Denoising diffusion implicit models", η = 0. */
    DDIM
  }

  /**
   * Which steps t of T in training are used (Lin et al. 2024, "Common diffusion noise schedules and
   * sample steps are flawed", table 2).
   */
  public enum Spacing {
    /** From the last step down by T / n. */
    TRAILING,
    /** From 0 up by ⌊T / n⌋, the offset added; the last steps are never used. */
    LEADING,
    /** From 0 to T − 1 in equal parts, rounded to whole steps. */
    LINSPACE
  }

  /** What the network gives. */
  public enum Prediction {
    /** The noise ε. */
    EPSILON,
    /** v = √ᾱ ε − √(1 − ᾱ) x₀ (Salimans, Ho 2022). */
    V_PREDICTION
  }

  /** Checks the values. */
  public SamplerOptions {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(spacing, "spacing");
    Objects.requireNonNull(prediction, "prediction");
    if (steps < 1 || steps > schedule.steps()) {
      throw new IllegalArgumentException(
          "steps must be from 1 to those of the training; steps=%d, training=%d"
              .formatted(steps, schedule.steps()));
    }
    int last = schedule.steps() / steps * (steps - 1) + offset;
    if (spacing == Spacing.LEADING ? offset < 0 || last >= schedule.steps() : offset != 0) {
      throw new IllegalArgumentException(
          "offset must be 0 at least, with leading steps alone, and leave the last step within the training; offset=%d, spacing=%s"
              .formatted(offset, word(spacing)));
    }
    if (!(guidance >= 0 && guidance <= MOST_GUIDANCE)) {
      throw new IllegalArgumentException(
          "guidance must be from 0 to 1000, and up to 1 for none; guidance=" + guidance);
    }
  }

  /** Whether the network runs twice a step. */
  public boolean guided() {
    return guidance > 1;
  }

  /** As the configuration has it. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For a picture's provenance. */
  @Override
  public String toString() {
    return "%s, %d steps, %s, %s, guidance %s"
        .formatted(word(kind), steps, word(spacing), word(prediction), guidance);
  }
}
