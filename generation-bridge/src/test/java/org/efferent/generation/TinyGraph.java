package org.efferent.generation;

import java.util.List;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.efferent.data.onnx.OnnxWriter;
import org.efferent.data.onnx.OnnxWriter.Attribute;
import org.efferent.data.onnx.OnnxWriter.Axis;

/** Small networks as ONNX files, of operator set 13. */
final class TinyGraph {
  private TinyGraph() {}

  static OnnxWriter graph() {
    return new OnnxWriter("tiny", 13);
  }

  /** Sizes of an input or output; those of −1 are free, named by what they belong to. */
  static Axis[] axes(String name, long... shape) {
    Axis[] axes = new Axis[shape.length];
    for (int axis = 0; axis < axes.length; axis++) {
      axes[axis] = shape[axis] < 0 ? Axis.free(name + axis) : Axis.of(shape[axis]);
    }
    return axes;
  }

  /** One operator of one input, {@code z}, and one output, {@code small}. */
  static byte[] one(String operator, TensorType type, long[] from, long[] to) {
    return graph()
        .node(operator, List.of("z"), "small")
        .input("z", type, axes("z", from))
        .output("small", type, axes("small", to))
        .bytes();
  }

  /**
   * Latents {@code z [? × 3 × ? × ?]} as they are, {@code small}, and each number as the first of 2
   * × 2, zeros else, {@code large}.
   */
  static byte[] decoder() {
    float[] first = new float[3 * 3 * 4];
    for (int c = 0; c < 3; c++) {
      first[(c * 3 + c) * 4] = 1;
    }
    return graph()
        .node("Identity", List.of("z"), "small")
        .node("ConvTranspose", List.of("z", "first"), "large", Attribute.list("strides", 2, 2))
        .constant("first", Tensor.of(first, 3, 3, 2, 2))
        .input("z", TensorType.F32, axes("z", -1, 3, -1, -1))
        .output("small", TensorType.F32, axes("small", -1, 3, -1, -1))
        .output("large", TensorType.F32, axes("large", -1, 3, -1, -1))
        .bytes();
  }

  /** Pictures {@code x [1 × 3 × ? × ?]} to means of 2 × 2 pixels, {@code z}. */
  static byte[] encoder() {
    return graph()
        .node(
            "AveragePool",
            List.of("x"),
            "z",
            Attribute.list("kernel_shape", 2, 2),
            Attribute.list("strides", 2, 2))
        .input("x", TensorType.F32, axes("x", 1, 3, -1, -1))
        .output("z", TensorType.F32, axes("z", 1, 3, -1, -1))
        .bytes();
  }

  /** A latent {@code z} and noise {@code n}, both {@code [1 × 3 × 2 × 2]}, to their sum. */
  static byte[] noisy() {
    return graph()
        .node("Add", List.of("z", "n"), "y")
        .input("z", TensorType.F32, axes("z", 1, 3, 2, 2))
        .input("n", TensorType.F32, axes("n", 1, 3, 2, 2))
        .output("y", TensorType.F32, axes("y", 1, 3, 2, 2))
        .bytes();
  }
}
