package org.efferent.decoders.linear;

import java.util.List;
import org.efferent.core.InputException;

/** {@code X_lagᵀ X_lag} and {@code X_lagᵀ Y} of some trials, added up. */
final class TrfCovariances {
  private static final int STRIPE = 2048;

  private final TrfOptions options;
  private final int inputs;
  private final int outputs;
  private final int size;
  private final double[] xx;
  private final double[] xy;
  private int trials;

  /** None yet. */
  TrfCovariances(TrfOptions options, int inputs, int outputs) {
    this.options = options;
    this.inputs = inputs;
    this.outputs = outputs;
    long wide = 1 + (long) inputs * options.lags();
    if (wide * wide > Integer.MAX_VALUE - 8) {
      throw new InputException(
          "inputs times lags must not exceed 46000; inputs=%d, lags=%d: take fewer lags"
              .formatted(inputs, options.lags()));
    }
    size = (int) wide;
    xx = new double[size * size];
    xy = new double[size * outputs];
  }

  /** Those of some trials, all of one width. */
  static TrfCovariances of(List<TrfTrial> trials, TrfOptions options) {
    if (trials.isEmpty()) {
      throw new InputException("a temporal response function needs one trial at least; trials=0");
    }
    TrfTrial first = trials.get(0);
    TrfCovariances sum =
        new TrfCovariances(
            options,
            first.x(options).length / first.samples(),
            first.y(options).length / first.samples());
    trials.forEach(sum::add);
    return sum;
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  private void add(TrfTrial trial) {
    double[] x = trial.x(options);
    double[] y = trial.y(options);
    if (x.length != trial.samples() * inputs || y.length != trial.samples() * outputs) {
      throw new InputException(
          "all trials must have the columns of the first, %d and %d; columns=%d and %d"
              .formatted(inputs, outputs, x.length / trial.samples(), y.length / trial.samples()));
    }
    int from = firstRow(options);
    int to = endRow(options, trial.samples());
    if (from >= to) {
      throw new InputException(
          "a trial must be longer than the lags reach; samples=%d, lags=%d to %d"
              .formatted(trial.samples(), options.firstLag(), options.lastLag()));
    }
    for (int row = from; row < to; row += STRIPE) {
      int rows = Math.min(STRIPE, to - row);
      double[] design = design(x, trial.samples(), row, rows);
      double[] target = new double[rows * outputs];
      System.arraycopy(y, row * outputs, target, 0, target.length);
      accumulate(xx, DenseProducts.leftTransposed(design, design, size, rows, size), 1);
      accumulate(xy, DenseProducts.leftTransposed(design, target, size, rows, outputs), 1);
    }
    trials++;
  }

  /** The first output row that is used. */
  static int firstRow(TrfOptions options) {
    return options.zeroPad() ? 0 : Math.max(0, options.lastLag());
  }

  /** The row after the last output row that is used. */
  static int endRow(TrfOptions options, int samples) {
    return options.zeroPad() ? samples : samples + Math.min(0, options.firstLag());
  }

  /** Rows of {@code [1 | lag-major, input-minor]}. */
  private double[] design(double[] x, int samples, int from, int rows) {
    double[] design = new double[rows * size];
    for (int r = 0; r < rows; r++) {
      design[r * size] = 1;
      for (int l = 0; l < options.lags(); l++) {
        int source = from + r - options.firstLag() - l;
        if (source >= 0 && source < samples) {
          System.arraycopy(x, source * inputs, design, r * size + 1 + l * inputs, inputs);
        }
      }
    }
    return design;
  }

  private static void accumulate(double[] sum, double[] values, double factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * values[i];
    }
  }

  /** Adds those of other trials, or takes them away. */
  void combine(TrfCovariances other, int sign) {
    accumulate(xx, other.xx, sign);
    accumulate(xy, other.xy, sign);
    trials += sign * other.trials;
  }

  /** All that was added up here and in the others, apart from them. */
  static TrfCovariances sum(List<TrfCovariances> parts) {
    TrfCovariances first = parts.get(0);
    TrfCovariances sum = new TrfCovariances(first.options, first.inputs, first.outputs);
    parts.forEach(part -> sum.combine(part, 1));
    return sum;
  }

  /**
   * {@code (XᵀX + (λ/δ) M)⁻¹ XᵀY / δ}, δ the period.
   *
   * @param penalty λ
   * @return {@code [1 + lags × inputs, outputs]}, row-major
   */
  double[] solve(double penalty) {
    if (!(penalty >= 0) || Double.isInfinite(penalty)) {
      throw new IllegalArgumentException(
          "penalty must be finite and not negative; penalty=" + penalty);
    }
    double share = options.scaling() == TrfOptions.Scaling.AVERAGED ? trials : 1;
    double[] matrix = xx.clone();
    double[] weights = xy.clone();
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] /= share;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= options.sampleRateHz() / share;
    }
    regularize(matrix, penalty * options.sampleRateHz());
    if (!PositiveSolve.solve(matrix, weights, size, outputs)) {
      throw new InputException(
          "the inputs are linearly dependent, so their covariance is singular; penalty="
              + penalty
              + ": raise the penalty, or leave out inputs that are constant or copies");
    }
    return weights;
  }

  private void regularize(double[] matrix, double penalty) {
    boolean ridge = options.regularization() == TrfOptions.Regularization.RIDGE;
    for (int i = 1; i < size; i++) {
      boolean end = i == 1 || i == size - 1;
      matrix[i * size + i] += ridge || !end ? penalty : penalty / 2;
      if (!ridge && i > 1) {
        matrix[i * size + i - 1] -= penalty / 2;
        matrix[(i - 1) * size + i] -= penalty / 2;
      }
    }
  }
}
