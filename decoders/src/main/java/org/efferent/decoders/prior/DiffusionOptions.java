package org.efferent.decoders.prior;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.diffusion.NoiseSchedule;
import org.efferent.decoders.encoder.OptionReader;

/**
 * How noise grows while a prior learns.
 *
 * @param kind how β grows
 * @param steps of the diffusion
 * @param first β of the first step
 * @param last β of the last
 */
public record DiffusionOptions(NoiseSchedule.Kind kind, int steps, double first, double last) {
  /** As published: β from 10⁻⁴ to 0.02 in 1000 equal steps (Ho et al. 2020). */
  public static final DiffusionOptions DEFAULTS =
      new DiffusionOptions(NoiseSchedule.Kind.LINEAR, 1000, 1e-4, 0.02);

  private static final int MOST = 10_000;

  /** Checks the numbers. */
  public DiffusionOptions {
    if (steps > MOST) {
      throw new IllegalArgumentException(
          "steps must be at most %d; steps=%d".formatted(MOST, steps));
    }
    NoiseSchedule.of(kind, steps, first, last);
  }

  /** The schedule. */
  public NoiseSchedule schedule() {
    return NoiseSchedule.of(kind, steps, first, last);
  }

  /** Its options under their names in files. */
  public Map<String, Object> options() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("kind", word(kind));
    out.put("steps", steps);
    out.put("first", first);
    out.put("last", last);
    return out;
  }

  private static String word(NoiseSchedule.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads its options; what is missing is as published.
   *
   * @param in kind (linear, scaled-linear or squared-cosine), steps, first, last
   * @return the options
   * @throws InputException if one is unknown or impossible
   */
  public static DiffusionOptions of(OptionReader in) {
    String named = in.word("kind", word(DEFAULTS.kind()));
    for (NoiseSchedule.Kind kind : NoiseSchedule.Kind.values()) {
      if (word(kind).equals(named)) {
        try {
          DiffusionOptions made =
              new DiffusionOptions(
                  kind,
                  in.whole("steps", DEFAULTS.steps()),
                  in.number("first", DEFAULTS.first()),
                  in.number("last", DEFAULTS.last()));
          in.end();
          return made;
        } catch (IllegalArgumentException e) {
          throw new InputException(in.path("steps") + ": " + e.getMessage(), e);
        }
      }
    }
    throw in.wrong("kind", "linear, scaled-linear or squared-cosine");
  }
}
