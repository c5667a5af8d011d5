package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import org.efferent.decoders.nn.Layers;

/** What follows a layer. */
public enum Activation {
  /** x/2 (1 + erf(x/√2)). */
  GELU("gelu-erf"),
  /** max(x, 0). */
  RELU("relu");

  private final String word;

  Activation(String word) {
    this.word = word;
  }

  /** Its word in files. */
  public String word() {
    return word;
  }

  /** The values after it. */
  NDArray apply(NDArray x) {
    return switch (this) {
      case GELU -> Layers.gelu(x);
      case RELU -> Layers.relu(x);
    };
  }
}
