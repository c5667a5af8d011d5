package org.efferent.viz.dashboard;

/**
 * How many units a signal may go up and down within its row.
 *
 * @param kind who decides
 * @param halfRange units from the row's middle to its edge, for {@link Kind#FIXED}; else 0
 */
public record SignalScale(Kind kind, double halfRange) {
  /** Who decides. */
  public enum Kind {
    /** Each signal by its own size. */
    EACH,
    /** One for all, by the median of their sizes. */
    COMMON,
    /** The user. */
    FIXED
  }

  private static final double[] STEPS = {1, 1.5, 2, 3, 5, 7};

  /** Each signal by its own size. */
  public static final SignalScale EACH = new SignalScale(Kind.EACH, 0);

  /** One for all. */
  public static final SignalScale COMMON = new SignalScale(Kind.COMMON, 0);

  /** Checks the range. */
  public SignalScale {
    if (kind == Kind.FIXED && !(halfRange > 0 && halfRange < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a fixed scale must be positive and finite; halfRange=" + halfRange);
    }
  }

  /**
   * A scale that stays.
   *
   * @param halfRange units from the row's middle to its edge, positive
   * @return the scale
   */
  public static SignalScale fixed(double halfRange) {
    return new SignalScale(Kind.FIXED, halfRange);
  }

  /**
   * The least of 1, 1.5, 2, 3, 5, 7, 10, … that is not below a value.
   *
   * @param value any; what is not positive and finite gives 1
   * @return a round number
   */
  static double round(double value) {
    if (!(value > 0 && value < 1e300)) {
      return 1;
    }
    double ten = Math.pow(10, Math.floor(Math.log10(value)));
    double share = value / ten;
    double slack = 1 + 1e-9;
    for (double step : STEPS) {
      if (share <= step * slack) {
        return ten * step;
      }
    }
    return ten * 10;
  }
}
