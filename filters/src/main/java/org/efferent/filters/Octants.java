package org.efferent.filters;

import org.efferent.core.InputException;

/**
 * Eight directions of the plane, 45 degrees each, the first centred on the positive first axis and
 * the others counter-clockwise.
 */
public final class Octants {
  /** How many there are. */
  public static final int COUNT = 8;

  private Octants() {}

  /**
   * The octant of a direction.
   *
   * @param x first component
   * @param y second component
   * @return 0 to 7; -1 for the zero vector and for values that are not finite
   */
  public static int of(double x, double y) {
    if ((x == 0 && y == 0) || !Double.isFinite(x) || !Double.isFinite(y)) {
      return -1;
    }
    return Math.floorMod((int) Math.round(Math.atan2(y, x) * COUNT / (2 * Math.PI)), COUNT);
  }

  /**
   * How many rows point into each octant.
   *
   * @param velocities {@code [rows][2 or more]}; the first two columns count
   * @param slowest rows of a smaller speed than this point nowhere
   * @return {@code [8]}
   * @throws InputException where rows have fewer than two columns or hold values that are not
   *     finite
   */
  public static int[] counts(double[][] velocities, double slowest) {
    int[] out = new int[COUNT];
    for (int octant : ofRows(velocities, slowest)) {
      if (octant >= 0) {
        out[octant]++;
      }
    }
    return out;
  }

  /**
   * The octant of each row.
   *
   * @param velocities {@code [rows][2 or more]}; the first two columns count
   * @param slowest rows of a smaller speed than this point nowhere
   * @return {@code [rows]}, -1 where a row points nowhere
   * @throws InputException where rows have fewer than two columns or hold values that are not
   *     finite
   */
  public static int[] ofRows(double[][] velocities, double slowest) {
    if (Tables.check("velocities", velocities) < 2) {
      throw new InputException("directions need velocities of at least two columns; columns=1");
    }
    int[] out = new int[velocities.length];
    for (int t = 0; t < out.length; t++) {
      double[] v = velocities[t];
      out[t] = Math.hypot(v[0], v[1]) < slowest ? -1 : of(v[0], v[1]);
    }
    return out;
  }
}
