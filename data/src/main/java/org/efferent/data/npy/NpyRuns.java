package org.efferent.data.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.Tensor;
import org.efferent.data.TensorType;

/** What becomes of elements: doubles, texts, or the bytes of a tensor. */
final class NpyRuns {
  private NpyRuns() {}

  static Gather.Run doubles(NpyType type, double[] into, int offset) {
    return (in, at, stride, count, to, step) -> {
      int o = offset + to;
      switch (type.kind()) {
        case FLOAT -> floats(type.bytes(), in, at, stride, count, into, o, step);
        case UINT -> unsigned(type.bytes(), in, at, stride, count, into, o, step);
        case BOOL -> {
          for (int i = 0; i < count; i++) {
            into[o + i * step] = in.get(at + i * stride) != 0 ? 1 : 0;
          }
        }
        default -> {
          for (int i = 0; i < count; i++) {
            into[o + i * step] = integer(type.bytes(), in, at + i * stride);
          }
        }
      }
    };
  }

  private static void floats(
      int bytes, ByteBuffer in, int at, int stride, int count, double[] into, int to, int step) {
    switch (bytes) {
      case 8 -> {
        if (stride == 8 && step == 1) {
          in.slice(at, count * 8).order(in.order()).asDoubleBuffer().get(into, to, count);
          return;
        }
        for (int i = 0; i < count; i++) {
          into[to + i * step] = in.getDouble(at + i * stride);
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          into[to + i * step] = in.getFloat(at + i * stride);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          into[to + i * step] = half(in.getShort(at + i * stride));
        }
      }
    }
  }

  private static void unsigned(
      int bytes, ByteBuffer in, int at, int stride, int count, double[] into, int to, int step) {
    for (int i = 0; i < count; i++) {
      int p = at + i * stride;
      into[to + i * step] =
          switch (bytes) {
            case 1 -> in.get(p) & 0xFF;
            case 2 -> in.getShort(p) & 0xFFFF;
            case 4 -> in.getInt(p) & 0xFFFFFFFFL;
            default -> unsigned(in.getLong(p));
          };
    }
  }

  private static double unsigned(long value) {
    // The lowest bit stays in play, so that the cast rounds as it would without the shift.
    return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
  }

  private static long integer(int bytes, ByteBuffer in, int at) {
    return switch (bytes) {
      case 1 -> in.get(at);
      case 2 -> in.getShort(at);
      case 4 -> in.getInt(at);
      default -> in.getLong(at);
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

  static Gather.Run texts(NpyType type, String[] into) {
    return (in, at, stride, count, to, step) -> {
      for (int i = 0; i < count; i++) {
        int p = at + i * stride;
        into[to + i * step] =
            type.kind() == NpyType.Kind.TEXT ? text(type, in, p) : bytes(type.bytes(), in, p);
      }
    };
  }

  private static String text(NpyType type, ByteBuffer in, int at) {
    int end = type.bytes();
    while (end > 0 && in.getInt(at + end - 4) == 0) {
      end -= 4;
    }
    StringBuilder text = new StringBuilder(end / 4);
    for (int i = 0; i < end; i += 4) {
      int code = in.getInt(at + i);
      text.appendCodePoint(Character.isValidCodePoint(code) ? code : 0xFFFD);
    }
    return text.toString();
  }

  private static String bytes(int length, ByteBuffer in, int at) {
    int end = length;
    while (end > 0 && in.get(at + end - 1) == 0) {
      end--;
    }
    byte[] bytes = new byte[end];
    in.get(at, bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  static Tensor tensor(NpyArray array, int elements, Gather gather, String name) {
    NpyType type = array.type();
    TensorType to = tensorType(type);
    if ((long) elements * to.bytes() > Integer.MAX_VALUE - 16) {
      throw new UnsupportedInputException(
          "%s: %d elements are more than one tensor holds; read them by range"
              .formatted(name, elements));
    }
    byte[] bytes = new byte[elements * to.bytes()];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    gather.run(
        (in, at, stride, count, first, step) -> {
          if (stride == to.bytes()
              && step == 1
              && type.bytes() == to.bytes()
              && type.kind() != NpyType.Kind.UINT
              && type.kind() != NpyType.Kind.BOOL
              && in.order() == ByteOrder.LITTLE_ENDIAN) {
            in.get(at, bytes, first * to.bytes(), count * to.bytes());
            return;
          }
          for (int i = 0; i < count; i++) {
            element(type, in, at + i * stride, out, (first + i * step) * to.bytes(), name);
          }
        });
    return new Tensor(to, array.shape(), bytes);
  }

  private static TensorType tensorType(NpyType type) {
    boolean unsigned = type.kind() == NpyType.Kind.UINT;
    return switch (type.kind()) {
      case BOOL -> TensorType.BOOL;
      case FLOAT ->
          type.bytes() == 8 ? TensorType.F64 : type.bytes() == 4 ? TensorType.F32 : TensorType.F16;
      default ->
          switch (type.bytes()) {
            case 1 -> unsigned ? TensorType.U8 : TensorType.I8;
            case 2 -> unsigned ? TensorType.I32 : TensorType.I16;
            case 4 -> unsigned ? TensorType.I64 : TensorType.I32;
            default -> TensorType.I64;
          };
    };
  }

  private static void element(
      NpyType type, ByteBuffer in, int at, ByteBuffer out, int to, String name) {
    boolean unsigned = type.kind() == NpyType.Kind.UINT;
    switch (type.bytes()) {
      case 1 -> {
        boolean set = type.kind() == NpyType.Kind.BOOL && in.get(at) != 0;
        out.put(to, set ? 1 : in.get(at));
      }
      case 2 -> {
        if (unsigned) {
          out.putInt(to, in.getShort(at) & 0xFFFF);
        } else {
          out.putShort(to, in.getShort(at));
        }
      }
      case 4 -> {
        if (unsigned) {
          out.putLong(to, in.getInt(at) & 0xFFFFFFFFL);
        } else {
          out.putInt(to, in.getInt(at));
        }
      }
      default -> {
        long value = in.getLong(at);
        if (unsigned && value < 0) {
          throw new UnsupportedInputException(
              "%s: integers up to 2^63-1 are kept in a tensor; value=%s"
                  .formatted(name, Long.toUnsignedString(value)));
        }
        out.putLong(to, value);
      }
    }
  }
}
