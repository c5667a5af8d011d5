package org.efferent.data.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/**
 * The bytes of a pickle from the first to the last, through a window; long ones are stepped over.
 */
final class PickleInput {
  private static final int WINDOW = 1 << 16;

  /** A text is in memory several times while it is read. */
  private static final int MOST_TEXT =
      (int) Math.min(1 << 30, Runtime.getRuntime().maxMemory() / 8);

  private final FileBytes file;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowAt;

  PickleInput(FileBytes file, long at) {
    this.file = file;
    this.windowAt = at;
  }

  long position() {
    return windowAt + window.position();
  }

  /** A place for errors. */
  String where(long at) {
    return file.name() + ": byte " + at;
  }

  InputException bad(long at, String rule) {
    return new InputException(where(at) + ": " + rule);
  }

  private ByteBuffer need(int bytes) {
    if (window.remaining() < bytes) {
      long at = position();
      int length = (int) Math.min(WINDOW, file.size() - at);
      if (length < bytes) {
        throw bad(at, "the pickle ends too early; the file is truncated or damaged");
      }
      window = file.read(at, length, "a piece of the pickle", ByteOrder.LITTLE_ENDIAN);
      windowAt = at;
    }
    return window;
  }

  int u8() {
    return need(1).get() & 0xFF;
  }

  int u16() {
    return need(2).getShort() & 0xFFFF;
  }

  int i32() {
    return need(4).getInt();
  }

  long u32() {
    return i32() & 0xFFFFFFFFL;
  }

  long i64() {
    return need(8).getLong();
  }

  double bigDouble() {
    return Double.longBitsToDouble(Long.reverseBytes(i64()));
  }

  private void check(long length) {
    if (length < 0 || length > file.size() - position()) {
      throw bad(
          position(),
          Long.toUnsignedString(length)
              + " bytes reach beyond the end of the file; it is truncated or damaged");
    }
  }

  /** Steps over bytes and answers where they are. */
  PickleBytes bytes(long length) {
    check(length);
    long at = position();
    if (length <= window.remaining()) {
      window.position(window.position() + (int) length);
    } else {
      window = ByteBuffer.allocate(0);
      windowAt = at + length;
    }
    return new PickleBytes(file, at, length);
  }

  byte[] array(long length) {
    check(length);
    if (length > MOST_TEXT) {
      throw new UnsupportedInputException(
          "%s: texts of up to %d bytes, an eighth of Java's memory, are read; bytes=%d"
              .formatted(where(position()), MOST_TEXT, length));
    }
    byte[] bytes = new byte[(int) length];
    if (length <= WINDOW) {
      need((int) length).get(bytes);
    } else {
      file.read(position(), bytes.length, "a text", ByteOrder.LITTLE_ENDIAN).get(bytes);
      bytes(length);
    }
    return bytes;
  }

  String text(long length) {
    return new String(array(length), StandardCharsets.UTF_8);
  }

  /** Text up to a line's end, which is stepped over. */
  String line() {
    StringBuilder line = new StringBuilder();
    for (int c = u8(); c != '\n'; c = u8()) {
      if (line.length() >= MOST_TEXT) {
        throw new UnsupportedInputException(
            "%s: lines of up to %d bytes, an eighth of Java's memory, are read"
                .formatted(where(position()), MOST_TEXT));
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
