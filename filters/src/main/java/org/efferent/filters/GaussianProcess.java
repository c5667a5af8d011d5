package org.efferent.filters;

import org.efferent.core.InputException;

/**
 * Gaussian process regression, one process of mean zero an output, exact inference:
 *
 * <pre>
 * f_j(x) = Σ_i α_ij k_j(x, x_i),   α_j = (K_j + σn_j² I)⁻¹ z_j,   k_j(x, y) = σf_j² shape(|W(x - y)|² / l_j²)
 * </pre>
 *
 * <p>W is diagonal: optional scales of the inputs, the same for all outputs (weights of features or
 * of lags); without them W is 1. Source: Rasmussen and Williams 2006, eq. 2.25. Hyper-parameters
 * are natural logarithms of l, σf and σn.
 */
public final class GaussianProcess implements Regressor {
  /** Hyper-parameters a process: log length, log signal, log noise. */
  static final int HYPER = 3;

  private final int n;
  private final int inputs;
  private final KernelShape shape;
  private final double[][] rows;
  private final double[] scales;
  private final double[][] hyper;
  private final double[][] alpha;
  private final double[][] columns;
  private final double[] scaled;
  private final double[] distances;
  private final double[] work;
  private final double[] kernel;

  GaussianProcess(
      KernelShape shape, double[][] rows, double[] scales, double[][] hyper, double[][] alpha) {
    this.shape = shape;
    this.rows = rows;
    this.scales = scales;
    this.hyper = hyper;
    this.alpha = alpha;
    n = rows.length;
    inputs = Tables.check("process rows", rows);
    Tables.check("process weights", alpha);
    if (alpha[0].length != n || hyper.length != alpha.length || hyper[0].length != HYPER) {
      throw new InputException(
          "a Gaussian process has weights [outputs × rows] and three hyper-parameters an output;"
              + " rows="
              + n
              + ", weights a process="
              + alpha[0].length);
    }
    columns = Tables.columnMajor(scaled(rows, scales));
    scaled = new double[inputs];
    distances = new double[n];
    work = new double[n];
    kernel = new double[n];
  }

  /**
   * Conditions the processes on rows.
   *
   * @param shape the covariance's shape
   * @param rows {@code [rows][inputs]}, kept, not copied; at most 16,000
   * @param targets {@code [rows][outputs]}
   * @param scales factors of the inputs, {@code [inputs]}, or null for 1
   * @param hyper log length, log signal, log noise of each output, {@code [outputs][3]}
   * @return the regression
   * @throws InputException where tables disagree, hold values that are not finite, or the
   *     covariance matrix is not positive definite
   * @throws org.efferent.core.UnavailableException where more than 256 rows meet a machine without
   *     the native library
   */
  public static GaussianProcess fit(
      KernelShape shape, double[][] rows, double[][] targets, double[] scales, double[][] hyper) {
    int outputs = checked(rows, targets, scales, hyper);
    int n = rows.length;
    double[][] own = new double[outputs][];
    double[][] alpha = new double[outputs][n];
    double[][] columns = Tables.columnMajor(scaled(rows, scales));
    for (int j = 0; j < outputs; j++) {
      own[j] = hyper[j].clone();
      try (Cholesky factor = Cholesky.of(n, covariance(shape, columns, n, own[j]))) {
        if (!factor.isDefinite()) {
          throw new InputException(
              "the covariance of a Gaussian process must be positive definite; output="
                  + j
                  + ", log noise="
                  + own[j][2]
                  + ": raise the noise");
        }
        for (int t = 0; t < n; t++) {
          alpha[j][t] = targets[t][j];
        }
        factor.solve(alpha[j]);
      }
    }
    return new GaussianProcess(shape, rows, scales == null ? null : scales.clone(), own, alpha);
  }

  private static int checked(
      double[][] rows, double[][] targets, double[] scales, double[][] hyper) {
    int inputs = Tables.check("process rows", rows);
    int outputs = Tables.check("process targets", targets);
    Tables.sameRows("process rows", rows, "process targets", targets);
    if (rows.length > DenseLinearAlgebra.MOST_ROWS) {
      throw new InputException(
          "a Gaussian process takes at most "
              + DenseLinearAlgebra.MOST_ROWS
              + " rows; rows="
              + rows.length
              + ": give fewer f rows");
    }
    if (hyper.length != outputs || (scales != null && scales.length != inputs)) {
      throw new InputException(
          "a Gaussian process needs hyper-parameters for each output and a scale for each input;"
              + " outputs="
              + outputs
              + ", given "
              + hyper.length
              + "; inputs="
              + inputs
              + ", scales="
              + (scales == null ? "none" : String.valueOf(scales.length)));
    }
    return outputs;
  }

  /** Rows of {@code K + σn² I} for scaled inputs, column-major. */
  static Cholesky.Rows covariance(KernelShape shape, double[][] columns, int n, double[] hyper) {
    int inputs = columns.length;
    double inverse = Math.exp(-2 * hyper[0]);
    double signal = Math.exp(2 * hyper[1]);
    double noise = Math.exp(2 * hyper[2]);
    double[] point = new double[inputs];
    double[] squared = new double[n];
    return (row, out) -> {
      for (int c = 0; c < inputs; c++) {
        point[c] = columns[c][row];
      }
      Distances.squared(columns, n, point, inputs, squared);
      for (int i = 0; i < row; i++) {
        out[i] = signal * shape.value(squared[i] * inverse);
      }
      out[row] = signal + noise;
    };
  }

  static double[][] scaled(double[][] rows, double[] scales) {
    if (scales == null) {
      return rows;
    }
    double[][] out = new double[rows.length][scales.length];
    for (int t = 0; t < rows.length; t++) {
      for (int c = 0; c < scales.length; c++) {
        out[t][c] = rows[t][c] * scales[c];
      }
    }
    return out;
  }

  @Override
  public void predict(double[] x, double[] out) {
    for (int c = 0; c < inputs; c++) {
      scaled[c] = scales == null ? x[c] : x[c] * scales[c];
    }
    Distances.squared(columns, n, scaled, inputs, distances);
    for (int j = 0; j < alpha.length; j++) {
      double inverse = Math.exp(-2 * hyper[j][0]);
      out[j] = Math.exp(2 * hyper[j][1]) * shape.sum(distances, alpha[j], n, inverse, work, kernel);
    }
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return alpha.length;
  }

  /** The covariance's shape. */
  public KernelShape shape() {
    return shape;
  }

  /**
   * A copy of an output's hyper-parameters.
   *
   * @param output from 0
   * @return log length, log signal, log noise
   */
  public double[] hyper(int output) {
    return hyper[output].clone();
  }

  double[][] rows() {
    return rows;
  }

  double[] scales() {
    return scales;
  }

  double[][] hyper() {
    return hyper;
  }

  double[][] alpha() {
    return alpha;
  }
}
