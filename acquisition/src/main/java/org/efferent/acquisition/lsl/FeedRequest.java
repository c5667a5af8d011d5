package org.efferent.acquisition.lsl;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

/**
 * What a consumer asks of an outlet's data port.
 *
 * @param version protocol as hundredfold, from the request line
 * @param uid lower-case uid of the stream that it means; empty if any
 * @param ieee754 whether it knows IEEE floats
 * @param valueSize bytes of a value; −1 if it does not say
 * @param maxBuffer samples that may wait for it; −1 if it does not say
 * @param maxChunk samples after which it wants to be sent what is there; 0 = as the outlet likes
 */
record FeedRequest(
    int version, String uid, boolean ieee754, int valueSize, int maxBuffer, int maxChunk) {
  private static final int MOST_LINES = 100;

  /** Reads the header lines behind a request line {@code LSL:streamfeed/<version> <uid>}. */
  static FeedRequest read(String requestLine, WireInput in) throws IOException {
    String[] words = requestLine.substring("LSL:streamfeed/".length()).strip().split("\\s+", 2);
    int version = integer(words[0], 0);
    String uid = words.length > 1 ? words[1].strip().toLowerCase(Locale.ROOT) : "";
    boolean ieee = true;
    int valueSize = -1;
    int maxBuffer = -1;
    int maxChunk = 0;
    for (int lines = 0; ; lines++) {
      String line = headerLine(in);
      if (line.isEmpty()) {
        return new FeedRequest(version, uid, ieee, valueSize, maxBuffer, maxChunk);
      }
      if (lines == MOST_LINES) {
        throw new IOException("a request has at most " + MOST_LINES + " header lines");
      }
      int comment = line.indexOf(';');
      String content = comment < 0 ? line : line.substring(0, comment);
      int colon = content.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String value = content.substring(colon + 1).strip();
      switch (content.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
        case "has-ieee754-floats" -> ieee = !value.equals("0");
        case "value-size" -> valueSize = integer(value, -1);
        case "max-buffer-length" -> maxBuffer = Math.max(0, integer(value, -1));
        case "max-chunk-length" -> maxChunk = Math.max(0, integer(value, 0));
        case "protocol-version" -> version = integer(value, version);
        default -> {
          // Byte order and the rest: little-endian is always a legal answer.
        }
      }
    }
  }

  private static String headerLine(WireInput in) throws IOException {
    try {
      return in.line();
    } catch (EOFException e) {
      return "";
    }
  }

  private static int integer(String text, int otherwise) {
    try {
      return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, Long.parseLong(text)));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** The request as a consumer sends it. */
  static String write(LslStreamInfo info, int valueSize, int maxBuffer, int maxChunk) {
    return "LSL:streamfeed/110 "
        + info.origin().uid()
        + "\r\nNative-Byte-Order: 1234\r\nEndian-Performance: 1000000\r\nHas-IEEE754-Floats: 1"
        + "\r\nSupports-Subnormals: 1\r\nValue-Size: "
        + valueSize
        + "\r\nData-Protocol-Version: 110\r\nMax-Buffer-Length: "
        + maxBuffer
        + "\r\nMax-Chunk-Length: "
        + maxChunk
        + "\r\nHostname: "
        + Nets.hostname()
        + "\r\nSource-Id: "
        + info.sourceId().replaceAll("[\\r\\n;]", " ")
        + "\r\nSession-Id: "
        + info.origin().sessionId().replaceAll("[\\r\\n;]", " ")
        + "\r\n\r\n";
  }
}
