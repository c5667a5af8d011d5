package org.efferent.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.efferent.core.InputException;

/**
 * The bytes of a file, read from any place. Nothing is read that is not asked for, and nothing is
 * allocated before it is known that the file is long enough.
 */
public final class FileBytes implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final long size;

  private FileBytes(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @return its bytes
   * @throws InputException if it is missing, a folder or unreadable
   */
  public static FileBytes open(Path path) {
    InputFiles.check(path);
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      return new FileBytes(path, channel, channel.size());
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Its name, as errors begin. */
  public String name() {
    return InputFiles.name(path);
  }

  /** Bytes in it when it was opened. */
  public long size() {
    return size;
  }

  /**
   * Reads bytes into a new buffer.
   *
   * @param at where they begin
   * @param bytes how many
   * @param what what they are, for the error
   * @param order byte order of the buffer
   * @return the bytes, position 0
   * @throws InputException if the file ends before them
   */
  public ByteBuffer read(long at, int bytes, String what, ByteOrder order) {
    within(at, bytes, what);
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(order);
    try {
      fill(at, buffer);
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
    return buffer.flip();
  }

  /**
   * Bytes without reading them: pages of the file come into memory when they are looked at.
   *
   * @param at where they begin
   * @param bytes how many
   * @param what what they are, for the error
   * @param order byte order of the buffer
   * @return the bytes, read-only, position 0; good after {@link #close} too
   * @throws InputException if the file ends before them
   */
  public ByteBuffer map(long at, int bytes, String what, ByteOrder order) {
    within(at, bytes, what);
    try {
      return channel.map(FileChannel.MapMode.READ_ONLY, at, bytes).order(order);
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }

  private void within(long at, int bytes, String what) {
    if (at < 0 || bytes < 0 || at > size - bytes) {
      throw new InputException(
          "%s: %s of %d bytes at byte %d lies beyond the end of the file at %d; the file is truncated or damaged"
              .formatted(name(), what, bytes, at, size));
    }
  }

  /**
   * Fills what remains of a buffer.
   *
   * @param at where in the file the bytes begin
   * @param into filled from its position to its limit
   * @throws EOFException if the file ends before
   * @throws IOException if it cannot be read
   */
  public void fill(long at, ByteBuffer into) throws IOException {
    long next = at;
    while (into.hasRemaining()) {
      int n = channel.read(into, next);
      if (n < 0) {
        throw new EOFException("the file ends at byte " + next);
      }
      next += n;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // It was only read: nothing can be lost by a close that fails.
      throw InputFiles.failed(path, e);
    }
  }
}
