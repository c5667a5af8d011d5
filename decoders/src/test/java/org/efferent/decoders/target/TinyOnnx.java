package org.efferent.decoders.target;

import java.util.List;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;
import org.efferent.data.onnx.OnnxWriter;
import org.efferent.data.onnx.OnnxWriter.Attribute;
import org.efferent.data.onnx.OnnxWriter.Axis;

/** Small networks as ONNX files, of operator set 13. */
final class TinyOnnx {
  private TinyOnnx() {}

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

  /**
   * Images {@code pixel_values [? × 3 × ? × ?]} to the mean of each channel, {@code means [? × 3]},
   * inside, and to {@code image_embeds [? × 2]}: red minus green, and twice the blue.
   */
  static byte[] imageMeans() {
    return graph()
        .node("GlobalAveragePool", List.of("pixel_values"), "pooled")
        .node("Flatten", List.of("pooled"), "means")
        .node("MatMul", List.of("means", "weight"), "image_embeds")
        .constant("weight", Tensor.of(new float[] {1, 0, -1, 0, 0, 2}, 3, 2))
        .input("pixel_values", TensorType.F32, axes("pixel_values", -1, 3, -1, -1))
        .output("image_embeds", TensorType.F32, axes("image_embeds", -1, 2))
        .bytes();
  }

  /** Images {@code [1 × 1 × 2 × 2]}, grey, to their rows as two tokens, {@code [1 × 2 × 2]}. */
  static byte[] rowsAsTokens() {
    return graph()
        .node("Reshape", List.of("x", "sizes"), "last_hidden_state")
        .constant("sizes", Tensor.of(new long[] {0, 2, 2}, 3))
        .input("x", TensorType.F32, axes("x", 1, 1, 2, 2))
        .output("last_hidden_state", TensorType.F32, axes("last_hidden_state", 1, 2, 2))
        .bytes();
  }

  /**
   * Audio {@code input_values [1 × ?]} to the mean of every 320 samples: times (1, −1) in {@code
   * layers.0}, inside, and three times that in {@code last_hidden_state [1 × ? × 2]}.
   */
  static byte[] audioMeans() {
    return graph()
        .node("Unsqueeze", List.of("input_values", "one"), "channel")
        .node(
            "AveragePool",
            List.of("channel"),
            "frames",
            Attribute.list("kernel_shape", 320),
            Attribute.list("strides", 320))
        .node("Transpose", List.of("frames"), "turned", Attribute.list("perm", 0, 2, 1))
        .node("MatMul", List.of("turned", "weight"), "layers.0")
        .node("Mul", List.of("layers.0", "three"), "last_hidden_state")
        .constant("one", Tensor.of(new long[] {1}, 1))
        .constant("weight", Tensor.of(new float[] {1, -1}, 1, 2))
        .constant("three", Tensor.of(new float[] {3}, 1))
        .input("input_values", TensorType.F32, axes("input_values", 1, -1))
        .output("last_hidden_state", TensorType.F32, axes("last_hidden_state", 1, -1, 2))
        .bytes();
  }

  /** Whisper's spectrogram {@code [1 × 80 × 3000]} to the mean of every two frames. */
  static byte[] whisperMeans() {
    return graph()
        .node(
            "AveragePool",
            List.of("input_features"),
            "frames",
            Attribute.list("kernel_shape", 2),
            Attribute.list("strides", 2))
        .node("Transpose", List.of("frames"), "last_hidden_state", Attribute.list("perm", 0, 2, 1))
        .input("input_features", TensorType.F32, axes("input_features", 1, 80, 3000))
        .output("last_hidden_state", TensorType.F32, axes("last_hidden_state", 1, 1500, 80))
        .bytes();
  }
}
