package org.efferent.acquisition.lsl;

/**
 * The two samples that precede every feed, so that both sides see at once whether they agree on
 * format and byte order ({@code sample::assign_test_pattern}).
 */
final class TestPatterns {
  /** Stamp of both. */
  static final double STAMP = 123_456.789;

  /** Offsets of the first and the second. */
  static final int[] OFFSETS = {4, 2};

  private TestPatterns() {}

  /** The payload of one test sample, little-endian: {@code [channels]} values. */
  static byte[] payload(ChannelFormat format, int channels, int offset) {
    if (!format.isNumeric()) {
      String[] values = new String[channels];
      for (int k = 0; k < channels; k++) {
        values[k] = Integer.toString(k % 2 == 0 ? k + 10 : -(k + 10));
      }
      return Strings.encode(values);
    }
    byte[] out = new byte[channels * format.bytes()];
    if (format == ChannelFormat.FLOAT32 || format == ChannelFormat.DOUBLE64) {
      double[] values = new double[channels];
      for (int k = 0; k < channels; k++) {
        double v = k + base(format) + (double) offset;
        values[k] = k % 2 == 0 ? v : -v;
      }
      Numbers.encode(format, values, 0, channels, out);
      return out;
    }
    long[] values = new long[channels];
    for (int k = 0; k < channels; k++) {
      long v = (k + base(format) + offset) % wrap(format);
      values[k] = k % 2 == 0 ? v : -v;
    }
    Numbers.encode(format, values, 0, channels, out);
    return out;
  }

  private static long base(ChannelFormat format) {
    return switch (format) {
      case DOUBLE64 -> 16_777_217L;
      case INT32 -> 65_537L;
      case INT16 -> 257L;
      case INT8 -> 1L;
      case INT64 -> 2_147_483_649L;
      case FLOAT32, STRING -> 0L;
    };
  }

  private static long wrap(ChannelFormat format) {
    return switch (format) {
      case INT8 -> Byte.MAX_VALUE;
      case INT16 -> Short.MAX_VALUE;
      case INT32 -> Integer.MAX_VALUE;
      default -> Long.MAX_VALUE;
    };
  }
}
