package org.efferent.filters;

import org.efferent.core.Estimate;

/** A recursive filter behind a {@link CursorDecoder}: one thread, one step a bin. */
interface Engine {
  /** Takes one finite input row. */
  void step(double[] input);

  /** Starts anew; counters stay. */
  void reset();

  Estimate.Gaussian estimate();

  /**
   * What the last step's regression said of the state before the state model had its say, N(f(x),
   * Q(x)); null for an engine without one.
   */
  default Estimate.Gaussian regression() {
    return null;
  }

  /** Whether {@link #position} has an effect. */
  default boolean usesPosition() {
    return false;
  }

  /** Says where the cursor stands before the next step. */
  default void position(double[] position) {}

  /** Steps at which a {@link FallbackPolicy} replaced the usual rule. */
  long fallbacks();

  /** Steps whose result was unusable and was replaced. */
  long repairs();
}
