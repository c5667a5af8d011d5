package org.efferent.filters.task;

import org.efferent.core.UsageException;

/**
 * A place that the cursor's centre can lie in.
 *
 * @param x centre, to the right
 * @param y centre, upwards
 * @param width of the rectangle, or diameter of the disc, in the unit of x and y
 * @param height of the rectangle, or diameter of the disc
 * @param shape which of the two it is
 */
public record Target(double x, double y, double width, double height, Shape shape) {

  /** Outline of a target. */
  public enum Shape {
    /** A disc; its edge belongs to it. */
    DISC,
    /** A rectangle; its lower and left edges belong to it, so that rectangles tile the plane. */
    RECTANGLE
  }

  /** Checks the numbers. */
  public Target {
    if (!(Math.abs(x) < 1e9 && Math.abs(y) < 1e9)
        || !(width > 0 && width < 1e9 && height > 0 && height < 1e9)) {
      throw new UsageException(
          "a target has a place and a positive size; x="
              + x
              + ", y="
              + y
              + ", width="
              + width
              + ", height="
              + height);
    }
    if (shape == Shape.DISC && width != height) {
      throw new UsageException(
          "a disc is as wide as it is high; width=" + width + ", height=" + height);
    }
  }

  /** A disc. */
  public static Target disc(double x, double y, double diameter) {
    return new Target(x, y, diameter, diameter, Shape.DISC);
  }

  /** A square. */
  public static Target square(double x, double y, double side) {
    return rectangle(x, y, side, side);
  }

  /** A rectangle. */
  public static Target rectangle(double x, double y, double width, double height) {
    return new Target(x, y, width, height, Shape.RECTANGLE);
  }

  /**
   * The diameter of a disc, the smaller side of a rectangle: the width W of Fitts' law in two
   * dimensions (the smaller-of model of MacKenzie and Buxton, CHI 1992, doi:10.1145/142750.142794).
   */
  public double diameter() {
    return Math.min(width, height);
  }

  /**
   * Whether a point lies in the target.
   *
   * @param px to the right
   * @param py upwards
   */
  public boolean contains(double px, double py) {
    return shape == Shape.DISC
        ? Math.hypot(px - x, py - y) <= width / 2
        : px >= x - width / 2 && px < x + width / 2 && py >= y - height / 2 && py < y + height / 2;
  }

  /** Distance of a point from the centre. */
  public double distance(double px, double py) {
    return Math.hypot(px - x, py - y);
  }
}
