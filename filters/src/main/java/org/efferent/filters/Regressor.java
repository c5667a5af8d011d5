package org.efferent.filters;

/**
 * A learned function from features to a state. An instance owns its scratch memory and is used by
 * one thread; prediction allocates nothing.
 */
public interface Regressor {
  /** Features that {@link #predict} reads. */
  int inputs();

  /** Values that {@link #predict} writes. */
  int outputs();

  /**
   * Predicts.
   *
   * @param x {@code [inputs]}, finite and at most 1e100 in size; not modified
   * @param out {@code [outputs]}, overwritten with finite values
   */
  void predict(double[] x, double[] out);
}
