package org.efferent.filters.task;

import java.util.List;

/**
 * Which target comes next. An implementation holds its own randomness and draws from it in {@link
 * #next} alone, so a seed and what was selected give a sequence.
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

  /**
   * Whether a place that was selected is as good as the cued one; only the cued one is, unless
   * several places mean the same.
   *
   * @param cued what the user was asked for
   * @param selected what was selected
   */
  default boolean fulfils(Target cued, Target selected) {
    return cued.equals(selected);
  }

  /**
   * Hears what was selected, right or wrong, before {@link #next} is asked; not of timeouts and
   * abandoned trials. Does nothing unless a sequence depends on it.
   *
   * @param place one of the {@link #choices}, or the cued one
   */
  default void selected(Target place) {}
}
