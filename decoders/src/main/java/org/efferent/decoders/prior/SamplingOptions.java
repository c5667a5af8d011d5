package org.efferent.decoders.prior;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.decoders.encoder.OptionReader;

/**
 * How embeddings are drawn.
 *
 * @param method which steps back
 * @param steps of the way back, at most those of the diffusion
 * @param guidance w of classifier-free guidance, ε = ε_∅ + w (ε_c − ε_∅) (Ho, Salimans 2022, with
 *     their w one less): 1 the condition as it was learned, above 1 more of it, 0 none
 * @param clip the largest size of a scaled number of the estimate x̂₀ on the way; 0 for none. Where
 *     almost all is noise a small error of ε is a large one of x̂₀, and nothing takes it back; five
 *     standard deviations cut nothing off embeddings that are standardised
 */
public record SamplingOptions(Method method, int steps, double guidance, double clip) {
  /** Ways back from noise. */
  public enum Method {
    /** Ancestral, with new noise at each step (Ho et al. 2020, algorithm 2). */
    DDPM,
    /** Without new noise (Song et al. 2021, equation 12 with η = 0). */
    DDIM
  }

  /** Fifty ancestral steps, the condition as it was learned, clipped at five deviations. */
  public static final SamplingOptions DEFAULTS = new SamplingOptions(Method.DDPM, 50, 1, 5);

  /** Checks the numbers. */
  public SamplingOptions {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be 1 or more; steps=" + steps);
    }
    if (!(guidance >= 0 && guidance <= 100)) {
      throw new IllegalArgumentException("guidance must be from 0 to 100; guidance=" + guidance);
    }
    if (!(clip >= 0)) {
      throw new IllegalArgumentException("clip must not be negative, 0 for none; clip=" + clip);
    }
  }

  /** Its options under their names in files. */
  public Map<String, Object> options() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("method", method.name().toLowerCase(Locale.ROOT));
    out.put("steps", steps);
    out.put("guidance", guidance);
    out.put("clip", clip);
    return out;
  }

  /**
   * Reads its options.
   *
   * @param in method (ddpm or ddim), steps, guidance, clip
   * @return the options
   * @throws InputException if one is unknown or impossible
   */
  public static SamplingOptions of(OptionReader in) {
    Method method =
        switch (in.word("method", "ddpm")) {
          case "ddpm" -> Method.DDPM;
          case "ddim" -> Method.DDIM;
          default -> throw in.wrong("method", "ddpm or ddim");
        };
    try {
      SamplingOptions made =
          new SamplingOptions(
              method,
              in.whole("steps", DEFAULTS.steps()),
              in.number("guidance", DEFAULTS.guidance()),
              in.number("clip", DEFAULTS.clip()));
      in.end();
      return made;
    } catch (IllegalArgumentException e) {
      throw new InputException(in.path(e.getMessage()), e);
    }
  }
}
