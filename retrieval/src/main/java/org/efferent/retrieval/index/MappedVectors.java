package org.efferent.retrieval.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.efferent.data.FileBytes;

/**
 * Rows of 32-bit numbers in a mapped file: for Java as buffers, for BLAS as addresses. Pages come
 * into memory when they are looked at. Several threads may read.
 */
final class MappedVectors {
  private static final int MOST_BYTES = 1 << 30;

  private final int rows;
  private final int width;
  private final int shift;
  private final List<FloatBuffer> pieces = new ArrayList<>();
  private final List<FloatPointer> addresses = new ArrayList<>();

  MappedVectors(FileBytes file, long at, int rows, int width) {
    this(file, at, rows, width, MOST_BYTES);
  }

  /** With pieces of at most so many bytes, unless a row has more. */
  MappedVectors(FileBytes file, long at, int rows, int width, int pieceBytes) {
    this.rows = rows;
    this.width = width;
    this.shift = 31 - Integer.numberOfLeadingZeros(Math.max(1, pieceBytes / (4 * width)));
    int perPiece = 1 << shift;
    for (long row = 0; row < rows; row += perPiece) {
      int count = (int) Math.min(perPiece, rows - row);
      ByteBuffer bytes =
          file.map(at + row * width * 4, count * width * 4, "vectors", ByteOrder.LITTLE_ENDIAN);
      FloatBuffer piece = bytes.asFloatBuffer();
      pieces.add(piece);
      addresses.add(new FloatPointer(piece));
    }
  }

  int rows() {
    return rows;
  }

  int width() {
    return width;
  }

  /** Rows from one on that lie in one piece, at most so many. */
  int run(int row, int most) {
    int left = (1 << shift) - (row & ((1 << shift) - 1));
    return Math.min(Math.min(most, left), rows - row);
  }

  /** Address of a row; {@link #run} says how many follow it. */
  FloatPointer address(int row) {
    return addresses.get(row >>> shift).getPointer(place(row));
  }

  /** Pointers of one thread's own, to be moved by {@link #move}. */
  FloatPointer[] cursors() {
    return addresses.stream().map(FloatPointer::new).toArray(FloatPointer[]::new);
  }

  /** Moves the pointer of a row's piece to that row, without allocating. */
  FloatPointer move(FloatPointer[] cursors, int row) {
    return cursors[row >>> shift].position(place(row));
  }

  private long place(int row) {
    return (long) (row & ((1 << shift) - 1)) * width;
  }

  void read(int row, float[] into) {
    pieces.get(row >>> shift).get((int) place(row), into, 0, width);
  }
}
