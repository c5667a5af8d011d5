package org.efferent.acquisition;

/** Who gets the rows of a {@link Replay}, all on its thread. */
@FunctionalInterface
public interface ReplayTarget {
  /** Called once before the first row; the clock of the replay starts when it returns. */
  default void begin() throws InterruptedException {}

  /**
   * A row.
   *
   * @param stamp seconds
   * @param values array that holds it; do not keep it
   * @param offset where in it the row starts
   */
  void row(double stamp, double[] values, int offset);

  /**
   * A marker, before the first row that is not earlier.
   *
   * @param stamp seconds
   * @param label what happened
   */
  default void marker(double stamp, String label) {}

  /** Called once at the end, however it came about. */
  default void end() {}
}
