package org.efferent.generation;

import java.util.List;
import org.efferent.data.Tensor;

/** What computes one example at a time: a graph, or layers of our own. */
sealed interface Network extends AutoCloseable permits GraphNetwork, TaesdNetwork {
  /**
   * Computes one example.
   *
   * @param values row-major
   * @param shape sizes of it, the first of them 1
   * @param seed of what the network draws
   * @return its outputs in the configuration's order, 32-bit floats
   */
  List<Tensor> run(float[] values, long[] shape, long seed);

  /** Whether it draws random numbers. */
  boolean draws();

  /** What it takes and gives, for messages. */
  String signature();

  @Override
  void close();
}
