package org.efferent.viz;

/**
 * From decoded velocity to a place on the screen: p ← clamp(p + gain · v · Δt). The unit of
 * position is the shorter side of the workspace, its origin is the centre, y goes up. Used by one
 * thread.
 */
public final class CursorIntegrator {
  private final double gain;
  private final double halfWidth;
  private final double halfHeight;
  private double x;
  private double y;

  /**
   * A cursor in the centre.
   *
   * @param gain shorter sides a second for a decoded velocity of 1, more than 0
   * @param halfWidth the farthest x, more than 0; 0.5 for a square workspace
   * @param halfHeight the farthest y, more than 0
   */
  public CursorIntegrator(double gain, double halfWidth, double halfHeight) {
    if (!(gain > 0 && halfWidth > 0 && halfHeight > 0) || Double.isInfinite(gain)) {
      throw new IllegalArgumentException(
          "gain and workspace must be more than 0; gain="
              + gain
              + ", halfWidth="
              + halfWidth
              + ", halfHeight="
              + halfHeight);
    }
    this.gain = gain;
    this.halfWidth = halfWidth;
    this.halfHeight = halfHeight;
  }

  /**
   * Moves.
   *
   * @param vx decoded velocity to the right; what is not finite moves nothing
   * @param vy decoded velocity upwards
   * @param seconds since the step before; a negative one moves nothing
   */
  public void step(double vx, double vy, double seconds) {
    if (Double.isFinite(vx) && Double.isFinite(vy) && seconds > 0) {
      x = clamp(x + gain * vx * seconds, halfWidth);
      y = clamp(y + gain * vy * seconds, halfHeight);
    }
  }

  /** Back to the centre. */
  public void recentre() {
    x = 0;
    y = 0;
  }

  /** To the right of the centre, in shorter sides. */
  public double x() {
    return x;
  }

  /** Above the centre, in shorter sides. */
  public double y() {
    return y;
  }

  private static double clamp(double value, double bound) {
    return Math.max(-bound, Math.min(bound, value));
  }
}
