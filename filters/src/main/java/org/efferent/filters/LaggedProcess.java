package org.efferent.filters;

/**
 * A Gaussian process with a Matérn-3/2 covariance over lagged rows, in the form that a stream
 * wants:
 *
 * <pre>
 * f_j = σf² Σ_i α_ij k(s_i),   s_i = Σ_l w_l² e_{t-l}(i - l),   e_t(i) = Σ_k v_k² (x_tk - X_ik)²
 * </pre>
 *
 * <p>w are the lags' scales, v the features'. The distances e of a bin serve as many bins as there
 * are lags, so a step computes one row of them and adds up shifted ones: a fifth of the work for
 * twelve lags of ten features. Rows before the first repeat the first, on both sides. One thread.
 */
final class LaggedProcess {
  private final int n;
  private final int lags;
  private final int features;
  private final double[][] rows;
  private final double[] lagScales;
  private final double[] featureScales;
  private final double signal;
  private final double[][] alpha;
  private final double[][] columns;
  private final double[] point;
  private final double[] seen;
  private final double[][] distances;
  private final double[] sum;
  private final double[] work;
  private final double[] kernel;
  private boolean fresh = true;
  private int head;

  /**
   * A trained process; arrays are kept, not copied.
   *
   * @param rows consecutive training rows, {@code [n][features]}
   * @param lagScales w, newest first, {@code [lags]}
   * @param featureScales v, {@code [features]}
   * @param signal σf²
   * @param alpha {@code [outputs][n]}
   */
  LaggedProcess(
      double[][] rows,
      double[] lagScales,
      double[] featureScales,
      double signal,
      double[][] alpha) {
    this.rows = rows;
    this.lagScales = lagScales;
    this.featureScales = featureScales;
    this.signal = signal;
    this.alpha = alpha;
    n = rows.length;
    lags = lagScales.length;
    features = featureScales.length;
    columns = Tables.columnMajor(GaussianProcess.scaled(rows, featureScales));
    point = new double[features];
    seen = new double[lags * features];
    distances = new double[lags][n];
    sum = new double[n];
    work = new double[n];
    kernel = new double[n];
  }

  /**
   * Predicts.
   *
   * @param lagged {@code [lags × features]}, newest first
   * @param out modified: {@code [outputs]}
   */
  void predict(double[] lagged, double[] out) {
    if (followsSeen(lagged)) {
      head = (head + lags - 1) % lags;
      measure(lagged, 0);
    } else {
      for (int lag = 0; lag < lags; lag++) {
        measure(lagged, lag);
      }
      fresh = false;
    }
    System.arraycopy(lagged, 0, seen, 0, seen.length);
    addShifted();
    KernelShape.MATERN32.fill(sum, n, 1, work, kernel);
    for (int j = 0; j < alpha.length; j++) {
      double[] weights = alpha[j];
      double value = 0;
      for (int i = 0; i < n; i++) {
        value += weights[i] * kernel[i];
      }
      out[j] = signal * value;
    }
  }

  /** Whether all but the newest row are those of the call before. */
  private boolean followsSeen(double[] lagged) {
    return !fresh
        && java.util.Arrays.equals(lagged, features, seen.length, seen, 0, seen.length - features);
  }

  private void measure(double[] lagged, int lag) {
    for (int k = 0; k < features; k++) {
      point[k] = lagged[lag * features + k] * featureScales[k];
    }
    Distances.squared(columns, n, point, features, distances[(head + lag) % lags]);
  }

  private void addShifted() {
    java.util.Arrays.fill(sum, 0);
    for (int lag = 0; lag < lags; lag++) {
      double weight = lagScales[lag] * lagScales[lag];
      double[] e = distances[(head + lag) % lags];
      int edge = Math.min(lag, n);
      for (int i = 0; i < edge; i++) {
        sum[i] += weight * e[0];
      }
      shift(weight, e, edge);
    }
  }

  private void shift(double weight, double[] e, int lag) {
    for (int i = lag; i < n; i++) {
      sum[i] += weight * e[i - lag];
    }
  }

  int inputs() {
    return lags * features;
  }

  int outputs() {
    return alpha.length;
  }

  double[][] rows() {
    return rows;
  }

  double[] lagScales() {
    return lagScales;
  }

  double[] featureScales() {
    return featureScales;
  }

  double signal() {
    return signal;
  }

  double[][] alpha() {
    return alpha;
  }
}
