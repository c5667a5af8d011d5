package org.efferent.acquisition.lsl;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes from a peer: lines first, then samples, all from one buffer. One thread uses it. */
final class WireInput {
  private static final int LONGEST_LINE = 65_536;

  private final Socket socket;
  private final InputStream in;
  private byte[] buffer = new byte[65_536];
  private int from;
  private int to;
  private long deadline;
  private boolean hasDeadline;

  WireInput(Socket socket) throws IOException {
    this(socket, socket.getInputStream());
  }

  private WireInput(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  /** Bytes that are there already, which no deadline hurries. */
  static WireInput of(byte[] bytes) {
    return new WireInput(null, new ByteArrayInputStream(bytes));
  }

  /** From now on a read fails once this moment of {@link System#nanoTime()} has passed. */
  void deadline(long nanos) {
    deadline = nanos;
    hasDeadline = true;
  }

  /** From now on reads wait for as long as it takes. */
  void noDeadline() throws IOException {
    hasDeadline = false;
    if (socket != null) {
      socket.setSoTimeout(0);
    }
  }

  byte[] buffer() {
    return buffer;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  void skip(int bytes) {
    from += bytes;
  }

  /** Reads what is there, at least one byte; false at the end of the stream. */
  boolean fill() throws IOException {
    if (from == to) {
      from = 0;
      to = 0;
    } else if (to == buffer.length) {
      if (from > 0) {
        System.arraycopy(buffer, from, buffer, 0, to - from);
      } else {
        buffer = Arrays.copyOf(buffer, Math.multiplyExact(buffer.length, 2));
      }
      to -= from;
      from = 0;
    }
    if (hasDeadline && socket != null) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("time is over");
      }
      socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    }
    int n = in.read(buffer, to, buffer.length - to);
    if (n < 0) {
      return false;
    }
    to += n;
    return true;
  }

  /** The next line without its end, which is LF or CRLF; what is left at the end of the stream. */
  String line() throws IOException {
    int scanned = 0;
    while (true) {
      for (int i = from + scanned; i < to; i++) {
        if (buffer[i] == '\n') {
          String line = new String(buffer, from, i - from, StandardCharsets.UTF_8);
          from = i + 1;
          return line.strip();
        }
      }
      scanned = to - from;
      if (scanned > LONGEST_LINE) {
        throw new IOException("a line must not be longer than " + LONGEST_LINE + " bytes");
      }
      if (!fill()) {
        if (scanned == 0) {
          throw new EOFException("the peer closed the connection");
        }
        String rest = new String(buffer, from, scanned, StandardCharsets.UTF_8);
        from = to;
        return rest.strip();
      }
    }
  }

  /** All that comes until the peer closes. */
  String rest(int most) throws IOException {
    while (fill()) {
      if (to - from > most) {
        throw new IOException("an answer must not be longer than " + most + " bytes");
      }
    }
    return new String(buffer, from, to - from, StandardCharsets.UTF_8);
  }
}
