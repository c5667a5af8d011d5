package org.efferent.filters.click;

import org.efferent.core.UsageException;

/**
 * Holds the cursor while a click is likely, so that the effort of a click does not push it off its
 * target: the velocity is left alone up to a posterior, zero from another, and falls linearly
 * between.
 *
 * @param from posterior up to which nothing changes, 0 or more
 * @param to posterior from which the cursor stands, above from, at most 1
 */
public record ClickGate(double from, double to) {
  /** Checks the order. */
  public ClickGate {
    if (!(from >= 0 && to > from && to <= 1)) {
      throw new UsageException("a gate needs 0 ≤ from < to ≤ 1; from=" + from + ", to=" + to);
    }
  }

  /**
   * The factor of the velocity.
   *
   * @param posterior probability of a click, 0 to 1
   * @return 1 to 0
   */
  public double factor(double posterior) {
    return Math.max(0, Math.min(1, (to - posterior) / (to - from)));
  }

  /**
   * Gates one velocity in place.
   *
   * @param velocity {@code [d]}, modified
   * @param posterior probability of a click, 0 to 1
   */
  public void apply(double[] velocity, double posterior) {
    double factor = factor(posterior);
    for (int i = 0; i < velocity.length; i++) {
      velocity[i] *= factor;
    }
  }
}
