package org.efferent.acquisition.lsl;

import org.efferent.core.StreamException;

/**
 * Where a sample ends in the byte stream of a feed; the stream itself has no marks. One connection
 * uses it: of a sample of strings that is not complete it remembers how far it has read, so that a
 * peer that sends byte by byte does not make it read everything each time.
 */
final class Frames {
  /** Tag of a sample without stamp. */
  static final byte DEDUCED = 1;

  /** Tag of a sample with stamp. */
  static final byte STAMPED = 2;

  /** Bytes that a peer may claim for one sample before it counts as broken: 256 MiB. */
  static final long LONGEST = 1L << 28;

  private final ChannelFormat format;
  private final int channels;
  private final boolean bigEndian;
  private int channelsRead;
  private long bytesRead;

  Frames(ChannelFormat format, int channels, boolean bigEndian) {
    // A string takes two bytes at least.
    limit((long) channels * (format.isNumeric() ? format.bytes() : 2));
    this.format = format;
    this.channels = channels;
    this.bigEndian = bigEndian;
  }

  private static void limit(long bytes) {
    if (Long.compareUnsigned(bytes, LONGEST) > 0) {
      throw new StreamException(
          "the values of a sample must not be longer than %d bytes; bytes=%s"
              .formatted(LONGEST, Long.toUnsignedString(bytes)));
    }
  }

  /** Bytes of the tag and the stamp. */
  static int header(byte tag) {
    return switch (tag) {
      case DEDUCED -> 1;
      case STAMPED -> 9;
      default ->
          throw new StreamException(
              "a sample starts with tag 1 or 2; tag=" + Byte.toUnsignedInt(tag));
    };
  }

  /**
   * Length of the sample that starts at {@code from}. After an answer of −1 the next call is about
   * the same sample, which may have moved.
   *
   * @return bytes of the whole sample, or −1 if more than {@code to − from} bytes are needed
   * @throws StreamException if no sample starts so, or it claims more than {@link #LONGEST} bytes
   */
  int length(byte[] bytes, int from, int to) {
    if (from >= to) {
      return -1;
    }
    int header = header(bytes[from]);
    if (format.isNumeric()) {
      int length = header + channels * format.bytes();
      return length <= to - from ? length : -1;
    }
    if (channelsRead == 0) {
      bytesRead = header;
    }
    for (; channelsRead < channels; channelsRead++) {
      long bytesOfOne = lengthOfOne(bytes, from + bytesRead, to);
      if (bytesOfOne < 0) {
        return -1;
      }
      limit(bytesRead + bytesOfOne - header);
      bytesRead += bytesOfOne;
    }
    if (from + bytesRead > to) {
      return -1;
    }
    channelsRead = 0;
    return (int) bytesRead;
  }

  /** Bytes of the string at a place, with its length; −1 if that is not there yet. */
  private long lengthOfOne(byte[] bytes, long at, int to) {
    if (at >= to) {
      return -1;
    }
    int width = bytes[(int) at];
    if (width != 1 && width != 2 && width != 4 && width != 8) {
      throw new StreamException(
          "the length of a string takes 1, 2, 4 or 8 bytes; bytes=" + (width & 0xff));
    }
    if (at + 1 + width > to) {
      return -1;
    }
    long length = Strings.length(bytes, (int) at + 1, width, bigEndian);
    limit(length);
    return 1 + width + length;
  }

  /** Turns a sample at {@code from} into little-endian, in place. */
  void toLittleEndian(byte[] bytes, int from) {
    if (!bigEndian) {
      return;
    }
    int at = from + header(bytes[from]);
    if (bytes[from] == STAMPED) {
      Numbers.swap(bytes, from + 1, 1, 8);
    }
    if (format.isNumeric()) {
      Numbers.swap(bytes, at, channels, format.bytes());
      return;
    }
    for (int channel = 0; channel < channels; channel++) {
      int width = bytes[at];
      long length = Strings.length(bytes, at + 1, width, true);
      Numbers.swap(bytes, at + 1, 1, width);
      at += 1 + width + (int) length;
    }
  }
}
