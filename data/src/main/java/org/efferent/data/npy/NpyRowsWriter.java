package org.efferent.data.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.efferent.core.UsageException;

/**
 * Writes an {@code .npy} of 32-bit floats row by row, without knowing how many come: the header is
 * written anew at the end, in the room that NumPy leaves for it. A file that was not closed says
 * that it has no rows.
 */
public final class NpyRowsWriter implements AutoCloseable {
  private final Path path;
  private final long[] shape;
  private final int rowLength;
  private final ByteBuffer bytes;
  private final FileChannel channel;
  private boolean open = true;

  /**
   * Creates the file.
   *
   * @param path where it goes; nothing may be there
   * @param rowShape sizes of a row, slowest first
   * @throws UsageException if it exists or cannot be written
   */
  public NpyRowsWriter(Path path, long... rowShape) {
    this.path = path;
    this.shape = new long[rowShape.length + 1];
    System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
    this.rowLength = Math.toIntExact(NpyArray.elements(rowShape));
    this.bytes =
        ByteBuffer.allocate(Math.multiplyExact(rowLength, 4)).order(ByteOrder.LITTLE_ENDIAN);
    try {
      this.channel =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      writeAll(ByteBuffer.wrap(NpyHeader.write("<f4", shape)));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Rows so far. */
  public long rows() {
    return shape[0];
  }

  /**
   * Adds a row.
   *
   * @param row its numbers, row-major
   * @throws UsageException if the disk refuses
   */
  public void add(float[] row) {
    if (row.length != rowLength) {
      throw new IllegalArgumentException(
          "a row must have %d numbers; numbers=%d".formatted(rowLength, row.length));
    }
    bytes.clear().asFloatBuffer().put(row);
    try {
      writeAll(bytes);
    } catch (IOException e) {
      throw failed(e);
    }
    shape[0]++;
  }

  private void writeAll(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      channel.write(from);
    }
  }

  private UsageException failed(IOException e) {
    return new UsageException(
        path + ": could not be written: " + e.getMessage() + "; choose another place", e);
  }

  /** Writes how many rows there are. */
  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    try (channel) {
      channel.position(0);
      writeAll(ByteBuffer.wrap(NpyHeader.write("<f4", shape)));
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
