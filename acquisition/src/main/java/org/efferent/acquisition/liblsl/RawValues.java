package org.efferent.acquisition.liblsl;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.efferent.acquisition.lsl.ChannelFormat;

/**
 * A sample's values as liblsl takes them raw, in the format of the stream. Converted here, because
 * C leaves open what a double beyond the limits of an integer becomes.
 */
final class RawValues {
  private final ChannelFormat format;
  private final Memory memory;
  private final ByteBuffer raw;

  RawValues(ChannelFormat format, Memory memory) {
    this.format = format;
    this.memory = memory;
    raw = memory.getByteBuffer(0, memory.size()).order(ByteOrder.nativeOrder());
  }

  /** Integers take what lies behind the point off and stop at their limits. */
  void put(double[] from, int at, int channels) {
    switch (format) {
      case DOUBLE64 -> memory.write(0, from, at, channels);
      case FLOAT32 -> {
        for (int c = 0; c < channels; c++) {
          raw.putFloat(4 * c, (float) from[at + c]);
        }
      }
      default -> {
        for (int c = 0; c < channels; c++) {
          put(c, (long) from[at + c]);
        }
      }
    }
  }

  void put(int c, long v) {
    switch (format) {
      case DOUBLE64 -> raw.putDouble(8 * c, (double) v);
      case FLOAT32 -> raw.putFloat(4 * c, (float) v);
      case INT64 -> raw.putLong(8 * c, v);
      case INT32 -> raw.putInt(4 * c, (int) limit(v, Integer.MAX_VALUE));
      case INT16 -> raw.putShort(2 * c, (short) limit(v, Short.MAX_VALUE));
      case INT8 -> raw.put(c, (byte) limit(v, Byte.MAX_VALUE));
      case STRING -> throw new IllegalStateException("strings are no numbers");
    }
  }

  private static long limit(long value, long max) {
    return Math.max(-max - 1, Math.min(max, value));
  }
}
