package org.efferent.generation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes small networks as ONNX files, field by field (<a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>).
 */
final class TinyGraph {
  static final int FLOAT = 1;
  static final int DOUBLE = 11;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TinyGraph number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  private TinyGraph bytes(int field, byte[] content) {
    varint(((long) field << 3) | 2);
    varint(content.length);
    out.writeBytes(content);
    return this;
  }

  private TinyGraph text(int field, String text) {
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
    TinyGraph graph = new TinyGraph();
    nodes.forEach(node -> graph.bytes(1, node));
    graph.text(2, "tiny");
    constants.forEach(constant -> graph.bytes(5, constant));
    inputs.forEach(input -> graph.bytes(11, input));
    outputs.forEach(output -> graph.bytes(12, output));
    byte[] operators = new TinyGraph().text(1, "").number(2, 13).done();
    return new TinyGraph().number(1, 8).bytes(7, graph.done()).bytes(8, operators).done();
  }

  static byte[] node(String operator, List<String> inputs, String output, byte[]... attributes) {
    TinyGraph node = new TinyGraph();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(3, "make " + output).text(4, operator);
    for (byte[] attribute : attributes) {
      node.bytes(5, attribute);
    }
    return node.done();
  }

  static byte[] wholes(String name, long... values) {
    TinyGraph attribute = new TinyGraph().text(1, name);
    for (long value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, 7).done();
  }

  static byte[] floats(String name, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    TinyGraph tensor = new TinyGraph();
    for (long size : shape) {
      tensor.number(1, size);
    }
    return tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()).done();
  }

  /** An input or output; sizes of −1 are free. */
  static byte[] value(String name, int type, long... shape) {
    TinyGraph sizes = new TinyGraph();
    for (int axis = 0; axis < shape.length; axis++) {
      TinyGraph size = new TinyGraph();
      sizes.bytes(
          1, (shape[axis] < 0 ? size.text(2, name + axis) : size.number(1, shape[axis])).done());
    }
    byte[] tensor = new TinyGraph().number(1, type).bytes(2, sizes.done()).done();
    return new TinyGraph().text(1, name).bytes(2, new TinyGraph().bytes(1, tensor).done()).done();
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
    return model(
        List.of(
            node("Identity", List.of("z"), "small"),
            node("ConvTranspose", List.of("z", "first"), "large", wholes("strides", 2, 2))),
        List.of(floats("first", first, 3, 3, 2, 2)),
        List.of(value("z", FLOAT, -1, 3, -1, -1)),
        List.of(value("small", FLOAT, -1, 3, -1, -1), value("large", FLOAT, -1, 3, -1, -1)));
  }

  /** Pictures {@code x [1 × 3 × ? × ?]} to means of 2 × 2 pixels, {@code z}. */
  static byte[] encoder() {
    return model(
        List.of(
            node(
                "AveragePool",
                List.of("x"),
                "z",
                wholes("kernel_shape", 2, 2),
                wholes("strides", 2, 2))),
        List.of(),
        List.of(value("x", FLOAT, 1, 3, -1, -1)),
        List.of(value("z", FLOAT, 1, 3, -1, -1)));
  }

  /** A latent {@code z} and noise {@code n}, both {@code [1 × 3 × 2 × 2]}, to their sum. */
  static byte[] noisy() {
    return model(
        List.of(node("Add", List.of("z", "n"), "y")),
        List.of(),
        List.of(value("z", FLOAT, 1, 3, 2, 2), value("n", FLOAT, 1, 3, 2, 2)),
        List.of(value("y", FLOAT, 1, 3, 2, 2)));
  }
}
