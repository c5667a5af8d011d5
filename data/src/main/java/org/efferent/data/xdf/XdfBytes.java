package org.efferent.data.xdf;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;

/**
 * The bytes of a recording, by position, through a window. A compressed recording is unpacked into
 * a temporary file first, because damage makes a reader go back.
 */
final class XdfBytes implements AutoCloseable {
  /** UUID of boundary chunks. */
  private static final byte[] BOUNDARY = {
    0x43,
    (byte) 0xA5,
    0x46,
    (byte) 0xDC,
    (byte) 0xCB,
    (byte) 0xF5,
    0x41,
    0x0F,
    (byte) 0xB3,
    0x0E,
    (byte) 0xD5,
    0x46,
    0x73,
    (byte) 0x83,
    (byte) 0xCB,
    (byte) 0xE4
  };

  static final int BOUNDARY_BYTES = 16;

  /** How far to go on from a place whose last byte is known (Horspool 1980). */
  private static final int[] SHIFT = shifts();

  private static final int WINDOW = 1 << 18;

  /** Recordings shrink to a half, silence to a hundredth; what grows by more is a trap. */
  private static final long MOST_GROWTH = 200;

  private static final long FREE_GROWTH = 16 << 20;

  private final Path temporary;
  private final FileChannel channel;
  private final long size;
  private final boolean cut;
  private ByteBuffer window;
  private long windowStart;

  private XdfBytes(Path file, Path temporary, boolean cut) throws IOException {
    this.temporary = temporary;
    this.cut = cut;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.size = channel.size();
    this.window = emptyWindow((int) Math.min(WINDOW, size));
  }

  private static int[] shifts() {
    int[] shifts = new int[256];
    java.util.Arrays.fill(shifts, BOUNDARY_BYTES);
    for (int k = 0; k < BOUNDARY_BYTES - 1; k++) {
      shifts[BOUNDARY[k] & 0xFF] = BOUNDARY_BYTES - 1 - k;
    }
    return shifts;
  }

  static XdfBytes open(Path file) throws IOException {
    byte[] magic;
    try (InputStream in = Files.newInputStream(file)) {
      magic = in.readNBytes(2);
    }
    if (magic.length < 2 || magic[0] != 0x1F || magic[1] != (byte) 0x8B) {
      return new XdfBytes(file, null, false);
    }
    Path temporary = Files.createTempFile("efferent", ".xdf");
    boolean opened = false;
    try {
      boolean cut = unpack(file, temporary, FREE_GROWTH + MOST_GROWTH * Files.size(file));
      XdfBytes bytes = new XdfBytes(temporary, temporary, cut);
      opened = true;
      return bytes;
    } finally {
      if (!opened) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /** Unpacks what is there; true if the end is missing. */
  private static boolean unpack(Path file, Path to, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = new GZIPInputStream(raw, 1 << 16);
        OutputStream out = Files.newOutputStream(to)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        total += n;
        if (total > most) {
          throw new InputException(
              "%s: unpacks to more than %d times its size; unpack it by other means if it is sound"
                  .formatted(InputFiles.name(file), MOST_GROWTH));
        }
      }
      return false;
    } catch (EOFException e) {
      return true;
    } catch (ZipException e) {
      throw new InputException(
          InputFiles.name(file) + ": the compressed data is damaged: " + e.getMessage(), e);
    }
  }

  /** Bytes after unpacking. */
  long size() {
    return size;
  }

  /** Whether compressed data ended too early. */
  boolean cut() {
    return cut;
  }

  /**
   * The bytes {@code [from, from + length)}, little-endian; valid until the next call.
   *
   * @param from position
   * @param length how many; all lie in the file
   */
  ByteBuffer view(long from, int length) throws IOException {
    if (from < windowStart || from + length > windowStart + window.limit()) {
      if (length > window.capacity()) {
        window = emptyWindow(length);
      }
      window.clear();
      windowStart = from;
      while (window.hasRemaining()) {
        if (channel.read(window, from + window.position()) < 0) {
          break;
        }
      }
      window.flip();
      if (window.limit() < length) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
    return window.slice((int) (from - windowStart), length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where the next boundary's UUID at or after a position ends; -1 if there is none. */
  long afterNextBoundary(long from) throws IOException {
    long at = from;
    while (at + BOUNDARY_BYTES <= size) {
      int length = (int) Math.min(WINDOW, size - at);
      ByteBuffer block = view(at, length);
      int i = 0;
      while (i + BOUNDARY_BYTES <= length) {
        if (isBoundary(block, i)) {
          return at + i + BOUNDARY_BYTES;
        }
        i += SHIFT[block.get(i + BOUNDARY_BYTES - 1) & 0xFF];
      }
      at += length - BOUNDARY_BYTES + 1;
    }
    return -1;
  }

  static boolean isBoundary(ByteBuffer block, int at) {
    for (int k = 0; k < BOUNDARY_BYTES; k++) {
      if (block.get(at + k) != BOUNDARY[k]) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer emptyWindow(int capacity) {
    return ByteBuffer.allocate(capacity).limit(0);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (temporary != null) {
      Files.deleteIfExists(temporary);
    }
  }
}
