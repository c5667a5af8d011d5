package org.efferent.filters.loop;

import java.util.function.LongFunction;
import org.efferent.core.UsageException;
import org.efferent.filters.task.TargetSequence;
import org.efferent.filters.task.TaskOptions;

/**
 * What is played on the screen.
 *
 * @param task when a target counts as selected
 * @param sequences targets by seed
 * @param edge greatest size of the cursor's x and y
 * @param topSpeed of the cursor where the user wants all of theirs, lengths a second
 */
public record LoopSetup(
    TaskOptions task, LongFunction<TargetSequence> sequences, double edge, double topSpeed) {
  /** Checks the numbers. */
  public LoopSetup {
    if (!(edge > 0) || !(topSpeed > 0)) {
      throw new UsageException(
          "the screen needs an edge and a top speed above 0; edge="
              + edge
              + ", topSpeed="
              + topSpeed);
    }
  }

  /** Targets of a seed, at their start. */
  TargetSequence targets(long seed) {
    return sequences.apply(seed);
  }
}
