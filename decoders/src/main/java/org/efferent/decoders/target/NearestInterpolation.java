package org.efferent.decoders.target;

import org.efferent.core.InputException;

/**
 * Other numbers of rows by repeating or leaving out rows, as PyTorch's {@code
 * F.interpolate(mode="nearest")}: output row i is input row {@code ⌊i (rows / outputs)⌋}, the
 * quotient and the product in single precision, as there. So speech features of some 50 or 125 Hz
 * are brought to the 120 Hz of the brain.
 */
public final class NearestInterpolation {
  private NearestInterpolation() {}

  /**
   * Interpolates.
   *
   * @param values {@code [rows × columns]}, row-major
   * @param columns at least 1
   * @param outputs rows wanted, at least 1
   * @return {@code [outputs × columns]}
   * @throws InputException if there is no row
   */
  public static double[] apply(double[] values, int columns, int outputs) {
    if (columns < 1 || outputs < 1 || values.length % columns != 0) {
      throw new IllegalArgumentException(
          "values must be [rows × columns], outputs 1 at least; columns=%d, outputs=%d, values=%d"
              .formatted(columns, outputs, values.length));
    }
    int rows = values.length / columns;
    if (rows == 0) {
      throw new InputException("interpolation needs one row at least; rows=0");
    }
    double[] out = new double[Math.multiplyExact(outputs, columns)];
    for (int i = 0; i < outputs; i++) {
      System.arraycopy(values, source(i, rows, outputs) * columns, out, i * columns, columns);
    }
    return out;
  }

  /** Input row of an output row. */
  static int source(int output, int rows, int outputs) {
    float scale = (float) rows / outputs;
    return Math.min((int) Math.floor(output * scale), rows - 1);
  }
}
