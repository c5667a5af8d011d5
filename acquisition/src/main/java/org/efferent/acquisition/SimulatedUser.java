package org.efferent.acquisition;

/**
 * A person who steers a cursor: sees it with a delay, wants to go straight to the target, and slows
 * down on arrival. A minimal feedback controller after Willett et al. 2019 (doi
 * 10.1038/s41598-019-44166-7): delay, direction to the target, piecewise-linear speed.
 *
 * <p>Positions: 1.0 is the shortest side of the screen, origin in its centre, y up.
 */
public final class SimulatedUser {
  private final double slowRadius;
  private final double[] seenX;
  private final double[] seenY;
  private int bins;

  /**
   * A user who has seen nothing yet.
   *
   * @param delayBins bins from what happens to what is seen, 0 or more
   * @param slowRadius distance to the target below which the user slows down
   */
  public SimulatedUser(int delayBins, double slowRadius) {
    if (delayBins < 0 || !(slowRadius > 0)) {
      throw new IllegalArgumentException(
          "delayBins must not be negative and slowRadius must be positive; delayBins="
              + delayBins
              + ", slowRadius="
              + slowRadius);
    }
    this.slowRadius = slowRadius;
    this.seenX = new double[delayBins + 1];
    this.seenY = new double[delayBins + 1];
  }

  /**
   * Looks at the cursor and says what the user now wants.
   *
   * @param cursorX where the cursor is
   * @param cursorY where the cursor is
   * @param targetX where it should go
   * @param targetY where it should go
   * @param velocity modified: {@code [2]}, intended velocity, at most 1 (the user's top speed)
   */
  public void intend(
      double cursorX, double cursorY, double targetX, double targetY, double[] velocity) {
    int slot = bins % seenX.length;
    seenX[slot] = cursorX;
    seenY[slot] = cursorY;
    bins++;
    int oldest = bins < seenX.length ? 0 : bins % seenX.length;
    double dx = targetX - seenX[oldest];
    double dy = targetY - seenY[oldest];
    double distance = Math.hypot(dx, dy);
    double speed = Math.min(1, distance / slowRadius);
    velocity[0] = distance == 0 ? 0 : speed * dx / distance;
    velocity[1] = distance == 0 ? 0 : speed * dy / distance;
  }
}
