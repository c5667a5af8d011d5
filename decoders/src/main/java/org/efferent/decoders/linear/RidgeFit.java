package org.efferent.decoders.linear;

import java.util.Arrays;
import java.util.List;

/**
 * One fit of a {@link Ridge}. X and Y are centred; the Gram matrix of the smaller dimension is
 * decomposed once, and every penalty follows from that.
 *
 * <p>With {@code H} the matrix that makes predictions of Y, intercept included, the error of row i
 * when it is left out is {@code (y_i - ŷ_i) / (1 - H_ii)}, exactly (Allen 1974).
 *
 * <ul>
 *   <li>inputs ≤ rows: {@code XᵀX = V S Vᵀ}, {@code Z = X V}: {@code Ŷ = Z (S + λ)⁻¹ ZᵀY}, {@code
 *       H_ii = 1/n + Σ_k Z_ik² / (s_k + λ)}
 *   <li>inputs > rows: {@code XXᵀ = Q S Qᵀ}: both numerator and denominator are λ times {@code Q (S
 *       + λ)⁻¹ QᵀY} and {@code Σ_k Q_ik² / (s_k + λ) - 1/(nλ)}, so λ cancels. The vector of ones,
 *       whose value is 0 after centring, is given the value σ instead, the mean of the others: its
 *       share is {@code 1/(n(σ + λ))} then, and nothing large is subtracted from something large
 * </ul>
 */
final class RidgeFit {
  private final int rows;
  private final int inputs;
  private final int outputs;
  private final double[] x;
  private final double[] y;
  private final double[] xMean;
  private final double[] yMean;
  private final boolean dual;

  /** Z, or Q: {@code [rows × rank]}. */
  private double[] basis;

  private double[] spectrum;

  /** ZᵀY, or QᵀY: {@code [rank × outputs]}. */
  private double[] projected;

  /** V as rows, or none. */
  private double[] axes;

  private double ones;

  RidgeFit(double[] x, double[] y, int rows, int inputs, int outputs) {
    this.rows = rows;
    this.inputs = inputs;
    this.outputs = outputs;
    xMean = means(x, rows, inputs);
    yMean = means(y, rows, outputs);
    this.x = centred(x, xMean);
    this.y = centred(y, yMean);
    dual = inputs > rows;
  }

  private static double[] means(double[] values, int rows, int columns) {
    double[] means = new double[columns];
    for (int i = 0; i < values.length; i++) {
      means[i % columns] += values[i];
    }
    for (int j = 0; j < columns; j++) {
      means[j] /= rows;
    }
    return means;
  }

  private static double[] centred(double[] values, double[] means) {
    double[] centred = values.clone();
    for (int i = 0; i < centred.length; i++) {
      centred[i] -= means[i % means.length];
    }
    return centred;
  }

  Ridge fit(RidgeOptions options) {
    decompose();
    List<Double> grid = options.penalties();
    double[] errors = new double[grid.size() * outputs];
    for (int g = 0; g < grid.size(); g++) {
      System.arraycopy(leaveOneOut(grid.get(g)), 0, errors, g * outputs, outputs);
    }
    double[] penalties = choose(options, errors);
    double[] weights = weights(penalties);
    double[] bias = yMean.clone();
    double[] shift = DenseProducts.multiply(xMean, weights, 1, inputs, outputs);
    for (int j = 0; j < outputs; j++) {
      bias[j] -= shift[j];
    }
    double[] tried = grid.stream().mapToDouble(Double::doubleValue).toArray();
    return new Ridge(inputs, outputs, weights, bias, tried, errors, penalties);
  }

  private void decompose() {
    double[] gram =
        dual
            ? DenseProducts.rightTransposed(x, x, rows, inputs, rows)
            : DenseProducts.leftTransposed(x, x, inputs, rows, inputs);
    int size = dual ? rows : inputs;
    if (dual) {
      double trace = 0;
      for (int i = 0; i < rows; i++) {
        trace += gram[i * rows + i];
      }
      ones = trace > 0 ? trace / rows : 1;
      for (int i = 0; i < gram.length; i++) {
        gram[i] += ones / rows;
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(gram, size);
    spectrum = eigen.values();
    for (int k = 0; k < size; k++) {
      spectrum[k] = Math.max(0, spectrum[k]);
    }
    if (dual) {
      basis = DenseProducts.transpose(eigen.rows(), rows, rows);
    } else {
      axes = eigen.rows();
      basis = DenseProducts.rightTransposed(x, axes, rows, inputs, inputs);
    }
    projected = DenseProducts.leftTransposed(basis, y, size, rows, outputs);
  }

  /** Mean squared leave-one-out error of each output. */
  private double[] leaveOneOut(double penalty) {
    int rank = spectrum.length;
    double[] scaled = projected.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] /= spectrum[i / outputs] + penalty;
    }
    double[] fitted = DenseProducts.multiply(basis, scaled, rows, rank, outputs);
    double[] sums = new double[outputs];
    for (int i = 0; i < rows; i++) {
      double leverage = 0;
      for (int k = 0; k < rank; k++) {
        double b = basis[i * rank + k];
        leverage += b * b / (spectrum[k] + penalty);
      }
      double rest = dual ? leverage - 1 / (rows * (ones + penalty)) : 1 - 1.0 / rows - leverage;
      for (int j = 0; j < outputs; j++) {
        int at = i * outputs + j;
        double error = (dual ? fitted[at] : y[at] - fitted[at]) / rest;
        sums[j] += error * error / rows;
      }
    }
    return sums;
  }

  private double[] choose(RidgeOptions options, double[] errors) {
    List<Double> grid = options.penalties();
    double[] penalties = new double[outputs];
    if (options.perOutput()) {
      for (int j = 0; j < outputs; j++) {
        penalties[j] = grid.get(smallest(errors, j, j + 1, grid.size()));
      }
    } else {
      Arrays.fill(penalties, grid.get(smallest(errors, 0, outputs, grid.size())));
    }
    return penalties;
  }

  /** The penalty of the least error over some outputs; of equal ones the larger penalty. */
  private int smallest(double[] errors, int from, int to, int count) {
    int best = count - 1;
    double least = Double.POSITIVE_INFINITY;
    for (int g = count - 1; g >= 0; g--) {
      double sum = 0;
      for (int j = from; j < to; j++) {
        sum += errors[g * outputs + j];
      }
      if (sum < least) {
        least = sum;
        best = g;
      }
    }
    return best;
  }

  /** {@code V (S + λ)⁻¹ ZᵀY} or {@code Xᵀ Q (S + λ)⁻¹ QᵀY}. */
  private double[] weights(double[] penalties) {
    int rank = spectrum.length;
    double[] scaled = projected.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] /= spectrum[i / outputs] + penalties[i % outputs];
    }
    if (!dual) {
      return DenseProducts.leftTransposed(axes, scaled, inputs, rank, outputs);
    }
    double[] coefficients = DenseProducts.multiply(basis, scaled, rows, rank, outputs);
    return DenseProducts.leftTransposed(x, coefficients, inputs, rows, outputs);
  }
}
