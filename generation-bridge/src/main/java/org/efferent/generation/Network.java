package org.efferent.generation;

import java.util.List;

/** What computes one example at a time: a graph, layers of our own, or a program of PyTorch. */
sealed interface Network extends AutoCloseable
    permits GraphNetwork, TaesdNetwork, TorchScriptNetwork {
  /**
   * Computes one example.
   *
   * @param values row-major
   * @param shape sizes of it, the first of them 1
   * @param seed of what the network draws
   * @return its outputs in the configuration's order
   */
  List<Values> run(float[] values, long[] shape, long seed);

  /** Whether it draws random numbers. */
  boolean draws();

  /** What it takes and gives, for messages. */
  String signature();

  @Override
  void close();
}
