package org.efferent.acquisition.lsl;

import java.nio.charset.StandardCharsets;

/**
 * Strings of a sample to and from their bytes: width of the length, length, bytes ({@code
 * sample::save_streambuf}).
 */
final class Strings {
  private Strings() {}

  /** Encodes one sample; lengths in one byte up to 255, in four beyond, as liblsl. */
  static byte[] encode(String[] values) {
    byte[][] texts = new byte[values.length][];
    long total = 0;
    for (int i = 0; i < values.length; i++) {
      texts[i] = values[i].getBytes(StandardCharsets.UTF_8);
      total += texts[i].length + (texts[i].length <= 255 ? 2 : 5);
    }
    byte[] out = new byte[Math.toIntExact(total)];
    int at = 0;
    for (byte[] text : texts) {
      if (text.length <= 255) {
        out[at++] = 1;
        out[at++] = (byte) text.length;
      } else {
        out[at++] = 4;
        Numbers.putInt(out, at, text.length);
        at += 4;
      }
      System.arraycopy(text, 0, out, at, text.length);
      at += text.length;
    }
    return out;
  }

  /** Decodes one sample of little-endian lengths. */
  static void decode(byte[] from, int n, String[] to) {
    int at = 0;
    for (int i = 0; i < n; i++) {
      int width = from[at];
      int length = (int) length(from, at + 1, width, false);
      at += 1 + width;
      to[i] = new String(from, at, length, StandardCharsets.UTF_8);
      at += length;
    }
  }

  /** The length that stands in some bytes, unsigned. */
  static long length(byte[] from, int at, int width, boolean bigEndian) {
    long length = 0;
    for (int i = 0; i < width; i++) {
      int b = from[bigEndian ? at + i : at + width - 1 - i] & 0xff;
      length = length << 8 | b;
    }
    return length;
  }

  /** A stranger's text for a message: printable, and not longer than 80 characters. */
  static String quoted(String text) {
    String some = text.length() <= 80 ? text : text.substring(0, 80) + "…";
    return some.replaceAll("\\p{Cc}", "?");
  }
}
