package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.efferent.decoders.nn.Initial;
import org.efferent.decoders.nn.Layers;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/** What follows the convolutions, sample by sample. */
public enum Head {
  /** Convolution to twice the width, activation, transposed convolution; kernels of one. */
  TWO_LAYER("two-layer-pointwise"),
  /** Transposed convolution with a kernel of one. */
  POINTWISE("pointwise"),
  /** Nothing. */
  NONE("none");

  private final String word;

  Head(String word) {
    this.word = word;
  }

  /** Its word in files. */
  public String word() {
    return word;
  }

  static Head of(OptionReader in, String otherwise) {
    String given = in.word("head", otherwise);
    for (Head head : values()) {
      if (given.equals(head.word) || given.startsWith(head.word + " ")) {
        return head;
      }
    }
    throw in.wrong("head", "two-layer-pointwise, pointwise or none");
  }

  List<WeightSpec> weights(int width, int out) {
    List<WeightSpec> specs = new ArrayList<>();
    if (this == TWO_LAYER) {
      specs.addAll(WeightSpec.layer("final.0", 2L * width, width, 2L * width, width, 1));
      specs.addAll(transposed("final.2", 2L * width, out));
    } else if (this == POINTWISE) {
      specs.addAll(transposed("final", width, out));
    }
    return specs;
  }

  /** By PyTorch's rule a transposed convolution's fan-in is its outputs. */
  private static List<WeightSpec> transposed(String name, long in, long out) {
    return List.of(
        WeightSpec.parameter(name + ".weight", Initial.fanIn(out), in, out, 1),
        WeightSpec.parameter(name + ".bias", Initial.fanIn(out), out));
  }

  NDArray apply(NDArray x, Weights weights, Activation activation, Pass pass) {
    return switch (this) {
      case TWO_LAYER -> {
        NDArray y = Layers.conv1d(x, weights, "final.0", 0, 0, 1);
        y = pass.then(y, activation.apply(y));
        yield pass.then(y, Layers.transposedPointwise(y, weights, "final.2"));
      }
      case POINTWISE -> Layers.transposedPointwise(x, weights, "final");
      case NONE -> x;
    };
  }
}
