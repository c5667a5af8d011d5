package org.efferent.data.edf;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Time-stamped annotation lists (EDF+ §2.2.2): {@code onset [0x15 duration] 0x14 text 0x14 … 0x14
 * 0x00}. An empty first text says when the data record starts (§2.2.4).
 */
final class TalParser {
  private static final byte END = 0;
  private static final byte TEXT = 0x14;
  private static final byte DURATION = 0x15;

  /** Who hears what is in a list. */
  interface Listener {
    /** The data record starts at this many seconds after the start of the file. */
    void recordStart(double onset);

    /** An annotation. */
    void annotation(double onset, double duration, String text);

    /** A list that is none: what came before it was told. */
    void damaged(String why);
  }

  private TalParser() {}

  /**
   * Tells what the annotations of one data record are.
   *
   * @param bytes holds the signal's bytes
   * @param from first of them
   * @param to byte after the last
   * @param listener hears of it
   */
  static void parse(byte[] bytes, int from, int to, Listener listener) {
    int at = from;
    while (at < to) {
      if (bytes[at] == END) {
        at++;
        continue;
      }
      int end = at;
      while (end < to && bytes[end] != END) {
        end++;
      }
      list(bytes, at, end, at == from, listener);
      at = end + 1;
    }
  }

  private static void list(byte[] bytes, int from, int to, boolean first, Listener listener) {
    int text = find(bytes, from, to, TEXT);
    if (text == to) {
      listener.damaged("an annotation list has no text");
      return;
    }
    int duration = find(bytes, from, text, DURATION);
    double onset = seconds(bytes, from, duration);
    double lasting = duration == text ? 0 : seconds(bytes, duration + 1, text);
    boolean signed = bytes[from] == '+' || bytes[from] == '-';
    if (!signed || Double.isNaN(onset) || Double.isNaN(lasting) || lasting < 0) {
      listener.damaged("an annotation list does not begin with onset and duration");
      return;
    }
    int at = text + 1;
    int count = 0;
    while (at < to) {
      int end = find(bytes, at, to, TEXT);
      if (end > at) {
        listener.annotation(onset, lasting, decode(bytes, at, end));
      } else if (count == 0 && first) {
        listener.recordStart(onset);
      }
      count++;
      at = end + 1;
    }
  }

  private static int find(byte[] bytes, int from, int to, byte what) {
    int at = from;
    while (at < to && bytes[at] != what) {
      at++;
    }
    return at;
  }

  /** NaN if it is no number. */
  private static double seconds(byte[] bytes, int from, int to) {
    if (to <= from || to - from > 40) {
      return Double.NaN;
    }
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      boolean sign = i == from && (b == '+' || b == '-');
      if (!sign && b != '.' && (b < '0' || b > '9')) {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** UTF-8 as the specification says, Latin-1 where it is not that. */
  private static String decode(byte[] bytes, int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
  }
}
