package org.efferent.acquisition.simulate;

/** Hears what a {@link SimulationRun} pushes, on its thread. */
@FunctionalInterface
public interface SimulationListener {
  /** Hears nothing. */
  SimulationListener NONE = (stream, stamp, values, offset) -> {};

  /**
   * A sample of numbers, after it was pushed.
   *
   * @param stream index in {@link Simulation#streams()}
   * @param stamp as it was pushed, seconds
   * @param values array that holds it; do not keep it
   * @param offset where in it the sample starts
   */
  void sample(int stream, double stamp, double[] values, int offset);
}
