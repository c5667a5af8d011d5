package org.efferent.retrieval.index;

import java.util.Objects;
import org.efferent.data.npy.NpyFloats;

/** Rows of 32-bit numbers that may be read more than once, from a file, memory or a formula. */
public interface EmbeddingSource {
  /** Rows. */
  long rows();

  /** Numbers of a row. */
  int width();

  /**
   * Reads a row; several threads may.
   *
   * @param row from 0
   * @param into gets its numbers
   * @param at where in it the first goes
   */
  void read(long row, float[] into, int at);

  /**
   * Rows in memory, which are not copied.
   *
   * @param values {@code [rows × width]}, row-major
   * @param width numbers of a row
   * @return the rows
   */
  static EmbeddingSource of(float[] values, int width) {
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(
          "numbers must fill whole rows; numbers=%d, width=%d".formatted(values.length, width));
    }
    return new EmbeddingSource() {
      @Override
      public long rows() {
        return values.length / width;
      }

      @Override
      public int width() {
        return width;
      }

      @Override
      public void read(long row, float[] into, int at) {
        int index = Math.toIntExact(Objects.checkIndex(row, rows()));
        System.arraycopy(values, index * width, into, at, width);
      }
    };
  }

  /**
   * Rows of a file, whatever the shape of a row.
   *
   * @param file stays the caller's to close
   * @return the rows
   */
  static EmbeddingSource of(NpyFloats file) {
    return new EmbeddingSource() {
      @Override
      public long rows() {
        return file.rows();
      }

      @Override
      public int width() {
        return file.rowLength();
      }

      @Override
      public void read(long row, float[] into, int at) {
        file.read(row, into, at);
      }
    };
  }
}
