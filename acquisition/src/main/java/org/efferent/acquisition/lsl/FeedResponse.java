package org.efferent.acquisition.lsl;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import org.efferent.core.StreamException;

/**
 * What an outlet answers to a request for its samples.
 *
 * @param bigEndian whether its values are big-endian
 * @param other whether it is about to send strings by another protocol, because it takes the size
 *     of its own string objects for part of this one
 */
record FeedResponse(boolean bigEndian, boolean other) {
  private static final int MOST_LINES = 100;

  /** What an outlet sends before the test samples. */
  static String write(String uid) {
    return "LSL/110 200 OK\r\nUID: "
        + uid
        + "\r\nByte-Order: 1234\r\nSuppress-Subnormals: 0\r\nData-Protocol-Version: 110\r\n\r\n";
  }

  /**
   * Reads status line and headers.
   *
   * @throws StreamException if the outlet refuses, is another, or speaks another protocol
   */
  static FeedResponse read(WireInput in, LslStreamInfo info, String where) throws IOException {
    String status = status(in, where);
    String[] words = status.split("\\s+", 3);
    if (words.length < 3 || !words[0].toUpperCase(Locale.ROOT).startsWith("LSL/")) {
      throw new StreamException(
          where
              + ": the answer to a feed request starts with LSL/110; it is '"
              + Strings.quoted(status)
              + "'");
    }
    if (words[1].equals("404")) {
      throw new StreamException(
          where + ": the outlet is not this stream any more; it answers '404', resolve it again");
    }
    if (!words[1].equals("200")) {
      throw new StreamException(
          where
              + ": the outlet refuses; it answers '"
              + Strings.quoted(words[1] + " " + words[2])
              + "'");
    }
    String uid = "";
    String order = "0";
    String protocol = "110";
    int lines = 0;
    for (String line = in.line(); !line.isEmpty(); line = in.line()) {
      if (++lines > MOST_LINES) {
        throw new StreamException(
            where + ": an answer has at most " + MOST_LINES + " header lines; this one has more");
      }
      int colon = line.indexOf(':');
      String value = colon < 0 ? "" : line.substring(colon + 1).split(";", 2)[0].strip();
      switch (line.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT)) {
        case "uid" -> uid = value.toLowerCase(Locale.ROOT);
        case "byte-order" -> order = value;
        case "data-protocol-version" -> protocol = value;
        default -> {
          // Nothing else changes how samples are read.
        }
      }
    }
    boolean other = !info.format().isNumeric() && protocol.equals("100");
    check(where, info, uid, order, other ? "110" : protocol);
    return new FeedResponse(order.equals("4321"), other);
  }

  private static String status(WireInput in, String where) throws IOException {
    try {
      return in.line();
    } catch (EOFException e) {
      throw new StreamException(
          where
              + ": the outlet closed the connection without an answer, as those do that speak"
              + " protocol 1.00 alone; samples must come by protocol 110",
          e);
    }
  }

  private static void check(
      String where, LslStreamInfo info, String uid, String order, String protocol) {
    if (!uid.equals(info.origin().uid())) {
      throw new StreamException(
          where
              + ": the outlet must have uid "
              + info.origin().uid()
              + "; it says '"
              + Strings.quoted(uid)
              + "'");
    }
    if (!protocol.equals("110")) {
      throw new StreamException(
          where
              + ": samples must come by protocol 110; the outlet chose '"
              + Strings.quoted(protocol)
              + "'");
    }
    if (!order.equals("0") && !order.equals("1234") && !order.equals("4321")) {
      throw new StreamException(
          where
              + ": byte order must be 1234 or 4321; the outlet chose '"
              + Strings.quoted(order)
              + "'");
    }
  }
}
