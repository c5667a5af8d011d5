package org.efferent.data.xdf;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.efferent.core.UnsupportedInputException;

/**
 * Content of a Samples chunk: {@code [NumSampleBytes][NumSamples]}, then for each sample {@code
 * [TimeStampBytes 0 or 8][TimeStamp]} and a value a channel, texts with their length before them.
 */
final class SampleDecoder {
  private static final String TEXT_LENGTH = "the length of a text";
  private static final int STEP = 1 << 16;

  /** More than any sample of numbers has. */
  private static final int MOST = 1 << 28;

  private SampleDecoder() {}

  /**
   * Appends all whole samples; where a stream is only indexed, their places instead of their
   * values. The chunk is read through a window, so that its length costs nothing.
   *
   * @param bytes the recording
   * @param from where NumSampleBytes is
   * @param end of the chunk, or of the file if that is earlier
   * @param stream where they go
   * @return bytes that are left over after the last sample
   * @throws Corrupt if the content contradicts the format; samples before that are kept
   * @throws BufferUnderflowException if it ends too early; samples before that are kept
   */
  static long decode(XdfBytes bytes, long from, long end, StreamAssembly stream)
      throws Corrupt, IOException {
    int window = STEP;
    long base = from;
    ByteBuffer in = bytes.view(base, (int) Math.min(window, end - base));
    long count = varlen(in, "the number of samples");
    if (count < 0) {
      throw new Corrupt("the number of samples is impossible: " + Long.toUnsignedString(count));
    }
    for (long i = 0; i < count; ) {
      int at = in.position();
      try {
        sample(in, base, i, stream);
        i++;
      } catch (BufferUnderflowException e) {
        if (base + in.limit() >= end) {
          throw e;
        }
        // The same sample again, from the beginning of a window, and of a larger one if it was.
        window = at == 0 ? (int) Math.min(MOST, 2L * window) : window;
        if (at == 0 && in.limit() == MOST) {
          throw new UnsupportedInputException(
              "%s: a sample of more than %d bytes is not read"
                  .formatted(stream.header().title(), MOST));
        }
        base += at;
        in = bytes.view(base, (int) Math.min(window, end - base));
      }
    }
    return end - base - in.position();
  }

  private static void sample(ByteBuffer in, long base, long number, StreamAssembly stream)
      throws Corrupt {
    ChannelFormat format = stream.header().format();
    int stampBytes = in.get();
    if (stampBytes != 0 && stampBytes != 8) {
      throw new Corrupt(
          "sample " + number + ": a time stamp has 0 or 8 bytes; bytes=" + (stampBytes & 0xFF));
    }
    double stamp = stampBytes == 8 ? in.getDouble() : stream.deduced();
    // Before room is made: each value takes a byte at the least.
    if (in.remaining() < stream.header().channelCount()) {
      throw new BufferUnderflowException();
    }
    if (format == ChannelFormat.STRING) {
      texts(in, stream, stream.reserve());
    } else if (stream.isIndexed()) {
      stream.reserve();
      step(in, base, stream);
    } else {
      numbers(in, stream, stream.reserve(), format);
    }
    stream.commit(stamp);
  }

  private static void step(ByteBuffer in, long base, StreamAssembly stream) {
    int width = stream.sampleBytes();
    if (width > in.remaining()) {
      throw new BufferUnderflowException();
    }
    int at = in.position();
    if (stream.header().format() == ChannelFormat.INT64) {
      for (int i = 0; i < width; i += 8) {
        stream.exact(in.getLong(at + i));
      }
    }
    stream.place(base + at);
    in.position(at + width);
  }

  private static void numbers(ByteBuffer in, StreamAssembly stream, int at, ChannelFormat format) {
    int channels = stream.header().channelCount();
    if ((long) channels * format.bytes() > in.remaining()) {
      throw new BufferUnderflowException();
    }
    double[] values = stream.values();
    for (int c = 0; c < channels; c++) {
      values[at + c] =
          switch (format) {
            case FLOAT32 -> in.getFloat();
            case DOUBLE64 -> in.getDouble();
            case INT32 -> in.getInt();
            case INT16 -> in.getShort();
            case INT8 -> in.get();
            case INT64 -> stream.exact(in.getLong());
            case STRING -> throw new IllegalStateException("texts are not numbers");
          };
    }
  }

  private static void texts(ByteBuffer in, StreamAssembly stream, int at) throws Corrupt {
    int channels = stream.header().channelCount();
    String[] strings = stream.strings();
    for (int c = 0; c < channels; c++) {
      long length = varlen(in, TEXT_LENGTH);
      if (length < 0 || length > in.remaining()) {
        throw new BufferUnderflowException();
      }
      byte[] bytes = new byte[(int) length];
      in.get(bytes);
      strings[at + c] = new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** A number with its own width before it. */
  private static long varlen(ByteBuffer in, String what) throws Corrupt {
    int width = in.get();
    return switch (width) {
      case 1 -> in.get() & 0xFF;
      case 4 -> in.getInt() & 0xFFFFFFFFL;
      case 8 -> in.getLong();
      default -> throw new Corrupt(what + " takes 1, 4 or 8 bytes; bytes=" + (width & 0xFF));
    };
  }
}
