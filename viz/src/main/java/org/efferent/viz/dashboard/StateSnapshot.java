package org.efferent.viz.dashboard;

/**
 * Where a decoder says that a state of two dimensions is, how sure, and where it was. Immutable.
 */
public final class StateSnapshot {
  /**
   * An ellipse that holds the state with a probability of 95 %.
   *
   * @param major half the longer axis, in the state's unit
   * @param minor half the shorter axis
   * @param angle of the longer axis from x, radians, counterclockwise
   */
  public record Ellipse(double major, double minor, double angle) {
    /** The quantile of chi squared with two degrees of freedom: -2 ln(1 - 0.95). */
    private static final double CHI_SQUARED = -2 * Math.log(0.05);

    /**
     * From a covariance, by its eigenvalues.
     *
     * @param xx variance of x
     * @param xy covariance
     * @param yy variance of y
     * @return the ellipse; axes of 0 where the covariance is none
     */
    public static Ellipse of(double xx, double xy, double yy) {
      double middle = (xx + yy) / 2;
      double away = Math.hypot((xx - yy) / 2, xy);
      double angle = 0.5 * Math.atan2(2 * xy, xx - yy);
      return new Ellipse(axis(middle + away), axis(middle - away), angle);
    }

    private static double axis(double variance) {
      return variance > 0 && variance < Double.POSITIVE_INFINITY
          ? Math.sqrt(CHI_SQUARED * variance)
          : 0;
    }
  }

  private final String nameX;
  private final String nameY;
  private final double[] trail;
  private final Ellipse ellipse;
  private final long estimates;

  /** All of it; the array of pairs is handed over. */
  StateSnapshot(String nameX, String nameY, double[] trail, Ellipse ellipse, long estimates) {
    this.nameX = nameX;
    this.nameY = nameY;
    this.trail = trail;
    this.ellipse = ellipse;
    this.estimates = estimates;
  }

  /** What x is, with its unit. */
  public String nameX() {
    return nameX;
  }

  /** What y is, with its unit. */
  public String nameY() {
    return nameY;
  }

  /** Points of the trail, the oldest first; the last one is now. */
  public int points() {
    return trail.length / 2;
  }

  /** Along x, of a point. */
  public double x(int point) {
    return trail[2 * point];
  }

  /** Along y, of a point. */
  public double y(int point) {
    return trail[2 * point + 1];
  }

  /** Around the last point. */
  public Ellipse ellipse() {
    return ellipse;
  }

  /** Estimates since the beginning. */
  public long estimates() {
    return estimates;
  }
}
