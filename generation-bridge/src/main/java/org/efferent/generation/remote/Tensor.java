package org.efferent.generation.remote;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.InputException;

/** A named array of an inference request or its answer, row-major. Immutable. */
public final class Tensor {
  private final String name;
  private final DataType type;
  private final List<Long> shape;
  private final Numbers values;
  private final List<byte[]> bytes;

  private Tensor(String name, DataType type, List<Long> shape, Numbers values, List<byte[]> bytes) {
    this.name = name;
    this.type = type;
    this.shape = List.copyOf(shape);
    this.values = values;
    this.bytes = bytes;
    int held = type == DataType.BYTES ? bytes.size() : values.length();
    if (held != count(name, shape)) {
      throw new InputException(
          "tensor '%s' must have as many values as its shape; shape=%s, values=%d"
              .formatted(name, shape, held));
    }
  }

  /** Values that a shape asks for; -1 where it is none. */
  private static long count(String name, List<Long> shape) {
    long count = 1;
    try {
      for (long size : shape) {
        count = size < 0 ? -1 : Math.multiplyExact(count, size);
        if (count < 0) {
          throw new ArithmeticException();
        }
      }
    } catch (ArithmeticException e) {
      throw new InputException(
          "tensor '%s' must have sizes of at least 0 that fit into memory; shape=%s"
              .formatted(name, shape),
          e);
    }
    return count;
  }

  /**
   * Numbers.
   *
   * @param name of the tensor
   * @param type any but BYTES
   * @param shape sizes, the slowest first
   * @param values row-major, finite, each of the type; copied
   * @return the tensor
   * @throws InputException if numbers and shape differ, or a value is not of the type
   */
  public static Tensor ofNumbers(String name, DataType type, List<Long> shape, double[] values) {
    if (type == DataType.BYTES) {
      throw new IllegalArgumentException("strings are no numbers; use ofBytes; name=" + name);
    }
    // Before they are narrowed, so that the message has the number as it was.
    int wrong = new Numbers.Doubles(values).notOf(type);
    if (wrong >= 0) {
      throw notOfType(name, type, wrong, values[wrong]);
    }
    return new Tensor(name, type, shape, numbers(type, values), List.of());
  }

  private static Numbers numbers(DataType type, double[] values) {
    switch (type) {
      case UINT8 -> {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (int) values[i];
        }
        return new Numbers.Bytes(bytes);
      }
      case FP16, FP32 -> {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) values[i];
        }
        return new Numbers.Floats(floats);
      }
      default -> {
        return new Numbers.Doubles(values.clone());
      }
    }
  }

  /** Numbers that belong to the tensor from now on, in the array that the type needs. */
  static Tensor owning(String name, DataType type, List<Long> shape, Numbers values) {
    int wrong = values.notOf(type);
    if (wrong >= 0) {
      throw notOfType(name, type, wrong, values.get(wrong));
    }
    return new Tensor(name, type, shape, values, List.of());
  }

  private static InputException notOfType(String name, DataType type, int index, double value) {
    return new InputException(
        "values of tensor '%s' must be finite %s; values[%d]=%s"
            .formatted(name, type, index, value));
  }

  /**
   * Numbers of 32 bits, such as an embedding.
   *
   * @param name of the tensor
   * @param shape sizes, the slowest first
   * @param values row-major, finite
   * @return an FP32 tensor
   * @throws InputException if numbers and shape differ, or a value is not finite
   */
  public static Tensor ofFloats(String name, List<Long> shape, float[] values) {
    return owning(name, DataType.FP32, shape, new Numbers.Floats(values.clone()));
  }

  /**
   * Strings of bytes.
   *
   * @param name of the tensor
   * @param shape sizes, the slowest first
   * @param strings row-major; copied
   * @return a BYTES tensor
   * @throws InputException if numbers and shape differ
   */
  public static Tensor ofBytes(String name, List<Long> shape, List<byte[]> strings) {
    return new Tensor(
        name,
        DataType.BYTES,
        shape,
        new Numbers.Doubles(new double[0]),
        strings.stream().map(byte[]::clone).toList());
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its type. */
  public DataType type() {
    return type;
  }

  /** Its sizes, the slowest first. */
  public List<Long> shape() {
    return shape;
  }

  /** A copy of its numbers, row-major; none if it holds strings. */
  public double[] values() {
    return values.doubles();
  }

  /** A copy of its numbers as floats, row-major; none if it holds strings. */
  public float[] floats() {
    return values.floats();
  }

  /** A copy of its strings, row-major; none if it holds numbers. */
  public List<byte[]> bytes() {
    return bytes.stream().map(byte[]::clone).toList();
  }

  /** Its strings as UTF-8. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (byte[] string : bytes) {
      texts.add(new String(string, StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** The numbers themselves: read only. */
  Numbers raw() {
    return values;
  }

  /** The strings themselves: read only. */
  List<byte[]> rawBytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return name + " " + type + " " + shape;
  }
}
