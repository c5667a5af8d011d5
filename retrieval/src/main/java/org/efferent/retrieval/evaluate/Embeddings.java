package org.efferent.retrieval.evaluate;

import java.util.Arrays;
import java.util.Objects;
import org.efferent.core.InputException;
import org.efferent.data.Tensor;
import org.efferent.data.npy.NpyFloatReader;

/**
 * Rows of numbers {@code [rows × width]}, in memory or read from a file, with the name of where
 * they came from, for errors.
 */
public final class Embeddings {
  private final String name;
  private final int rows;
  private final int width;
  private final Rows reader;

  /** Gives stretches of rows; may be called again and again. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Reads a stretch of a row.
     *
     * @param row from 0
     * @param from first number of the row
     * @param count how many
     * @param into gets them
     * @param at where in it the first goes
     */
    void read(int row, int from, int count, float[] into, int at);
  }

  /**
   * Rows that something gives.
   *
   * @param name where they come from, for errors
   * @param rows at least 1
   * @param width numbers of a row, at least 1
   * @param reader gives them
   * @throws InputException if there are no rows or no numbers
   */
  public Embeddings(String name, int rows, int width, Rows reader) {
    this.name = Objects.requireNonNull(name, "name");
    this.reader = Objects.requireNonNull(reader, "reader");
    if (rows < 1 || width < 1) {
      throw new InputException(
          "%s: embeddings must be at least one row of at least one number; shape=[%d, %d]"
              .formatted(name, rows, width));
    }
    this.rows = rows;
    this.width = width;
  }

  /**
   * Rows in memory.
   *
   * @param name where they come from
   * @param values {@code [rows × width]}, row-major; not copied
   * @param width numbers of a row
   * @return the rows
   */
  public static Embeddings of(String name, float[] values, int width) {
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(
          "values must be [rows × width]; values=%d, width=%d".formatted(values.length, width));
    }
    return new Embeddings(
        name,
        values.length / width,
        width,
        (row, from, count, into, at) ->
            System.arraycopy(values, row * width + from, into, at, count));
  }

  /**
   * Rows of an array: {@code [n × d]}; more axes are joined, so that {@code [n × 1 × d]} is read as
   * {@code [n × d]} and {@code [n × features × time]} as {@code [n × features·time]}. Doubles are
   * rounded to single precision.
   *
   * @param name where they come from
   * @param tensor numbers
   * @return the rows
   * @throws InputException if it has fewer than two axes or no elements
   */
  public static Embeddings of(String name, Tensor tensor) {
    long[] shape = tensor.shape();
    if (shape.length < 2 || tensor.elements() == 0) {
      throw new InputException(
          "%s: embeddings must be [rows × numbers]; shape=%s"
              .formatted(name, Arrays.toString(shape)));
    }
    return of(name, tensor.floats(), (int) (tensor.elements() / shape[0]));
  }

  /**
   * Rows of a file, read when they are asked for; it stays open as long as they are used.
   *
   * @param name where they come from
   * @param file 32-bit floats
   * @return the rows
   * @throws InputException if it has fewer than two axes or more rows than an {@code int} counts
   */
  public static Embeddings of(String name, NpyFloatReader file) {
    if (file.shape().length < 2 || file.rows() > Integer.MAX_VALUE) {
      throw new InputException(
          "%s: embeddings must be [rows × numbers], up to 2147483647 rows; shape=%s"
              .formatted(name, Arrays.toString(file.shape())));
    }
    return new Embeddings(name, (int) file.rows(), file.rowLength(), file::read);
  }

  /** Where they come from. */
  public String name() {
    return name;
  }

  /** Rows. */
  public int rows() {
    return rows;
  }

  /** Numbers of a row. */
  public int width() {
    return width;
  }

  /**
   * Reads a stretch of a row.
   *
   * @param row from 0
   * @param from first number
   * @param count how many
   * @param into gets them
   * @param at where in it the first goes
   */
  public void read(int row, int from, int count, float[] into, int at) {
    Objects.checkIndex(row, rows);
    Objects.checkFromIndexSize(from, count, width);
    reader.read(row, from, count, into, at);
  }

  /**
   * A copy of a row.
   *
   * @param row from 0
   * @return {@code [width]}
   */
  public float[] row(int row) {
    float[] copy = new float[width];
    read(row, 0, width, copy, 0);
    return copy;
  }

  /**
   * Some rows, in the order named; nothing is copied.
   *
   * @param which rows, from 0; at least one
   * @return a view
   */
  public Embeddings select(int[] which) {
    int[] kept = which.clone();
    for (int row : kept) {
      Objects.checkIndex(row, rows);
    }
    return new Embeddings(
        name,
        kept.length,
        width,
        (row, from, count, into, at) -> reader.read(kept[row], from, count, into, at));
  }

  /**
   * Lengths of the rows, {@code [rows]}; every row is looked at.
   *
   * @return Euclidean norms, all finite and positive
   * @throws InputException if a row has a number that is not finite or is all zeros, which has no
   *     direction to compare
   */
  public double[] norms() {
    double[] norms = new double[rows];
    float[] values = new float[width];
    for (int r = 0; r < rows; r++) {
      read(r, 0, width, values, 0);
      double sum = 0;
      for (int i = 0; i < width; i++) {
        if (!Float.isFinite(values[i])) {
          throw new InputException(
              "%s: embeddings must be finite; row %d (from 0), column %d is %s; encode it again or leave the row out"
                  .formatted(name, r, i, values[i]));
        }
        sum += (double) values[i] * values[i];
      }
      if (sum == 0) {
        throw new InputException(
            "%s: an embedding of zeros has no direction; row %d (from 0); encode it again or leave the row out"
                .formatted(name, r));
      }
      norms[r] = Math.sqrt(sum);
    }
    return norms;
  }

  @Override
  public String toString() {
    return "%s [%d × %d]".formatted(name, rows, width);
  }
}
