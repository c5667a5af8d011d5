package org.efferent.data.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.efferent.data.AtomicFile;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;

/**
 * Writes a graph as an ONNX file, field by field (<a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>): networks that are
 * trained here, and small ones for tests. Whether operators fit together is not checked: ONNX
 * Runtime does that when it loads the file. The graph is held in memory, so it stays far below the
 * 2 GB that a file of protocol buffers may have. Used by one thread. Longer than 300 lines, most of
 * them documentation, so that the one class is the whole writer.
 *
 * <pre>{@code
 * new OnnxWriter("double it", 13)
 *     .constant("two", Tensor.of(new float[] {2}))
 *     .input("x", TensorType.F32, Axis.free("n"), Axis.of(3))
 *     .node("Mul", List.of("x", "two"), "y")
 *     .output("y", TensorType.F32, Axis.free("n"), Axis.of(3))
 *     .write(file, false);
 * }</pre>
 */
public final class OnnxWriter {
  /** The version of the file format; ONNX 1.10 to 1.12 wrote it, all since then read it. */
  private static final int FORMAT = 8;

  private final String name;
  private final int opset;
  private final List<ProtoBytes> nodes = new ArrayList<>();
  private final List<ProtoBytes> constants = new ArrayList<>();
  private final List<ProtoBytes> inputs = new ArrayList<>();
  private final List<ProtoBytes> outputs = new ArrayList<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Set<String> made = new HashSet<>();
  private String producer = "";
  private String producerVersion = "";
  private String doc = "";

  /**
   * One axis of an input or an output.
   *
   * @param size at least 0; −1 where any size will do
   * @param name of a free axis, the same name for axes that are always equal; empty for a fixed one
   */
  public record Axis(long size, String name) {
    /** Checks the values. */
    public Axis {
      if (size < -1 || (size == -1) == name.isEmpty()) {
        throw new IllegalArgumentException(
            "an axis has a size of 0 at least, or −1 and a name; size=%d, name='%s'"
                .formatted(size, name));
      }
    }

    /** An axis of a fixed size. */
    public static Axis of(long size) {
      return new Axis(size, "");
    }

    /** An axis of any size. */
    public static Axis free(String name) {
      return new Axis(-1, name);
    }
  }

  /** A setting of an operator, such as the strides of a convolution. */
  public static final class Attribute {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int TENSOR = 4;
    private static final int INTS = 7;

    private final ProtoBytes message;

    private Attribute(ProtoBytes message, int type) {
      this.message = message.number(20, type);
    }

    /** A whole number. */
    public static Attribute of(String name, long value) {
      return new Attribute(new ProtoBytes().text(1, name).number(3, value), INT);
    }

    /** A list of whole numbers. */
    public static Attribute list(String name, long... values) {
      ProtoBytes message = new ProtoBytes().text(1, name);
      LongStream.of(values).forEach(value -> message.number(8, value));
      return new Attribute(message, INTS);
    }

    /** A number. */
    public static Attribute of(String name, float value) {
      return new Attribute(new ProtoBytes().text(1, name).real(2, value), FLOAT);
    }

    /** A word. */
    public static Attribute of(String name, String value) {
      return new Attribute(new ProtoBytes().text(1, name).text(4, value), STRING);
    }

    /** An array. */
    public static Attribute of(String name, Tensor value) {
      return new Attribute(new ProtoBytes().text(1, name).message(5, tensor("", value)), TENSOR);
    }
  }

  /**
   * An empty graph.
   *
   * @param name of the graph, not empty
   * @param opset version of ONNX's operators, at least 1
   */
  public OnnxWriter(String name, int opset) {
    if (name.isBlank() || opset < 1) {
      throw new IllegalArgumentException(
          "a graph must have a name and an opset of at least 1; name='%s', opset=%d"
              .formatted(name, opset));
    }
    this.name = name;
    this.opset = opset;
  }

  /**
   * Who made it.
   *
   * @param program its name
   * @param version its version
   * @return this
   */
  public OnnxWriter producer(String program, String version) {
    producer = Objects.requireNonNull(program, "program");
    producerVersion = Objects.requireNonNull(version, "version");
    return this;
  }

  /**
   * What it is, for people.
   *
   * @param text of any length
   * @return this
   */
  public OnnxWriter doc(String text) {
    doc = Objects.requireNonNull(text, "text");
    return this;
  }

  /**
   * A word about it by a key, such as its licence.
   *
   * @param key a new one, or one to be replaced
   * @param value the word
   * @return this
   */
  public OnnxWriter metadata(String key, String value) {
    metadata.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
    return this;
  }

  /**
   * An operator of one output.
   *
   * @param operator such as {@code MatMul}
   * @param from names of what goes in; empty for an optional input that is left out
   * @param to name of what comes out, new in the graph
   * @param attributes its settings
   * @return this
   */
  public OnnxWriter node(String operator, List<String> from, String to, Attribute... attributes) {
    return node(operator, from, List.of(to), attributes);
  }

  /**
   * An operator. Operators come in an order in which each finds what goes in.
   *
   * @param operator such as {@code Split}
   * @param from names of what goes in; empty for an optional input that is left out
   * @param to names of what comes out, one at least, new in the graph
   * @param attributes its settings
   * @return this
   */
  public OnnxWriter node(
      String operator, List<String> from, List<String> to, Attribute... attributes) {
    ProtoBytes node = new ProtoBytes();
    from.forEach(input -> node.text(1, input));
    to.forEach(output -> node.text(2, fresh(output)));
    node.text(3, "make " + to.get(0)).text(4, operator);
    for (Attribute attribute : attributes) {
      node.message(5, attribute.message);
    }
    nodes.add(node);
    return this;
  }

  /**
   * An array that is part of the graph, such as weights.
   *
   * @param constant its name, new in the graph
   * @param values its elements
   * @return this
   */
  public OnnxWriter constant(String constant, Tensor values) {
    constants.add(tensor(fresh(constant), values));
    return this;
  }

  /**
   * An input.
   *
   * @param input its name, new in the graph
   * @param type of its elements
   * @param axes slowest first; none for a scalar
   * @return this
   */
  public OnnxWriter input(String input, TensorType type, Axis... axes) {
    inputs.add(value(fresh(input), type, axes));
    return this;
  }

  /**
   * An output.
   *
   * @param output name of what an operator makes
   * @param type of its elements
   * @param axes slowest first; none for a scalar
   * @return this
   */
  public OnnxWriter output(String output, TensorType type, Axis... axes) {
    outputs.add(value(output, type, axes));
    return this;
  }

  /** The file's content: a {@code ModelProto}. */
  public byte[] bytes() {
    ProtoBytes graph = new ProtoBytes();
    nodes.forEach(node -> graph.message(1, node));
    graph.text(2, name);
    constants.forEach(constant -> graph.message(5, constant));
    inputs.forEach(input -> graph.message(11, input));
    outputs.forEach(output -> graph.message(12, output));
    ProtoBytes model = new ProtoBytes().number(1, FORMAT);
    if (!producer.isEmpty()) {
      model.text(2, producer).text(3, producerVersion);
    }
    if (!doc.isEmpty()) {
      model.text(6, doc);
    }
    // The operators of ONNX itself have the empty domain.
    model.message(7, graph).message(8, new ProtoBytes().text(1, "").number(2, opset));
    metadata.forEach((key, word) -> model.message(14, new ProtoBytes().text(1, key).text(2, word)));
    return model.done();
  }

  /**
   * Writes the file, whole or not at all.
   *
   * @param file where it goes
   * @param overwrite whether an existing file may be replaced
   * @throws org.efferent.core.UsageException if the file exists and may not be replaced, or the
   *     place refuses it
   */
  public void write(Path file, boolean overwrite) {
    byte[] content = bytes();
    AtomicFile.write(file, overwrite, out -> out.write(content));
  }

  /** A name that nothing else in the graph has; each tensor is made once (ONNX, SSA form). */
  private String fresh(String tensor) {
    if (tensor.isEmpty() || !made.add(tensor)) {
      throw new IllegalArgumentException(
          "a tensor must have a name that no other has; name='" + tensor + "'");
    }
    return tensor;
  }

  /** A {@code TensorProto}, its elements as raw bytes. */
  private static ProtoBytes tensor(String name, Tensor values) {
    ProtoBytes tensor = new ProtoBytes();
    LongStream.of(values.shape()).forEach(size -> tensor.number(1, size));
    return tensor.number(2, code(values.type())).text(8, name).bytes(9, values.bytes());
  }

  /** A {@code ValueInfoProto}. */
  private static ProtoBytes value(String name, TensorType type, Axis... axes) {
    ProtoBytes shape = new ProtoBytes();
    for (Axis axis : axes) {
      ProtoBytes dimension = new ProtoBytes();
      shape.message(
          1, axis.size() < 0 ? dimension.text(2, axis.name()) : dimension.number(1, axis.size()));
    }
    ProtoBytes tensor = new ProtoBytes().number(1, code(type)).message(2, shape);
    return new ProtoBytes().text(1, name).message(2, new ProtoBytes().message(1, tensor));
  }

  /** {@code TensorProto.DataType}. */
  private static int code(TensorType type) {
    return switch (type) {
      case F32 -> 1;
      case U8 -> 2;
      case I8 -> 3;
      case I16 -> 5;
      case I32 -> 6;
      case I64 -> 7;
      case BOOL -> 9;
      case F16 -> 10;
      case F64 -> 11;
      case BF16 -> 16;
    };
  }
}
