package org.efferent.acquisition;

/**
 * A person who steers a cursor: reacts to a new target and sees the cursor with a delay, wants to
 * go straight to the target, and slows down on arrival. A feedback controller after Willett et al.
 * 2017 and 2019 (doi 10.1088/1741-2552/aa5990, 10.1038/s41598-019-44166-7): delay, an internal
 * model that predicts the cursor over the delay from the commands given since, direction to the
 * target, piecewise-linear speed.
 *
 * <p>Positions in any one unit, y up. Used by one thread.
 */
public final class SimulatedUser {
  private final double slowRadius;
  private final double step;
  private final double follow;
  private final boolean forwardModel;
  private final double[] seenX;
  private final double[] seenY;
  private final double[] movedX;
  private final double[] movedY;
  private final double[] shownX;
  private final double[] shownY;
  private double believedX;
  private double believedY;
  private int bins;

  /**
   * A user without reaction time and forward model who has seen nothing yet.
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
    forwardModel = false;
    step = 0;
    follow = 1;
    seenX = new double[delayBins + 1];
    seenY = new double[delayBins + 1];
    movedX = new double[delayBins + 1];
    movedY = new double[delayBins + 1];
    shownX = new double[1];
    shownY = new double[1];
  }

  /**
   * A user who has seen nothing yet.
   *
   * @param options how the user sees and steers
   * @param binSeconds length of a bin, seconds
   */
  public SimulatedUser(UserOptions options, double binSeconds) {
    slowRadius = options.slowRadius();
    forwardModel = options.forwardModel();
    step = options.topSpeed() * binSeconds;
    follow =
        options.internalLagSeconds() == 0
            ? 1
            : 1 - Math.exp(-binSeconds / options.internalLagSeconds());
    int delay = (int) Math.round(options.visualDelaySeconds() / binSeconds);
    int reaction = (int) Math.round(options.reactionSeconds() / binSeconds);
    seenX = new double[delay + 1];
    seenY = new double[delay + 1];
    movedX = new double[delay + 1];
    movedY = new double[delay + 1];
    shownX = new double[reaction + 1];
    shownY = new double[reaction + 1];
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
    int shown = bins % shownX.length;
    shownX[shown] = targetX;
    shownY[shown] = targetY;
    bins++;
    int oldest = bins < seenX.length ? 0 : bins % seenX.length;
    int known = bins < shownX.length ? 0 : bins % shownX.length;
    double x = seenX[oldest];
    double y = seenY[oldest];
    if (forwardModel) {
      // What was commanded in the bins whose effect is not seen yet.
      for (int i = 0; i < movedX.length; i++) {
        x += i == slot ? 0 : movedX[i];
        y += i == slot ? 0 : movedY[i];
      }
    }
    double dx = shownX[known] - x;
    double dy = shownY[known] - y;
    double distance = Math.hypot(dx, dy);
    double speed = Math.min(1, distance / slowRadius);
    velocity[0] = distance == 0 ? 0 : speed * dx / distance;
    velocity[1] = distance == 0 ? 0 : speed * dy / distance;
    believedX += follow * (velocity[0] - believedX);
    believedY += follow * (velocity[1] - believedY);
    movedX[slot] = believedX * step;
    movedY[slot] = believedY * step;
  }
}
