package org.efferent.retrieval.control;

import org.efferent.retrieval.evaluate.RetrievalFigures;
import org.efferent.retrieval.statistics.Interval;

/** What a control found. */
public sealed interface ControlResult {
  /** Which control. */
  String name();

  /**
   * A control that ran.
   *
   * @param name which control
   * @param figures what came out; of permuted labels the means over permutations
   * @param chance what random rankings score
   * @param top1 its interval
   * @param meanRelativeRank its interval
   * @param chanceInside whether chance lies in both
   * @param betterThanChance whether one of them lies wholly on the better side
   * @param note what was done, or what to do
   */
  record Ran(
      String name,
      RetrievalFigures figures,
      RetrievalFigures chance,
      Interval top1,
      Interval meanRelativeRank,
      boolean chanceInside,
      boolean betterThanChance,
      String note)
      implements ControlResult {}

  /**
   * A control that lacked something.
   *
   * @param name which control
   * @param why what it lacked
   */
  record NotRun(String name, String why) implements ControlResult {}
}
