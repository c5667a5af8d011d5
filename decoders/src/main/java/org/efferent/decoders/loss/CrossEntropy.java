package org.efferent.decoders.loss;

import ai.djl.ndarray.NDArray;
import org.efferent.decoders.nn.Layers;

/** The loss of a network that tells classes apart. */
public final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * Mean over examples of {@code logsumexp_k l_ik − l_iy}, y the class of example i.
   *
   * @param logits l, {@code [n × classes]}
   * @param oneHot 1 at each example's class and 0 elsewhere, {@code [n × classes]}
   * @return a scalar, natural logarithm
   */
  public static NDArray of(NDArray logits, NDArray oneHot) {
    if (logits.getShape().dimension() != 2 || !logits.getShape().equals(oneHot.getShape())) {
      throw new IllegalArgumentException(
          "logits and classes must both be [n × classes]; logits=%s, classes=%s"
              .formatted(logits.getShape(), oneHot.getShape()));
    }
    return Layers.times(logits.logSoftmax(1).mul(oneHot).sum(), -1.0 / logits.getShape().get(0));
  }
}
