package org.efferent.filters;

import org.efferent.core.Estimate;

/** A recursive filter behind a {@link CursorDecoder}: one thread, one step a bin. */
interface Engine {
  /** Takes one finite input row. */
  void step(double[] input);

  /** Starts anew; counters stay. */
  void reset();

  Estimate.Gaussian estimate();

  /** Steps at which a {@link FallbackPolicy} replaced the usual rule. */
  long fallbacks();

  /** Steps whose result was unusable and was replaced. */
  long repairs();
}
