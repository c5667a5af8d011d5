package org.efferent.filters;

import org.apache.commons.math3.linear.RealMatrix;
import org.efferent.core.InputException;

/**
 * How the state moves, {@code z_t = A z_{t-1} + w}, {@code w ~ N(0, Γ)}, and how it is spread at
 * any one time, {@code z ~ N(0, S)}.
 *
 * <p>Source: M. C. Burkhart, A Discriminative Approach to Bayesian Filtering, thesis, Brown
 * University 2019, section on the discriminative Kalman filter. Name here = name there: {@link
 * #transition} = A, {@link #transitionNoise} = Γ, {@link #stateCovariance} = S. Time runs forwards:
 * A regresses {@code z_t} on {@code z_{t-1}}.
 */
public final class StateModel {
  private final int dimensions;
  private final double[] transition;
  private final double[] transitionNoise;
  private final double[] stateCovariance;

  /**
   * A model of given matrices, each {@code [d × d]}, row-major.
   *
   * @param dimensions d, at least 1
   * @param transition A
   * @param transitionNoise Γ, positive definite
   * @param stateCovariance S, positive definite
   * @throws InputException where a matrix has another size or is not positive definite
   */
  public StateModel(
      int dimensions, double[] transition, double[] transitionNoise, double[] stateCovariance) {
    this.dimensions = dimensions;
    this.transition = matrix("the transition A", dimensions, transition);
    this.transitionNoise = definite("the transition noise Γ", dimensions, transitionNoise);
    this.stateCovariance = definite("the state covariance S", dimensions, stateCovariance);
  }

  /**
   * Fits the model: A by least squares, Γ the residuals' second moment over n, S the sample
   * covariance over n - 1.
   *
   * @param states consecutive states {@code [rows][d]}, in the unit of the state
   * @return the model
   * @throws InputException where a value is not finite, rows are too few (fewer than d + 2) or a
   *     covariance is singular
   */
  public static StateModel fit(double[][] states) {
    int d = Tables.check("states", states);
    int n = states.length;
    if (n < d + 2) {
      throw new InputException(
          "the state model needs at least " + (d + 2) + " rows of " + d + " states; rows=" + n);
    }
    double[][] past = java.util.Arrays.copyOfRange(states, 0, n - 1);
    double[][] future = java.util.Arrays.copyOfRange(states, 1, n);
    double[] covariance = fitCovariance(states);
    definite("the state covariance S", d, covariance);
    RealMatrix transposed = Tables.leastSquares(past, future);
    double[] a = new double[d * d];
    for (int i = 0; i < d * d; i++) {
      a[i] = transposed.getEntry(i % d, i / d);
    }
    double[][] residuals = new double[n - 1][d];
    double[] predicted = new double[d];
    for (int t = 0; t < n - 1; t++) {
      SmallMatrix.apply(a, past[t], d, d, predicted);
      for (int i = 0; i < d; i++) {
        residuals[t][i] = future[t][i] - predicted[i];
      }
    }
    return new StateModel(d, a, secondMoment(residuals), covariance);
  }

  /** Mean of the outer products of the rows, {@code [d × d]}. */
  static double[] secondMoment(double[][] rows) {
    int d = rows[0].length;
    double[] out = new double[d * d];
    for (double[] row : rows) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          out[i * d + j] += row[i] * row[j];
        }
      }
    }
    for (int i = 0; i < d * d; i++) {
      out[i] /= rows.length;
    }
    return out;
  }

  /** Sample covariance over n - 1, {@code [d × d]}. */
  static double[] fitCovariance(double[][] rows) {
    int d = rows[0].length;
    // Taken from the first row's values, so that rounding leaves nothing of a state that is
    // constant.
    double[] mean = new double[d];
    for (double[] row : rows) {
      for (int i = 0; i < d; i++) {
        mean[i] += (row[i] - rows[0][i]) / rows.length;
      }
    }
    double[][] centred = new double[rows.length][d];
    for (int t = 0; t < rows.length; t++) {
      for (int i = 0; i < d; i++) {
        centred[t][i] = rows[t][i] - rows[0][i] - mean[i];
      }
    }
    double[] out = secondMoment(centred);
    for (int i = 0; i < d * d; i++) {
      out[i] *= rows.length / (rows.length - 1.0);
    }
    return out;
  }

  private static double[] matrix(String what, int d, double[] values) {
    if (d < 1 || values.length != d * d || !SmallMatrix.isFinite(values)) {
      throw new InputException(
          what + " must be [d × d] and finite; d=" + d + ", values=" + values.length);
    }
    return values.clone();
  }

  static double[] definite(String what, int d, double[] values) {
    double[] out = matrix(what, d, values);
    SmallMatrix.symmetrize(out, d);
    // Judged as a correlation matrix, so that units and unlike scales do not matter.
    double[] scaled = new double[d * d];
    for (int i = 0; i < d * d; i++) {
      double scale = Math.sqrt(out[i / d * (d + 1)]) * Math.sqrt(out[i % d * (d + 1)]);
      scaled[i] = out[i] / scale - (i % (d + 1) == 0 ? 1e-12 : 0);
    }
    if (!SmallMatrix.isFinite(scaled) || !SmallMatrix.cholesky(scaled, d, new double[d * d])) {
      throw new InputException(
          what
              + " must be positive definite: a state that never changes, or that follows from the"
              + " others, cannot be filtered; diagonal="
              + diagonal(out, d));
    }
    return out;
  }

  private static String diagonal(double[] values, int d) {
    double[] out = new double[d];
    for (int i = 0; i < d; i++) {
      out[i] = values[i * (d + 1)];
    }
    return java.util.Arrays.toString(out);
  }

  /** States, d. */
  public int dimensions() {
    return dimensions;
  }

  /** A copy of A, {@code [d × d]}, row-major. */
  public double[] transition() {
    return transition.clone();
  }

  /** A copy of Γ, {@code [d × d]}, row-major. */
  public double[] transitionNoise() {
    return transitionNoise.clone();
  }

  /** A copy of S, {@code [d × d]}, row-major. */
  public double[] stateCovariance() {
    return stateCovariance.clone();
  }
}
