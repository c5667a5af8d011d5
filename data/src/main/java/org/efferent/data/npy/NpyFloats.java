package org.efferent.data.npy;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/**
 * Rows of an {@code .npy} of 32-bit floats in C's order, mapped: pages come into memory when they
 * are looked at, so that the file may be larger than memory. Rows may be read by several threads.
 */
public final class NpyFloats implements AutoCloseable {
  /** No piece of the map has more bytes, unless a single row has. */
  static final int MOST_BYTES = 1 << 30;

  private final String name;
  private final long[] shape;
  private final int rowLength;
  private final int rowsPerPiece;
  private List<FloatBuffer> pieces;

  private NpyFloats(
      String name, long[] shape, int rowLength, int rowsPerPiece, List<FloatBuffer> pieces) {
    this.name = name;
    this.shape = shape;
    this.rowLength = rowLength;
    this.rowsPerPiece = rowsPerPiece;
    this.pieces = pieces;
  }

  /**
   * Opens a file: its header is read, its elements are not.
   *
   * @param path the file
   * @return its rows
   * @throws InputException if it is missing, damaged, not of 32-bit floats in C's order, or without
   *     rows
   * @throws UnsupportedInputException if it is no NPY that is read, or a row has 2 GB or more
   */
  public static NpyFloats open(Path path) {
    return open(path, MOST_BYTES);
  }

  static NpyFloats open(Path path, int pieceBytes) {
    try (NpyFile file = NpyFile.open(path);
        FileBytes bytes = FileBytes.open(path)) {
      long[] shape = file.shape();
      long rowBytes = rowBytes(file, bytes.name());
      int rows = (int) Math.min(shape[0], Math.max(1, pieceBytes / rowBytes));
      List<FloatBuffer> pieces = new ArrayList<>();
      for (long row = 0; row < shape[0]; row += rows) {
        int size = (int) (Math.min(rows, shape[0] - row) * rowBytes);
        pieces.add(
            bytes
                .map(file.data() + row * rowBytes, size, "rows", ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer());
      }
      return new NpyFloats(bytes.name(), shape, (int) (rowBytes / 4), rows, pieces);
    }
  }

  /** Bytes of a row, if the file has rows of 32-bit floats in C's order. */
  static long rowBytes(NpyFile file, String name) {
    NpyType type = file.type();
    boolean floats =
        type.kind() == NpyType.Kind.FLOAT
            && type.bytes() == 4
            && type.order() == ByteOrder.LITTLE_ENDIAN;
    long[] shape = file.shape();
    if (!floats || file.isFortran() || shape.length == 0) {
      throw new InputException(
          "%s: must be little-endian float32 in C's order with rows; it is %s %s%s"
              .formatted(
                  name,
                  type.title(),
                  Arrays.toString(shape),
                  file.isFortran() ? " in Fortran's order" : ""));
    }
    long rowBytes = 4 * NpyArray.elements(Arrays.copyOfRange(shape, 1, shape.length));
    if (shape[0] == 0 || rowBytes == 0) {
      throw new InputException(
          name + ": must have rows of numbers; its shape is " + Arrays.toString(shape));
    }
    if (rowBytes > Integer.MAX_VALUE - 64) {
      throw new UnsupportedInputException(
          "%s: rows of up to 2147483583 bytes are read; bytes=%d".formatted(name, rowBytes));
    }
    return rowBytes;
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
   * Reads a row.
   *
   * @param row from 0
   * @param into gets its numbers, row-major
   * @param at where in it the first goes
   * @throws IndexOutOfBoundsException if there is no such row or it does not fit
   */
  public void read(long row, float[] into, int at) {
    Objects.checkIndex(row, shape[0]);
    List<FloatBuffer> open = pieces;
    if (open.isEmpty()) {
      throw new IllegalStateException(name + ": is closed");
    }
    FloatBuffer piece = open.get((int) (row / rowsPerPiece));
    piece.get((int) (row % rowsPerPiece) * rowLength, into, at, rowLength);
  }

  /** Lets the map go; the platform frees it when it collects garbage. */
  @Override
  public void close() {
    pieces = List.of();
  }
}
