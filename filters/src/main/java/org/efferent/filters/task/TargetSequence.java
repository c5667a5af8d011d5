package org.efferent.filters.task;

import java.util.List;

/**
 * Which target comes next. An implementation holds its own randomness and draws from it in {@link
 * #next} alone, so a seed gives a sequence.
 */
public interface TargetSequence {
  /**
   * The next target that the user is asked for.
   *
   * @param cursorX where the cursor is as the trial begins
   * @param cursorY where the cursor is as the trial begins
   * @return the target
   */
  Target next(double cursorX, double cursorY);

  /**
   * All places that can be selected, the cued one among them; empty where only the cued one can.
   * Does not change.
   */
  List<Target> choices();
}
