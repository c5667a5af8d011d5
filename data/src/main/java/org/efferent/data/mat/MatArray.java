package org.efferent.data.mat;

import java.util.Objects;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.Tensor;

/**
 * An array of numbers, column-major: real ones of any class, or logical ones (0 or 1). Elements are
 * read from the file, or converted, when they are asked for.
 */
public final class MatArray implements MatValue {
  private final String className;
  private final long[] shape;
  private final boolean complex;
  private final Elements source;
  private final String where;

  /** Where the numbers come from. */
  @FunctionalInterface
  interface Elements {
    /** Reads elements, all of which exist, by their column-major index. */
    void read(long from, int count, double[] into, int offset);
  }

  /**
   * An array.
   *
   * @param className class as MATLAB calls it
   * @param shape sizes
   * @param complex whether there is an imaginary part, which is not read
   * @param source the real parts
   * @param where file and variable, for errors
   */
  MatArray(String className, long[] shape, boolean complex, Elements source, String where) {
    this.className = Objects.requireNonNull(className, "className");
    this.shape = shape.clone();
    this.complex = complex;
    this.source = Objects.requireNonNull(source, "source");
    this.where = where;
  }

  @Override
  public String className() {
    return complex ? "complex " + className : className;
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Whether the numbers are complex: then none of them is read. */
  public boolean complex() {
    return complex;
  }

  /**
   * Reads elements.
   *
   * @param from column-major index of the first, from 0
   * @param count how many
   * @param into where they go; 64-bit integers beyond 2⁵³ are rounded
   * @param offset where in {@code into} the first goes
   * @throws UnsupportedInputException if the numbers are complex
   */
  public void read(long from, int count, double[] into, int offset) {
    if (complex) {
      throw new UnsupportedInputException(
          where + ": complex numbers are not read; save their real and imaginary parts");
    }
    Objects.checkFromIndexSize(from, count, elements());
    Objects.checkFromIndexSize(offset, count, into.length);
    source.read(from, count, into, offset);
  }

  /**
   * All elements, column-major.
   *
   * @throws UnsupportedInputException if they are complex, or more than an array holds
   */
  public double[] doubles() {
    if (elements() > Integer.MAX_VALUE - 8) {
      throw new UnsupportedInputException(
          "%s: %s is more than one array holds; read it by range".formatted(where, describe()));
    }
    double[] all = new double[(int) elements()];
    read(0, all.length, all, 0);
    return all;
  }

  /**
   * The array with its sizes in the same order, row-major: element (r, c) of {@code [rows ×
   * columns]} is at {@code r · columns + c}.
   *
   * @return doubles
   * @throws UnsupportedInputException if they are complex, or more than an array holds
   */
  public Tensor toTensor() {
    double[] columnMajor = doubles();
    double[] rowMajor = new double[columnMajor.length];
    long[] at = new long[shape.length];
    for (double value : columnMajor) {
      long index = 0;
      for (int d = 0; d < shape.length; d++) {
        index = index * shape[d] + at[d];
      }
      rowMajor[(int) index] = value;
      for (int d = 0; d < shape.length && ++at[d] == shape[d]; d++) {
        at[d] = 0;
      }
    }
    return Tensor.of(rowMajor, shape);
  }
}
