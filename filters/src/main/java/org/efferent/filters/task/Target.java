package org.efferent.filters.task;

import org.efferent.core.UsageException;

/**
 * A place that the cursor's centre can lie in.
 *
 * @param x centre, to the right
 * @param y centre, upwards
 * @param diameter of the disc, or side of the square, in the unit of x and y
 * @param shape which of the two it is
 */
public record Target(double x, double y, double diameter, Shape shape) {

  /** Outline of a target. */
  public enum Shape {
    /** A disc; its edge belongs to it. */
    DISC,
    /** A square; its lower and left edges belong to it, so that squares tile the plane. */
    SQUARE
  }

  /** Checks the numbers. */
  public Target {
    if (!(Math.abs(x) < 1e9 && Math.abs(y) < 1e9 && diameter > 0 && diameter < 1e9)) {
      throw new UsageException(
          "a target has a place and a positive diameter; x="
              + x
              + ", y="
              + y
              + ", diameter="
              + diameter);
    }
  }

  /** A disc. */
  public static Target disc(double x, double y, double diameter) {
    return new Target(x, y, diameter, Shape.DISC);
  }

  /** A square. */
  public static Target square(double x, double y, double side) {
    return new Target(x, y, side, Shape.SQUARE);
  }

  /**
   * Whether a point lies in the target.
   *
   * @param px to the right
   * @param py upwards
   */
  public boolean contains(double px, double py) {
    double half = diameter / 2;
    return shape == Shape.DISC
        ? Math.hypot(px - x, py - y) <= half
        : px >= x - half && px < x + half && py >= y - half && py < y + half;
  }

  /** Distance of a point from the centre. */
  public double distance(double px, double py) {
    return Math.hypot(px - x, py - y);
  }
}
