package org.efferent.data.mat;

/** The value of a variable of MATLAB, or of a field or a cell in one. */
public sealed interface MatValue permits MatArray, MatText, MatCell, MatStruct, MatOther {
  /** Class as MATLAB calls it: {@code double}, {@code int16}, {@code logical}, {@code char}, … */
  String className();

  /** A copy of the sizes, as MATLAB gives them: rows, columns, pages, … */
  long[] shape();

  /** Number of elements: the product of the sizes. */
  default long elements() {
    long product = 1;
    for (long size : shape()) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  /** Class and sizes in one word: {@code double [128 × 5000]}. */
  default String describe() {
    StringBuilder text = new StringBuilder(className()).append(" [");
    long[] sizes = shape();
    for (int i = 0; i < sizes.length; i++) {
      text.append(i == 0 ? "" : " × ").append(sizes[i]);
    }
    return text.append(']').toString();
  }
}
