package org.efferent.filters.features;

/**
 * Features of one bin after the other: the state that streams. It is started by a {@link
 * FeatureModel}, sees every row of a stream once, in order, and is used by one thread.
 */
@FunctionalInterface
public interface BinFeatures {
  /**
   * Takes the rows of the next bin.
   *
   * @param rows {@code [count × channels]}, row-major, not modified; what was lost is NaN
   * @param count rows, at least 1
   * @param into where the features go; NaN where nothing is known of one
   * @param at where in {@code into} the first goes
   */
  void bin(double[] rows, int count, double[] into, int at);

  /** Forgets all that came before. */
  default void reset() {}
}
