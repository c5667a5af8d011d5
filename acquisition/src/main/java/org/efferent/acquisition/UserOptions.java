package org.efferent.acquisition;

import org.efferent.core.UsageException;

/**
 * How a {@link SimulatedUser} sees and steers. Lengths in any one unit, centimetres by default.
 *
 * @param reactionSeconds from the appearance of a target to the first intention towards it
 * @param visualDelaySeconds from a movement of the cursor to its being seen
 * @param topSpeed the greatest intended speed, lengths a second
 * @param slowRadius distance to the target below which the intended speed falls in proportion
 * @param forwardModel whether the user predicts the cursor over the visual delay from the commands
 *     that they believe they gave
 * @param internalLagSeconds time constant with which the user believes the cursor to follow a
 *     command; 0 for at once
 */
public record UserOptions(
    double reactionSeconds,
    double visualDelaySeconds,
    double topSpeed,
    double slowRadius,
    boolean forwardModel,
    double internalLagSeconds) {

  /**
   * Reaction and visual delay of 0.2 s, 15 cm/s, slower below 4 cm, with a forward model in which
   * the cursor follows a command with a lag of 0.15 s.
   */
  public static final UserOptions DEFAULTS = new UserOptions(0.2, 0.2, 15, 4, true, 0.15);

  /** Checks the ranges. */
  public UserOptions {
    if (!(reactionSeconds >= 0 && visualDelaySeconds >= 0 && internalLagSeconds >= 0)
        || !(reactionSeconds + visualDelaySeconds + internalLagSeconds <= 60)) {
      throw new UsageException(
          "the user's delays must lie in 0 to 60 s; reactionSeconds="
              + reactionSeconds
              + ", visualDelaySeconds="
              + visualDelaySeconds
              + ", internalLagSeconds="
              + internalLagSeconds);
    }
    if (!(topSpeed > 0 && slowRadius > 0 && topSpeed + slowRadius < Double.POSITIVE_INFINITY)) {
      throw new UsageException(
          "topSpeed and slowRadius must be positive; topSpeed="
              + topSpeed
              + ", slowRadius="
              + slowRadius);
    }
  }
}
