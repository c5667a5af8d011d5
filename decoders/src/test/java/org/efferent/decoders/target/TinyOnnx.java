package org.efferent.decoders.target;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes small networks as ONNX files, field by field (<a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>).
 */
final class TinyOnnx {
  static final int FLOAT = 1;
  static final int INT64 = 7;
  static final int DOUBLE = 11;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TinyOnnx number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  private TinyOnnx bytes(int field, byte[] content) {
    varint(((long) field << 3) | 2);
    varint(content.length);
    out.writeBytes(content);
    return this;
  }

  private TinyOnnx text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  private void varint(long value) {
    long rest = value;
    for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
      out.write((int) ((rest & 0x7F) | 0x80));
    }
    out.write((int) rest);
  }

  private byte[] done() {
    return out.toByteArray();
  }

  /** A {@code ModelProto} of operator set 13. */
  static byte[] model(
      List<byte[]> nodes, List<byte[]> constants, List<byte[]> inputs, List<byte[]> outputs) {
    TinyOnnx graph = new TinyOnnx();
    nodes.forEach(node -> graph.bytes(1, node));
    graph.text(2, "tiny");
    constants.forEach(constant -> graph.bytes(5, constant));
    inputs.forEach(input -> graph.bytes(11, input));
    outputs.forEach(output -> graph.bytes(12, output));
    return new TinyOnnx()
        .number(1, 8)
        .bytes(7, graph.done())
        .bytes(8, new TinyOnnx().text(1, "").number(2, 13).done())
        .done();
  }

  static byte[] node(String operator, List<String> inputs, String output, byte[]... attributes) {
    TinyOnnx node = new TinyOnnx();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(3, "make " + output).text(4, operator);
    for (byte[] attribute : attributes) {
      node.bytes(5, attribute);
    }
    return node.done();
  }

  static byte[] whole(String name, long value) {
    return new TinyOnnx().text(1, name).number(3, value).number(20, 2).done();
  }

  static byte[] wholes(String name, long... values) {
    TinyOnnx attribute = new TinyOnnx().text(1, name);
    for (long value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, 7).done();
  }

  static byte[] floats(String name, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return constant(name, FLOAT, raw.array(), shape);
  }

  static byte[] longs(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return constant(name, INT64, raw.array(), values.length);
  }

  private static byte[] constant(String name, int type, byte[] raw, long... shape) {
    TinyOnnx tensor = new TinyOnnx();
    for (long size : shape) {
      tensor.number(1, size);
    }
    return tensor.number(2, type).text(8, name).bytes(9, raw).done();
  }

  /** An input or output; sizes of −1 are free. */
  static byte[] value(String name, int type, long... shape) {
    TinyOnnx sizes = new TinyOnnx();
    for (int axis = 0; axis < shape.length; axis++) {
      TinyOnnx size = new TinyOnnx();
      sizes.bytes(
          1, (shape[axis] < 0 ? size.text(2, name + axis) : size.number(1, shape[axis])).done());
    }
    byte[] tensor = new TinyOnnx().number(1, type).bytes(2, sizes.done()).done();
    return new TinyOnnx().text(1, name).bytes(2, new TinyOnnx().bytes(1, tensor).done()).done();
  }

  /**
   * Images {@code pixel_values [? × 3 × ? × ?]} to the mean of each channel, {@code means [? × 3]},
   * inside, and to {@code image_embeds [? × 2]}: red minus green, and twice the blue.
   */
  static byte[] imageMeans() {
    return model(
        List.of(
            node("GlobalAveragePool", List.of("pixel_values"), "pooled"),
            node("Flatten", List.of("pooled"), "means"),
            node("MatMul", List.of("means", "weight"), "image_embeds")),
        List.of(floats("weight", new float[] {1, 0, -1, 0, 0, 2}, 3, 2)),
        List.of(value("pixel_values", FLOAT, -1, 3, -1, -1)),
        List.of(value("image_embeds", FLOAT, -1, 2)));
  }

  /** Images {@code [1 × 1 × 2 × 2]}, grey, to their rows as two tokens, {@code [1 × 2 × 2]}. */
  static byte[] rowsAsTokens() {
    return model(
        List.of(node("Reshape", List.of("x", "sizes"), "last_hidden_state")),
        List.of(longs("sizes", 0, 2, 2)),
        List.of(value("x", FLOAT, 1, 1, 2, 2)),
        List.of(value("last_hidden_state", FLOAT, 1, 2, 2)));
  }

  /**
   * Audio {@code input_values [1 × ?]} to the mean of every 320 samples: times (1, −1) in {@code
   * layers.0}, inside, and three times that in {@code last_hidden_state [1 × ? × 2]}.
   */
  static byte[] audioMeans() {
    return model(
        List.of(
            node("Unsqueeze", List.of("input_values", "one"), "channel"),
            node(
                "AveragePool",
                List.of("channel"),
                "frames",
                wholes("kernel_shape", 320),
                wholes("strides", 320)),
            node("Transpose", List.of("frames"), "turned", wholes("perm", 0, 2, 1)),
            node("MatMul", List.of("turned", "weight"), "layers.0"),
            node("Mul", List.of("layers.0", "three"), "last_hidden_state")),
        List.of(
            longs("one", 1),
            floats("weight", new float[] {1, -1}, 1, 2),
            floats("three", new float[] {3}, 1)),
        List.of(value("input_values", FLOAT, 1, -1)),
        List.of(value("last_hidden_state", FLOAT, 1, -1, 2)));
  }

  /** Whisper's spectrogram {@code [1 × 80 × 3000]} to the mean of every two frames. */
  static byte[] whisperMeans() {
    return model(
        List.of(
            node(
                "AveragePool",
                List.of("input_features"),
                "frames",
                wholes("kernel_shape", 2),
                wholes("strides", 2)),
            node("Transpose", List.of("frames"), "last_hidden_state", wholes("perm", 0, 2, 1))),
        List.of(),
        List.of(value("input_features", FLOAT, 1, 80, 3000)),
        List.of(value("last_hidden_state", FLOAT, 1, 1500, 80)));
  }
}
