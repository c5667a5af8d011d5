package org.efferent.acquisition.lsl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Values of a sample to and from their bytes, little-endian; peers of the other order are {@link
 * #swap swapped} at the socket.
 */
final class Numbers {
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle DOUBLE = view(double[].class);
  private static final VarHandle FLOAT = view(float[].class);

  private Numbers() {}

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  static void putDouble(byte[] bytes, int at, double value) {
    DOUBLE.set(bytes, at, value);
  }

  static double getDouble(byte[] bytes, int at) {
    return (double) DOUBLE.get(bytes, at);
  }

  static void putInt(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }

  /** Encodes n values; integers take what lies behind the point off and stop at their limits. */
  static void encode(ChannelFormat format, double[] from, int at, int n, byte[] to) {
    for (int i = 0; i < n; i++) {
      double v = from[at + i];
      switch (format) {
        case DOUBLE64 -> DOUBLE.set(to, 8 * i, v);
        case FLOAT32 -> FLOAT.set(to, 4 * i, (float) v);
        case INT64 -> LONG.set(to, 8 * i, (long) v);
        case INT32 -> INT.set(to, 4 * i, (int) v);
        case INT16 -> SHORT.set(to, 2 * i, (short) limit((long) v, Short.MAX_VALUE));
        case INT8 -> to[i] = (byte) limit((long) v, Byte.MAX_VALUE);
        case STRING -> throw new IllegalStateException("strings are no numbers");
      }
    }
  }

  /** Encodes n integers, exactly where the format allows. */
  static void encode(ChannelFormat format, long[] from, int at, int n, byte[] to) {
    for (int i = 0; i < n; i++) {
      long v = from[at + i];
      switch (format) {
        case DOUBLE64 -> DOUBLE.set(to, 8 * i, (double) v);
        case FLOAT32 -> FLOAT.set(to, 4 * i, (float) v);
        case INT64 -> LONG.set(to, 8 * i, v);
        case INT32 -> INT.set(to, 4 * i, (int) limit(v, Integer.MAX_VALUE));
        case INT16 -> SHORT.set(to, 2 * i, (short) limit(v, Short.MAX_VALUE));
        case INT8 -> to[i] = (byte) limit(v, Byte.MAX_VALUE);
        case STRING -> throw new IllegalStateException("strings are no numbers");
      }
    }
  }

  private static long limit(long value, long max) {
    return Math.max(-max - 1, Math.min(max, value));
  }

  /** Decodes n values. */
  static void decode(ChannelFormat format, byte[] from, int n, double[] to, int at) {
    for (int i = 0; i < n; i++) {
      to[at + i] =
          switch (format) {
            case DOUBLE64 -> (double) DOUBLE.get(from, 8 * i);
            case FLOAT32 -> (float) FLOAT.get(from, 4 * i);
            default -> integer(format, from, i);
          };
    }
  }

  /** Decodes n values; those with a point lose what lies behind it. */
  static void decode(ChannelFormat format, byte[] from, int n, long[] to) {
    for (int i = 0; i < n; i++) {
      to[i] =
          switch (format) {
            case DOUBLE64 -> (long) (double) DOUBLE.get(from, 8 * i);
            case FLOAT32 -> (long) (float) FLOAT.get(from, 4 * i);
            default -> integer(format, from, i);
          };
    }
  }

  private static long integer(ChannelFormat format, byte[] from, int i) {
    return switch (format) {
      case INT64 -> (long) LONG.get(from, 8 * i);
      case INT32 -> (int) INT.get(from, 4 * i);
      case INT16 -> (short) SHORT.get(from, 2 * i);
      case INT8 -> from[i];
      default -> throw new IllegalStateException(format + " is no integer");
    };
  }

  /** Turns n values of some width into the other byte order, in place. */
  static void swap(byte[] bytes, int at, int n, int width) {
    for (int v = at; v < at + n * width; v += width) {
      for (int low = v, high = v + width - 1; low < high; low++, high--) {
        byte b = bytes[low];
        bytes[low] = bytes[high];
        bytes[high] = b;
      }
    }
  }
}
