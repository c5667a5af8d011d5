package org.efferent.filters;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How well a Gaussian process with a Matérn-3/2 covariance predicts blocks of consecutive rows that
 * it has not seen, and the gradient of that by its hyper-parameters.
 *
 * <p>The relative squared error over left-out blocks B, all from one inverse (Rasmussen and
 * Williams 2006, eq. 5.12, for blocks):
 *
 * <pre>
 * C = K + σn² I,   a = C⁻¹ Y,   e_B = (C⁻¹[B, B])⁻¹ a_B,   E = Σ_B |e_B|² / |Y|²
 * ∂E/∂K = -(Σ_B u_B) aᵀ + Σ_B u_B v_Bᵀ,   u_B = C⁻¹[:, B] (C⁻¹[B, B])⁻¹ 2 e_B / |Y|²,   v_B = C⁻¹[:, B] e_B
 * </pre>
 *
 * <p>Blocks, because neighbouring bins of a recording err alike: single rows left out, and the
 * marginal likelihood too, take that likeness for signal and choose too little noise.
 *
 * <p>Parameters, all natural logarithms: one scale a lag, one a feature (an input's scale is the
 * product of its lag's and its feature's), the variance of the signal, the variance of the noise.
 *
 * <p>Longer than 300 lines, because value and gradient share what they compute.
 */
final class BlockwiseError {
  private static final double ROOT3 = Math.sqrt(3);

  private final int n;
  private final int lags;
  private final int features;
  private final int outputs;
  private final int block;
  private final double[][] inputs;
  private final double[] y; // [n × outputs]
  private final double power;
  private final double[][] columns;
  private final double[] kernel; // K [n × n]
  private final double[] decay; // σf² exp(-r) [n × n]
  private final double[] inverse; // C⁻¹ [n × n]
  private final double[] errors; // [n × outputs]

  /**
   * The error on given rows.
   *
   * @param inputs {@code [n][lags × features]}, newest lag first; n a multiple of the block
   * @param targets {@code [n][outputs]}
   * @param lags rows that make up an input
   * @param block rows that are left out together
   */
  BlockwiseError(double[][] inputs, double[][] targets, int lags, int block) {
    this.inputs = inputs;
    this.n = inputs.length;
    this.lags = lags;
    this.features = inputs[0].length / lags;
    this.outputs = targets[0].length;
    this.block = block;
    this.y = Tables.flat(targets);
    double sum = 0;
    for (double value : y) {
      sum += value * value;
    }
    power = sum;
    columns = new double[lags * features][n];
    kernel = new double[n * n];
    decay = new double[n * n];
    inverse = new double[n * n];
    errors = new double[n * outputs];
  }

  /** Number of parameters: lags, features, signal, noise. */
  int size() {
    return lags + features + 2;
  }

  /** Errors of the left-out rows at the last evaluation, {@code [n][outputs]}. */
  double[][] errors() {
    return Tables.rows(errors.clone(), outputs);
  }

  /** The scales of the inputs, newest lag first, {@code [lags × features]}. */
  static double[] scales(double[] parameters, int lags, int features) {
    double[] scales = new double[lags * features];
    for (int l = 0; l < lags; l++) {
      for (int k = 0; k < features; k++) {
        scales[l * features + k] = Math.exp(parameters[l] + parameters[lags + k]);
      }
    }
    return scales;
  }

  /**
   * Evaluates.
   *
   * @param p parameters, {@code [size]}
   * @param gradient modified: {@code [size]}
   * @return the relative squared error; infinite where the covariance is not positive definite
   */
  double at(double[] p, double[] gradient) {
    double signal = Math.exp(p[lags + features]);
    double noise = Math.exp(p[lags + features + 1]);
    fillColumns(p);
    fillKernel(signal);
    if (!invert(noise)) {
      return Double.POSITIVE_INFINITY;
    }
    double[] a = product(inverse, y, outputs);
    int blocks = n / block;
    double[] u = new double[n * outputs];
    double[] left = new double[n * outputs];
    double error = solveBlocks(a, left);
    // U and V side by side: [n × (blocks · outputs)].
    int rank = blocks * outputs;
    double[] bigU = new double[n * rank];
    double[] bigV = new double[n * rank];
    IntStream.range(0, n).parallel().forEach(i -> spread(i, left, bigU, bigV, u, rank));
    slopes(a, u, bigU, bigV, rank, noise, gradient);
    return error;
  }

  private void fillColumns(double[] p) {
    double[] scales = scales(p, lags, features);
    for (int c = 0; c < scales.length; c++) {
      for (int i = 0; i < n; i++) {
        columns[c][i] = inputs[i][c] * scales[c];
      }
    }
  }

  private void fillKernel(double signal) {
    int m = lags * features;
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              double[] point = new double[m];
              double[] squared = new double[n];
              for (int c = 0; c < m; c++) {
                point[c] = columns[c][i];
              }
              Distances.squared(columns, n, point, m, squared);
              for (int j = 0; j < n; j++) {
                double r = ROOT3 * Math.sqrt(squared[j]);
                double far = signal * NegativeExp.of(-r);
                decay[i * n + j] = far;
                kernel[i * n + j] = (1 + r) * far;
              }
            });
  }

  private boolean invert(double noise) {
    try (Cholesky factor =
        Cholesky.of(
            n,
            (row, out) -> {
              System.arraycopy(kernel, row * n, out, 0, row + 1);
              out[row] += noise;
            })) {
      if (!factor.isDefinite()) {
        return false;
      }
      factor.invert();
      double[] row = new double[n];
      for (int i = 0; i < n; i++) {
        factor.inverseRow(i, row);
        for (int j = 0; j <= i; j++) {
          inverse[i * n + j] = row[j];
          inverse[j * n + i] = row[j];
        }
      }
      return true;
    }
  }

  private double[] product(double[] matrix, double[] right, int width) {
    double[] out = new double[n * width];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double value = matrix[i * n + j];
        for (int k = 0; k < width; k++) {
          out[i * width + k] += value * right[j * width + k];
        }
      }
    }
    return out;
  }

  /** e_B of every block, and (C⁻¹[B, B])⁻¹ 2 e_B / |Y|² into {@code left}; returns E. */
  private double solveBlocks(double[] a, double[] left) {
    double error = 0;
    double[] column = new double[block];
    for (int b = 0; b < n; b += block) {
      int start = b;
      try (Cholesky factor =
          new JavaCholesky(
              block,
              (row, out) ->
                  System.arraycopy(inverse, (start + row) * n + start, out, 0, row + 1))) {
        for (int k = 0; k < outputs; k++) {
          for (int i = 0; i < block; i++) {
            column[i] = a[(b + i) * outputs + k];
          }
          factor.solve(column);
          for (int i = 0; i < block; i++) {
            errors[(b + i) * outputs + k] = column[i];
            error += column[i] * column[i] / power;
            column[i] *= 2 / power;
          }
          factor.solve(column);
          for (int i = 0; i < block; i++) {
            left[(b + i) * outputs + k] = column[i];
          }
        }
      }
    }
    return error;
  }

  /** Row i of U, V and of the sum of the blocks' u. */
  private void spread(int i, double[] left, double[] bigU, double[] bigV, double[] u, int rank) {
    for (int b = 0; b < n; b += block) {
      int at = i * rank + b / block * outputs;
      for (int j = b; j < b + block; j++) {
        double value = inverse[i * n + j];
        for (int k = 0; k < outputs; k++) {
          bigU[at + k] += value * left[j * outputs + k];
          bigV[at + k] += value * errors[j * outputs + k];
        }
      }
      for (int k = 0; k < outputs; k++) {
        u[i * outputs + k] += bigU[at + k];
      }
    }
  }

  private void slopes(
      double[] a,
      double[] u,
      double[] bigU,
      double[] bigV,
      int rank,
      double noise,
      double[] gradient) {
    int m = lags * features;
    double[] byColumn = new double[n * m]; // row i: Σ_j H_ij, times A_ic², less A_ic (H A)_ic
    double[] bySignal = new double[n];
    double[] byNoise = new double[n];
    double[] turnedU = turn(bigU, rank);
    double[] turnedV = turn(bigV, rank);
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              double[] d = new double[n];
              for (int k = 0; k < rank; k++) {
                axpy(0.5 * bigU[i * rank + k], turnedV, k * n, d, n);
                axpy(0.5 * bigV[i * rank + k], turnedU, k * n, d, n);
              }
              for (int j = 0; j < n; j++) {
                for (int k = 0; k < outputs; k++) {
                  d[j] -=
                      0.5 * (u[i * outputs + k] * a[j * outputs + k])
                          + 0.5 * (a[i * outputs + k] * u[j * outputs + k]);
                }
              }
              byNoise[i] = d[i];
              double total = 0;
              for (int j = 0; j < n; j++) {
                double covariance = kernel[i * n + j];
                total += d[j] * covariance;
              }
              bySignal[i] = total;
              columnSlopes(i, d, m, byColumn);
            });
    Arrays.fill(gradient, 0);
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < m; c++) {
        gradient[c / features] += byColumn[i * m + c];
        gradient[lags + c % features] += byColumn[i * m + c];
      }
      gradient[lags + features] += bySignal[i];
      gradient[lags + features + 1] += noise * byNoise[i];
    }
  }

  /** dE/d log scale of every column, the part of row i; d becomes H = D · dK/d(r²). */
  private void columnSlopes(int i, double[] d, int m, double[] byColumn) {
    double total = 0;
    for (int j = 0; j < n; j++) {
      d[j] *= -1.5 * decay[i * n + j]; // dK/d(r²/3) = -3/2 σf² e^-r
      total += d[j];
    }
    for (int c = 0; c < m; c++) {
      double sum = 0;
      double[] column = columns[c];
      double own = column[i];
      for (int j = 0; j < n; j++) {
        sum += d[j] * column[j];
      }
      byColumn[i * m + c] = 4 * (total * own * own - own * sum);
    }
  }

  private double[] turn(double[] matrix, int width) {
    double[] out = new double[matrix.length];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < width; k++) {
        out[k * n + i] = matrix[i * width + k];
      }
    }
    return out;
  }

  private static void axpy(double factor, double[] x, int at, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += factor * x[at + i];
    }
  }
}
