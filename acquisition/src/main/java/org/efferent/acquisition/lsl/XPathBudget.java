package org.efferent.acquisition.lsl;

/**
 * What the evaluation of a stranger's predicate may cost, in nodes looked at: without it a line of
 * nested predicates keeps a computer busy for years. One evaluation uses it.
 */
final class XPathBudget {
  /** Some ten milliseconds; a predicate on 1,000 described channels takes some ten thousand. */
  static final int STEPS = 250_000;

  /** Characters that cost as much as one node. */
  static final int CHARS_A_STEP = 16;

  private int left = STEPS;

  /** Pays for what is about to be done. */
  void spend(long steps) {
    left -= (int) Math.min(steps, STEPS + 1L);
    if (left < 0) {
      throw new XPathProblem("it takes more than " + STEPS + " steps");
    }
  }
}
