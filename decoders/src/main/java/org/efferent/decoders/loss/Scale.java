package org.efferent.decoders.loss;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Layers;

/** How the stored scalar of a loss becomes the factor of its scores. */
public enum Scale {
  /** eˣ; training keeps x at most ln 100. */
  EXP("exp"),
  /** log(1 + eˣ). */
  SOFTPLUS("softplus"),
  /** x itself. */
  RAW("raw");

  private final String word;

  Scale(String word) {
    this.word = word;
  }

  /** Its word in files. */
  public String word() {
    return word;
  }

  /**
   * By its word.
   *
   * @param word exp, softplus or raw
   * @return the scale
   */
  public static Scale of(String word) {
    return Arrays.stream(values())
        .filter(s -> s.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "scale must be exp, softplus or raw; scale='" + word + "'"));
  }

  /** Keeps a logarithm at most ln 100, as CLIP's training does. */
  static void limit(NDArray logarithm) {
    double excess = Compute.doubles(logarithm)[0] - Math.log(100);
    if (excess > 0) {
      Compute.withoutGradients(() -> logarithm.subi(excess));
    }
  }

  /** The factor. */
  NDArray apply(NDArray stored) {
    return switch (this) {
      case EXP -> stored.exp();
      case SOFTPLUS -> Layers.softplus(stored);
      case RAW -> stored;
    };
  }
}
