package org.efferent.filters.calibration;

import java.util.Locale;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.filters.CursorDecoder;

/**
 * Whether a new decoder may replace the present one: by its mean angle to the intended direction on
 * rows that it was not trained on. The length of a velocity does not count, for that is what a gain
 * sets.
 *
 * @param tolerance share by which the new error may exceed the present one, 0 or more
 * @param leastGain share by which the new error must stay below chance (π/2), 0 to 1
 */
public record Acceptance(double tolerance, double leastGain) {
  /** No worse than the present one, and 5 % below chance. */
  public static final Acceptance DEFAULTS = new Acceptance(0, 0.05);

  /** Rows with an intended direction that a judgement needs. */
  public static final int FEWEST_ROWS = 20;

  /** Checks the shares. */
  public Acceptance {
    if (!(tolerance >= 0) || !(leastGain >= 0 && leastGain <= 1)) {
      throw new UsageException(
          "an acceptance needs a tolerance of 0 or more and a gain of 0 to 1; tolerance="
              + tolerance
              + ", gain="
              + leastGain);
    }
  }

  /**
   * What was found.
   *
   * @param accepted whether the new decoder may be used
   * @param present mean angle of the present decoder, radian; NaN where there is none
   * @param candidate mean angle of the new one, radian
   * @param reason one line for people
   */
  public record Verdict(boolean accepted, double present, double candidate, String reason) {}

  /**
   * Judges by rows that follow one another in time. Neither decoder is disturbed: copies decode.
   *
   * @param present in use, or null
   * @param candidate the new one
   * @param features held out, {@code [rows][features]}
   * @param intended velocities, {@code [rows][d]}; zero where nothing was intended
   * @return the verdict
   * @throws InputException where rows do not fit the decoders or hold fewer than 20 directions
   */
  public Verdict judge(
      CursorDecoder present, CursorDecoder candidate, double[][] features, double[][] intended) {
    return judge(
        present == null ? Double.NaN : angularError(decoded(present, features), intended),
        angularError(decoded(candidate, features), intended));
  }

  /**
   * Judges by two errors, for decoders that need preparations of their own.
   *
   * @param present mean angle of the present decoder, radian; NaN where there is none
   * @param candidate mean angle of the new one, radian
   * @return the verdict
   */
  public Verdict judge(double present, double candidate) {
    double chance = (1 - leastGain) * Math.PI / 2;
    // Negated, so that NaN is refused.
    if (!(candidate <= chance)) {
      return verdict(false, present, candidate, "refused: not better than chance");
    }
    if (candidate > present * (1 + tolerance)) {
      return verdict(false, present, candidate, "refused: worse than the decoder in use");
    }
    return verdict(true, present, candidate, "accepted");
  }

  private static Verdict verdict(boolean accepted, double present, double candidate, String what) {
    String reason =
        String.format(
            Locale.ROOT,
            "%s; angle=%.3f rad, in use %s, chance 1.571",
            what,
            candidate,
            Double.isNaN(present) ? "none" : String.format(Locale.ROOT, "%.3f", present));
    return new Verdict(accepted, present, candidate, reason);
  }

  private static double[][] decoded(CursorDecoder decoder, double[][] features) {
    CursorDecoder copy = CursorDecoder.fromState(decoder.toState());
    double[][] out = new double[features.length][];
    for (int t = 0; t < out.length; t++) {
      out[t] = copy.decode(features[t]).mean();
    }
    return out;
  }

  /**
   * Mean angle in the plane of the first two components, over the rows with an intended direction.
   * A decoded zero counts as chance, π/2.
   *
   * @param decoded velocities, {@code [rows][2 or more]}
   * @param intended velocities, {@code [rows][2 or more]}
   * @return radian, 0 to π
   * @throws InputException where tables disagree or hold fewer than 20 directions
   */
  public static double angularError(double[][] decoded, double[][] intended) {
    int columns =
        Math.min(
            Rows.check("decoded velocities", decoded), Rows.check("intended velocities", intended));
    Rows.same("decoded velocities", decoded.length, "intended velocities", intended.length);
    if (columns < 2) {
      throw new InputException("directions need velocities of at least two columns; columns=1");
    }
    double sum = 0;
    int rows = 0;
    for (int t = 0; t < decoded.length; t++) {
      double[] a = decoded[t];
      double[] b = intended[t];
      if (b[0] != 0 || b[1] != 0) {
        double cross = a[0] * b[1] - a[1] * b[0];
        double dot = a[0] * b[0] + a[1] * b[1];
        sum += cross == 0 && dot == 0 ? Math.PI / 2 : Math.abs(Math.atan2(cross, dot));
        rows++;
      }
    }
    if (rows < FEWEST_ROWS) {
      throw new InputException(
          "a judgement needs at least "
              + FEWEST_ROWS
              + " rows with an intended direction; rows="
              + rows);
    }
    return sum / rows;
  }
}
