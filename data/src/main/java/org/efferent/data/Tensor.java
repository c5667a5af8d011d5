package org.efferent.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * An array of numbers as a file holds it: type, shape, row-major little-endian bytes. Its elements
 * are converted when they are asked for.
 */
public final class Tensor {
  private final TensorType type;
  private final long[] shape;
  private final byte[] bytes;

  /**
   * A tensor over bytes, which are not copied.
   *
   * @param type type of the elements
   * @param shape sizes, slowest first; empty for a scalar
   * @param bytes the elements, row-major, little-endian
   */
  public Tensor(TensorType type, long[] shape, byte[] bytes) {
    this.type = Objects.requireNonNull(type, "type");
    this.shape = shape.clone();
    this.bytes = Objects.requireNonNull(bytes, "bytes");
    if (Math.multiplyExact(elements(shape), (long) type.bytes()) != bytes.length) {
      throw new IllegalArgumentException(
          "bytes must be the product of the shape times the size of an element; shape="
              + java.util.Arrays.toString(shape)
              + ", type="
              + type
              + ", bytes="
              + bytes.length);
    }
  }

  /**
   * A tensor of doubles.
   *
   * @param values row-major
   * @param shape sizes, slowest first; none for a scalar
   * @return a copy as {@link TensorType#F64}
   */
  public static Tensor of(double[] values, long... shape) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, 8)];
    little(bytes).asDoubleBuffer().put(values);
    return new Tensor(TensorType.F64, shape, bytes);
  }

  /**
   * A tensor of floats.
   *
   * @param values row-major
   * @param shape sizes, slowest first; none for a scalar
   * @return a copy as {@link TensorType#F32}
   */
  public static Tensor of(float[] values, long... shape) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, 4)];
    little(bytes).asFloatBuffer().put(values);
    return new Tensor(TensorType.F32, shape, bytes);
  }

  /**
   * A tensor of long integers.
   *
   * @param values row-major
   * @param shape sizes, slowest first; none for a scalar
   * @return a copy as {@link TensorType#I64}
   */
  public static Tensor of(long[] values, long... shape) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, 8)];
    little(bytes).asLongBuffer().put(values);
    return new Tensor(TensorType.I64, shape, bytes);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Elements of a shape; 1 for a scalar. */
  static long elements(long[] shape) {
    long product = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("a size must not be negative; size=" + size);
      }
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  /** Type of the elements. */
  public TensorType type() {
    return type;
  }

  /** A copy of the sizes, slowest first; empty for a scalar. */
  public long[] shape() {
    return shape.clone();
  }

  /** Number of elements. */
  public int elements() {
    return bytes.length / type.bytes();
  }

  /** The bytes themselves, row-major, little-endian. */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * The elements as doubles, row-major; 64-bit integers beyond 2⁵³ are rounded, booleans are 0 or
   * 1.
   */
  public double[] doubles() {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    double[] out = new double[elements()];
    if (type == TensorType.F64) {
      in.asDoubleBuffer().get(out);
      return out;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = element(in, i);
    }
    return out;
  }

  /** The elements as floats, row-major; rounded where a float cannot hold them. */
  public float[] floats() {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] out = new float[elements()];
    if (type == TensorType.F32) {
      in.asFloatBuffer().get(out);
      return out;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) element(in, i);
    }
    return out;
  }

  /**
   * The elements as long integers, row-major.
   *
   * @throws IllegalStateException if the elements are not integers
   */
  public long[] longs() {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long[] out = new long[elements()];
    for (int i = 0; i < out.length; i++) {
      out[i] =
          switch (type) {
            case I64 -> in.getLong(i * 8);
            case I32, I16, I8, U8, BOOL -> (long) element(in, i);
            default ->
                throw new IllegalStateException("only integers are read as integers; type=" + type);
          };
    }
    return out;
  }

  private double element(ByteBuffer in, int i) {
    return switch (type) {
      case F64 -> in.getDouble(i * 8);
      case F32 -> in.getFloat(i * 4);
      case F16 -> half(in.getShort(i * 2));
      case BF16 -> Float.intBitsToFloat(in.getShort(i * 2) << 16);
      case I64 -> in.getLong(i * 8);
      case I32 -> in.getInt(i * 4);
      case I16 -> in.getShort(i * 2);
      case I8 -> in.get(i);
      case U8 -> in.get(i) & 0xFF;
      case BOOL -> in.get(i) != 0 ? 1 : 0;
    };
  }

  /** IEEE 754 binary16: sign, 5 bits of exponent with bias 15, 10 bits of fraction. */
  private static double half(short bits) {
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    double sign = bits < 0 ? -1 : 1;
    if (exponent == 0x1F) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * Math.scalb((double) fraction, -24)
        : sign * Math.scalb((double) (fraction | 0x400), exponent - 25);
  }
}
