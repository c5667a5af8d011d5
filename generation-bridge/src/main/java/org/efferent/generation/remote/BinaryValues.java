package org.efferent.generation.remote;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.efferent.core.InputException;
import org.efferent.core.StreamException;

/** Tensors as bytes: little-endian, row-major; each string behind its length in four bytes. */
final class BinaryValues {
  private BinaryValues() {}

  static byte[] of(Tensor tensor) {
    if (tensor.type() == DataType.BYTES) {
      int size = tensor.rawBytes().stream().mapToInt(s -> 4 + s.length).sum();
      ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
      tensor.rawBytes().forEach(s -> out.putInt(s.length).put(s));
      return out.array();
    }
    Numbers values = tensor.raw();
    if (values instanceof Numbers.Bytes levels) {
      return levels.raw();
    }
    ByteBuffer out =
        ByteBuffer.allocate(Math.multiplyExact(values.length(), tensor.type().size()))
            .order(ByteOrder.LITTLE_ENDIAN);
    if (values instanceof Numbers.Floats floats && tensor.type() == DataType.FP32) {
      floats.writeTo(out);
      return out.array();
    }
    for (int i = 0; i < values.length(); i++) {
      double value = values.get(i);
      switch (tensor.type()) {
        case FP16 ->
            throw new InputException(
                "tensor '%s': FP16 can be received, not sent; send FP32".formatted(tensor.name()));
        case FP64 -> out.putDouble(value);
        case INT64 -> out.putLong((long) value);
        case INT32, UINT32 -> out.putInt((int) (long) value);
        case INT16, UINT16 -> out.putShort((short) value);
        default -> out.put((byte) value);
      }
    }
    return out.array();
  }

  /** A tensor of an answer, from bytes of which it keeps none. */
  static Tensor tensor(TensorSpec spec, byte[] all, int from, int length) {
    ByteBuffer in = ByteBuffer.wrap(all, from, length).order(ByteOrder.LITTLE_ENDIAN);
    if (spec.type() == DataType.BYTES) {
      return checked(() -> Tensor.ofBytes(spec.name(), spec.shape(), strings(spec, in)));
    }
    int size = spec.type().size();
    if (length % size != 0) {
      throw new StreamException(
          "output '%s' must have %d bytes a value; bytes=%d".formatted(spec.name(), size, length));
    }
    Numbers values = numbers(spec.type(), in);
    return checked(() -> Tensor.owning(spec.name(), spec.type(), spec.shape(), values));
  }

  private static Numbers numbers(DataType type, ByteBuffer in) {
    int count = in.remaining() / type.size();
    if (type == DataType.UINT8) {
      byte[] bytes = new byte[count];
      in.get(bytes);
      return new Numbers.Bytes(bytes);
    }
    if (type == DataType.FP32 || type == DataType.FP16) {
      float[] floats = new float[count];
      if (type == DataType.FP32) {
        in.asFloatBuffer().get(floats);
      } else {
        for (int i = 0; i < count; i++) {
          floats[i] = (float) half(in.getShort());
        }
      }
      return new Numbers.Floats(floats);
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (type) {
            case FP64 -> in.getDouble();
            case INT64 -> in.getLong();
            case INT32 -> in.getInt();
            case UINT32 -> Integer.toUnsignedLong(in.getInt());
            case INT16 -> in.getShort();
            case UINT16 -> Short.toUnsignedInt(in.getShort());
            case INT8 -> in.get();
            default -> Byte.toUnsignedInt(in.get());
          };
    }
    return new Numbers.Doubles(values);
  }

  private static List<byte[]> strings(TensorSpec spec, ByteBuffer in) {
    List<byte[]> strings = new ArrayList<>();
    while (in.hasRemaining()) {
      int length = in.remaining() < 4 ? -1 : in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new StreamException(
            "output '%s' must have whole strings; string=%d, left=%d bytes"
                .formatted(spec.name(), strings.size(), in.remaining()));
      }
      byte[] string = new byte[length];
      in.get(string);
      strings.add(string);
    }
    return strings;
  }

  /** IEEE 754 binary16. */
  static double half(short bits) {
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    double size =
        exponent == 0
            ? fraction * 0x1p-24
            : exponent == 31
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : (1 + fraction * 0x1p-10) * Math.scalb(1.0, exponent - 15);
    return bits < 0 ? -size : size;
  }

  /** A tensor of an answer: what is wrong with it is the server's fault. */
  static Tensor checked(Supplier<Tensor> made) {
    try {
      return made.get();
    } catch (InputException e) {
      throw new StreamException("the answer is wrong: " + e.getMessage(), e);
    }
  }
}
