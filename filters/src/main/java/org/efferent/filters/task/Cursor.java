package org.efferent.filters.task;

import org.efferent.core.UsageException;

/** A point that moves with a velocity within a square, whose edges it slides along. */
public final class Cursor {
  private final double edge;
  private double x;
  private double y;

  /**
   * A cursor in the centre.
   *
   * @param edge greatest size of x and of y
   */
  public Cursor(double edge) {
    if (!(edge > 0)) {
      throw new UsageException("the cursor needs room; edge=" + edge);
    }
    this.edge = edge;
  }

  /**
   * Moves.
   *
   * @param vx velocity to the right, lengths a second; not finite counts as 0
   * @param vy velocity upwards
   * @param seconds for how long
   */
  public void move(double vx, double vy, double seconds) {
    place(
        x + (Double.isFinite(vx) ? vx * seconds : 0), y + (Double.isFinite(vy) ? vy * seconds : 0));
  }

  /** Puts the cursor somewhere, within its square. */
  public void place(double toX, double toY) {
    x = Math.max(-edge, Math.min(edge, toX));
    y = Math.max(-edge, Math.min(edge, toY));
  }

  /** To the right of the centre. */
  public double x() {
    return x;
  }

  /** Above the centre. */
  public double y() {
    return y;
  }
}
