package org.efferent.decoders.loss;

import ai.djl.ndarray.NDArray;

/** Rows of numbers. */
final class Flat {
  private Flat() {}

  /** {@code [n × …]} to {@code [n × width]}. */
  static NDArray rows(NDArray x) {
    return x.getShape().dimension() == 2 ? x : x.reshape(x.getShape().get(0), -1);
  }

  /** Lengths of rows, {@code [n]}; the length of a row of zeros has the gradient 0. */
  static NDArray lengths(NDArray rows) {
    return rows.norm(2, new int[] {1}, false);
  }
}
