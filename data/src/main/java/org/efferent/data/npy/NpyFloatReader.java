package org.efferent.data.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.efferent.core.InputException;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;

/**
 * Rows of an {@code .npy} of 32-bit floats in C's order, read when they are asked for: unlike
 * {@link NpyFloats}, which maps the file, it takes no memory however much of it is looked at. One
 * thread at a time uses it.
 */
public final class NpyFloatReader implements AutoCloseable {
  private static final int ROOM = 1 << 16;

  private final FileBytes bytes;
  private final long data;
  private final long[] shape;
  private final int rowLength;
  private final ByteBuffer room = ByteBuffer.allocateDirect(ROOM).order(ByteOrder.LITTLE_ENDIAN);
  private final FloatBuffer floats = room.asFloatBuffer();

  private NpyFloatReader(FileBytes bytes, long data, long[] shape, int rowLength) {
    this.bytes = bytes;
    this.data = data;
    this.shape = shape;
    this.rowLength = rowLength;
  }

  /**
   * Opens a file: its header is read, its elements are not.
   *
   * @param path the file
   * @return its rows
   * @throws InputException as {@link NpyFloats#open(Path)}
   * @throws org.efferent.core.UnsupportedInputException as {@link NpyFloats#open(Path)}
   */
  public static NpyFloatReader open(Path path) {
    try (NpyFile file = NpyFile.open(path)) {
      int rowLength = (int) (NpyFloats.rowBytes(file, InputFiles.name(path)) / 4);
      return new NpyFloatReader(FileBytes.open(path), file.data(), file.shape(), rowLength);
    }
  }

  /** A copy of the sizes, rows first. */
  public long[] shape() {
    return shape.clone();
  }

  /** Rows. */
  public long rows() {
    return shape[0];
  }

  /** Numbers of a row. */
  public int rowLength() {
    return rowLength;
  }

  /**
   * Reads a stretch of a row.
   *
   * @param row from 0
   * @param from first number of the row
   * @param count how many
   * @param into gets them
   * @param at where in it the first goes
   * @throws IndexOutOfBoundsException if there is no such stretch or it does not fit
   * @throws InputException if the file became shorter or cannot be read any more
   */
  public void read(long row, int from, int count, float[] into, int at) {
    Objects.checkIndex(row, shape[0]);
    Objects.checkFromIndexSize(from, count, rowLength);
    Objects.checkFromIndexSize(at, count, into.length);
    for (int done = 0; done < count; ) {
      int n = Math.min(ROOM / 4, count - done);
      room.clear().limit(4 * n);
      try {
        bytes.fill(data + 4 * (row * rowLength + from + done), room);
      } catch (IOException e) {
        throw InputFiles.failed(bytes.path(), e);
      }
      floats.get(0, into, at + done, n);
      done += n;
    }
  }

  @Override
  public void close() {
    bytes.close();
  }
}
