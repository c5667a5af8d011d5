package org.efferent.data.mat;

import java.util.Objects;
import java.util.function.IntFunction;

/** A cell array: any value in each cell. */
public final class MatCell implements MatValue {
  private final long[] shape;
  private final IntFunction<MatValue> cells;

  /**
   * A cell array.
   *
   * @param shape sizes; the product is an int
   * @param cells a cell by its column-major index from 0
   */
  MatCell(long[] shape, IntFunction<MatValue> cells) {
    this.shape = shape.clone();
    this.cells = Objects.requireNonNull(cells, "cells");
  }

  @Override
  public String className() {
    return "cell";
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Number of cells. */
  public int size() {
    return Math.toIntExact(elements());
  }

  /**
   * A cell.
   *
   * @param index column-major, from 0
   * @return its value
   */
  public MatValue get(int index) {
    Objects.checkIndex(index, size());
    return cells.apply(index);
  }
}
