package org.efferent.data.fif;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.efferent.core.InputException;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;

/**
 * The bytes of a FIF file. A compressed one is unpacked first: in memory while it is small, else
 * into a temporary file that goes away with this object.
 */
final class FifInput implements AutoCloseable {
  private static final int IN_MEMORY = 1 << 20;
  private static final int UNPACK_STEP = 1 << 16;

  /** Recordings shrink to a half, silence to a hundredth; what grows by more is a trap. */
  private static final long MOST_GROWTH = 200;

  private final Path path;
  private final FileBytes file;
  private final byte[] memory;
  private final Path temporary;
  private final long size;
  private ByteOrder order = ByteOrder.BIG_ENDIAN;

  private FifInput(Path path, FileBytes file, byte[] memory, Path temporary, long size) {
    this.path = path;
    this.file = file;
    this.memory = memory;
    this.temporary = temporary;
    this.size = size;
  }

  /**
   * Opens a file and checks how it begins.
   *
   * @throws InputException if it is missing, unreadable or not FIF
   */
  static FifInput open(Path path) {
    FifInput input = unpacked(path);
    try {
      input.checkBeginning();
      return input;
    } catch (RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static FifInput unpacked(Path path) {
    FileBytes file = FileBytes.open(path);
    try {
      ByteBuffer magic = ByteBuffer.allocate((int) Math.min(2, file.size()));
      file.fill(0, magic);
      if (magic.limit() < 2 || magic.get(0) != 0x1f || (magic.get(1) & 0xff) != 0x8b) {
        return new FifInput(path, file, null, null, file.size());
      }
    } catch (IOException e) {
      file.close();
      throw InputFiles.failed(path, e);
    }
    long most = IN_MEMORY + file.size() * MOST_GROWTH;
    file.close();
    // Two resources: the constructor of the second throws where the first is no gzip file.
    try (InputStream raw = Files.newInputStream(path);
        InputStream in = new GZIPInputStream(raw, UNPACK_STEP)) {
      return unpack(path, in, most);
    } catch (EOFException | ZipException e) {
      throw new InputException(
          "%s: its compression is damaged (%s); fetch the file again"
              .formatted(InputFiles.name(path), e.getMessage()),
          e);
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }

  private static FifInput unpack(Path path, InputStream in, long most) throws IOException {
    byte[] bytes = new byte[UNPACK_STEP];
    int n = in.readNBytes(bytes, 0, bytes.length);
    while (n == bytes.length && n < IN_MEMORY) {
      bytes = Arrays.copyOf(bytes, 2 * n);
      n += in.readNBytes(bytes, n, bytes.length - n);
    }
    if (n < bytes.length) {
      return new FifInput(path, null, bytes, null, n);
    }
    Path temporary = Files.createTempFile("efferent-" + InputFiles.name(path), ".fif");
    try {
      long total = n;
      try (OutputStream out = Files.newOutputStream(temporary)) {
        out.write(bytes, 0, n);
        for (int more = in.read(bytes); more >= 0; more = in.read(bytes)) {
          out.write(bytes, 0, more);
          total += more;
          if (total > most) {
            throw new InputException(
                "%s: unpacks to more than %d times its size; unpack it by other means if it is sound"
                    .formatted(InputFiles.name(path), MOST_GROWTH));
          }
        }
      }
      return new FifInput(path, FileBytes.open(temporary), null, temporary, total);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private void checkBeginning() {
    if (size >= 36) {
      ByteBuffer head = read(0, 16, "the file id");
      for (ByteOrder candidate : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
        head.order(candidate);
        if (head.getInt(0) == Fiff.FILE_ID
            && head.getInt(4) == Fiff.T_ID_STRUCT
            && head.getInt(8) == 20) {
          order = candidate;
          return;
        }
      }
    }
    throw new InputException(
        name() + ": is not a FIF file: it does not begin with a file id (tag 100 of 20 bytes)");
  }

  Path path() {
    return path;
  }

  String name() {
    return InputFiles.name(path);
  }

  long size() {
    return size;
  }

  ByteOrder order() {
    return order;
  }

  /** Reads bytes into a new buffer; refuses before it allocates if the file is too short. */
  ByteBuffer read(long at, int bytes, String what) {
    if (at < 0 || bytes < 0 || at > size - bytes) {
      throw new InputException(
          "%s: %s of %d bytes at byte %d lies beyond the end at %d; the file is truncated or damaged"
              .formatted(name(), what, bytes, at, size));
    }
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(order);
    try {
      fill(at, buffer);
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
    return buffer.flip();
  }

  /** Fills what remains of a buffer. */
  void fill(long at, ByteBuffer into) throws IOException {
    if (file != null) {
      file.fill(at, into);
    } else if (at < 0 || at > size - into.remaining()) {
      throw new EOFException("the file ends at byte " + size);
    } else {
      into.put(memory, (int) at, into.remaining());
    }
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
    if (temporary != null) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        throw InputFiles.failed(path, e);
      }
    }
  }
}
