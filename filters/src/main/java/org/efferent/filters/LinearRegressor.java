package org.efferent.filters;

import org.apache.commons.math3.linear.RealMatrix;
import org.efferent.core.InputException;

/** A line with intercept, {@code f(x) = W x + b}. */
public final class LinearRegressor implements Regressor {
  private final int inputs;
  private final double[] weights;
  private final double[] intercept;

  /**
   * A given line.
   *
   * @param weights W, {@code [outputs × inputs]}, row-major
   * @param intercept b, {@code [outputs]}
   * @throws InputException where sizes disagree
   */
  public LinearRegressor(double[] weights, double[] intercept) {
    if (intercept.length == 0
        || weights.length == 0
        || weights.length % intercept.length != 0
        || !SmallMatrix.isFinite(weights)
        || !SmallMatrix.isFinite(intercept)) {
      throw new InputException(
          "a line has finite weights [outputs × inputs] and one intercept an output; weights="
              + weights.length
              + ", intercepts="
              + intercept.length);
    }
    this.weights = weights.clone();
    this.intercept = intercept.clone();
    inputs = weights.length / intercept.length;
  }

  /**
   * Ordinary least squares; of least norm where features depend on one another.
   *
   * @param rows {@code [rows][inputs]}
   * @param targets {@code [rows][outputs]}
   * @return the line
   * @throws InputException where tables disagree or hold values that are not finite
   */
  public static LinearRegressor fit(double[][] rows, double[][] targets) {
    int m = Tables.check("features", rows);
    int outputs = Tables.check("states", targets);
    Tables.sameRows("features", rows, "states", targets);
    double[][] extended = new double[rows.length][m + 1];
    for (int t = 0; t < rows.length; t++) {
      System.arraycopy(rows[t], 0, extended[t], 0, m);
      extended[t][m] = 1;
    }
    RealMatrix solution = Tables.leastSquares(extended, targets);
    double[] weights = new double[outputs * m];
    double[] intercept = new double[outputs];
    for (int j = 0; j < outputs; j++) {
      for (int c = 0; c < m; c++) {
        weights[j * m + c] = solution.getEntry(c, j);
      }
      intercept[j] = solution.getEntry(m, j);
    }
    return new LinearRegressor(weights, intercept);
  }

  @Override
  public void predict(double[] x, double[] out) {
    for (int j = 0; j < intercept.length; j++) {
      double sum = intercept[j];
      int row = j * inputs;
      for (int c = 0; c < inputs; c++) {
        sum += weights[row + c] * x[c];
      }
      out[j] = sum;
    }
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return intercept.length;
  }

  /** A copy of W, {@code [outputs × inputs]}, row-major. */
  public double[] weights() {
    return weights.clone();
  }

  /** A copy of b, {@code [outputs]}. */
  public double[] intercept() {
    return intercept.clone();
  }
}
