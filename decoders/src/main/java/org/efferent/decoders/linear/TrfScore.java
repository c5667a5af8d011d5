package org.efferent.decoders.linear;

import java.util.Arrays;

/** How a prediction agrees with what was: Pearson's r and mean squared error of each column. */
public final class TrfScore {
  private final double[] correlations;
  private final double[] errors;

  private TrfScore(double[] correlations, double[] errors) {
    this.correlations = correlations;
    this.errors = errors;
  }

  /**
   * Compares.
   *
   * @param predicted {@code [rows × columns]}, row-major
   * @param actual {@code [rows × columns]}, row-major
   * @param rows at least 1
   * @param columns at least 1
   * @return r and error of each column; r of a column that does not vary is 0
   */
  public static TrfScore of(double[] predicted, double[] actual, int rows, int columns) {
    if (rows < 1
        || columns < 1
        || predicted.length != (long) rows * columns
        || actual.length != predicted.length) {
      throw new IllegalArgumentException(
          "both must be [rows × columns]; rows=%d, columns=%d, values=%d and %d"
              .formatted(rows, columns, predicted.length, actual.length));
    }
    double[] r = new double[columns];
    double[] mse = new double[columns];
    for (int j = 0; j < columns; j++) {
      r[j] = correlation(predicted, actual, rows, columns, j);
      for (int i = 0; i < rows; i++) {
        double error = predicted[i * columns + j] - actual[i * columns + j];
        mse[j] += error * error / rows;
      }
    }
    return new TrfScore(r, mse);
  }

  private static double correlation(double[] a, double[] b, int rows, int columns, int j) {
    double meanA = 0;
    double meanB = 0;
    for (int i = 0; i < rows; i++) {
      meanA += a[i * columns + j] / rows;
      meanB += b[i * columns + j] / rows;
    }
    double aa = 0;
    double ab = 0;
    double bb = 0;
    for (int i = 0; i < rows; i++) {
      double da = a[i * columns + j] - meanA;
      double db = b[i * columns + j] - meanB;
      aa += da * da;
      ab += da * db;
      bb += db * db;
    }
    // What is left of a constant column is rounding.
    boolean varies = aa > 1e-28 * rows * meanA * meanA && bb > 1e-28 * rows * meanB * meanB;
    return varies && aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
  }

  /** Pearson's r of each column. */
  public double[] correlations() {
    return correlations.clone();
  }

  /** Mean squared error of each column. */
  public double[] errors() {
    return errors.clone();
  }

  /** Mean of the correlations. */
  public double meanCorrelation() {
    return Arrays.stream(correlations).average().orElse(0);
  }

  /** Mean of the errors. */
  public double meanError() {
    return Arrays.stream(errors).average().orElse(0);
  }
}
