package org.efferent.viz;

import java.util.Objects;

/**
 * A place of the task's screen that can be selected: a target, a key.
 *
 * @param x centre, to the right
 * @param y centre, upwards
 * @param width more than 0, in the unit of x and y
 * @param height more than 0; of a round place the width again
 * @param round a disc, else a rectangle
 * @param label what stands on it; empty for nothing
 */
public record TaskPlace(
    double x, double y, double width, double height, boolean round, String label) {
  /** Checks the numbers. */
  public TaskPlace {
    Objects.requireNonNull(label, "label");
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException("a place lies somewhere; x=" + x + ", y=" + y);
    }
    if (!(width > 0 && width < 1e9 && height > 0 && height < 1e9)) {
      throw new IllegalArgumentException(
          "a place has a size; width=" + width + ", height=" + height);
    }
  }
}
