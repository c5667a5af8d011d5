package org.efferent.viz;

/**
 * A disc of the cursor task: the cursor, a target.
 *
 * @param x centre, to the right
 * @param y centre, upwards
 * @param radius more than 0, in the unit of x and y
 */
public record Disc(double x, double y, double radius) {
  /** Checks that the numbers are finite. */
  public Disc {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException("a disc lies somewhere; x=" + x + ", y=" + y);
    }
    if (!(radius > 0 && radius < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a disc has a size; radius=" + radius);
    }
  }

  /**
   * The same disc elsewhere.
   *
   * @param toX to the right
   * @param toY upwards
   * @return a new disc
   */
  public Disc at(double toX, double toY) {
    return new Disc(toX, toY, radius);
  }
}
