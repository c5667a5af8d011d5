package org.efferent.filters;

import org.apache.commons.math3.linear.RealMatrix;
import org.efferent.core.Estimate;
import org.efferent.core.InputException;

/**
 * The Kalman filter with observations {@code x = H z + b + v}, {@code v ~ N(0, L)}; b is 0 unless
 * given. The prior N(0, S) stands at the first bin, which is updated before anything is predicted.
 *
 * <pre>
 * M = A P Aᵀ + Γ                     (S at the first bin)
 * P = (M⁻¹ + Hᵀ L⁻¹ H)⁻¹
 * m = P (M⁻¹ A m + Hᵀ L⁻¹ (x - b))   (the information form: no matrix of the features' size)
 * </pre>
 *
 * <p>With {@code steadyState} the recursion of P runs until its largest entry-wise change, relative
 * to its largest entry, falls below {@link #STEADY_TOLERANCE}; from then on P and the gain are
 * frozen.
 *
 * <p>Used by one thread. A step whose result is not finite or has no positive definite covariance
 * becomes a prediction alone, or, where that is unusable too, the prior; both are counted.
 */
public final class KalmanFilter implements Engine {
  /** Relative change of the covariance below which it counts as converged. */
  public static final double STEADY_TOLERANCE = 1e-13;

  private final int d;
  private final int inputs;
  private final boolean steadyState;
  private final StateModel model;
  private final double[] a;
  private final double[] gamma;
  private final double[] s;
  private final ObservationModel seen;

  private final double[] mean;
  private final double[] covariance;
  private final double[] predictedMean;
  private final double[] predicted;
  private final double[] precision;
  private final double[] next;
  private final double[] before;
  private final double[] work;
  private final double[] vector;
  private final double[] evidence;
  private boolean started;
  private boolean frozen;
  private long repairs;

  /**
   * A filter without offset, b = 0; else as the other.
   *
   * @throws InputException where L is singular or sizes disagree
   */
  public KalmanFilter(
      StateModel model, double[] observation, double[] observationNoise, boolean steadyState) {
    this(model, observation, observationNoise, zeros(observation, model), steadyState);
  }

  /**
   * A filter of given matrices.
   *
   * @param model how the state moves
   * @param observation H, {@code [features × d]}, row-major
   * @param observationNoise L, {@code [features × features]}, row-major; a feature whose row and
   *     column are zero and whose row of H is zero is ignored
   * @param offset b, {@code [features]}
   * @param steadyState whether the gain is frozen once it has converged
   * @throws InputException where L is singular or sizes disagree
   */
  public KalmanFilter(
      StateModel model,
      double[] observation,
      double[] observationNoise,
      double[] offset,
      boolean steadyState) {
    this.model = model;
    d = model.dimensions();
    seen = new ObservationModel(d, observation, observationNoise, offset);
    inputs = seen.inputs();
    this.steadyState = steadyState;
    a = model.transition();
    gamma = model.transitionNoise();
    s = model.stateCovariance();
    mean = new double[d];
    covariance = new double[d * d];
    predictedMean = new double[d];
    predicted = new double[d * d];
    precision = new double[d * d];
    next = new double[d * d];
    before = new double[d * d];
    work = new double[d * d];
    vector = new double[d];
    evidence = new double[d];
    reset();
  }

  private static double[] zeros(double[] observation, StateModel model) {
    return new double[observation.length / model.dimensions()];
  }

  /**
   * Fits H by least squares without intercept and L as the residuals' second moment over n. A
   * feature that is constant over the rows carries nothing and is ignored.
   *
   * @param model how the state moves
   * @param features {@code [rows][features]}
   * @param states {@code [rows][d]}
   * @param steadyState whether the gain is frozen once it has converged
   * @return the filter
   * @throws InputException where values are not finite or the residuals' covariance is singular
   */
  public static KalmanFilter fit(
      StateModel model, double[][] features, double[][] states, boolean steadyState) {
    int m = Tables.check("features", features);
    int d = model.dimensions();
    RealMatrix h = Tables.leastSquares(states, features);
    double[] variances = Tables.variances(features);
    double[][] residuals = new double[features.length][m];
    double[] observation = new double[m * d];
    for (int f = 0; f < m; f++) {
      if (variances[f] > 0) {
        for (int i = 0; i < d; i++) {
          observation[f * d + i] = h.getEntry(i, f);
        }
        for (int t = 0; t < features.length; t++) {
          double sum = features[t][f];
          for (int i = 0; i < d; i++) {
            sum -= observation[f * d + i] * states[t][i];
          }
          residuals[t][f] = sum;
        }
      }
    }
    return new KalmanFilter(model, observation, ObservationNoise.moment(residuals), steadyState);
  }

  /**
   * Takes one bin.
   *
   * @param input {@code [features]}, finite
   */
  @Override
  public void step(double[] input) {
    if (started) {
      SmallMatrix.apply(a, mean, d, d, predictedMean);
    }
    if (!frozen) {
      updateCovariance();
    }
    // m = P (M⁻¹ A m + Hᵀ L⁻¹ (x - b))
    seen.evidence(input, evidence);
    for (int i = 0; i < d; i++) {
      double sum = evidence[i];
      for (int k = 0; k < d; k++) {
        sum += precision[i * d + k] * predictedMean[k];
      }
      vector[i] = sum;
    }
    SmallMatrix.apply(covariance, vector, d, d, mean);
    started = true;
    if (!SmallMatrix.isFinite(mean) || !SmallMatrix.cholesky(covariance, d, work)) {
      repair();
    }
  }

  private void updateCovariance() {
    if (started) {
      SmallMatrix.multiply(a, covariance, d, work);
      SmallMatrix.multiplyTransposed(work, a, d, predicted);
      for (int i = 0; i < d * d; i++) {
        predicted[i] += gamma[i];
      }
      SmallMatrix.symmetrize(predicted, d);
    } else {
      System.arraycopy(s, 0, predicted, 0, d * d);
    }
    SmallMatrix.invert(predicted, d, work, precision);
    for (int i = 0; i < d * d; i++) {
      next[i] = precision[i] + seen.information()[i];
    }
    System.arraycopy(covariance, 0, before, 0, d * d);
    SmallMatrix.invert(next, d, work, covariance);
    SmallMatrix.symmetrize(covariance, d);
    double change = 0;
    double largest = 0;
    for (int i = 0; i < d * d; i++) {
      change = Math.max(change, Math.abs(covariance[i] - before[i]));
      largest = Math.max(largest, Math.abs(covariance[i]));
    }
    frozen = steadyState && started && change < STEADY_TOLERANCE * largest;
  }

  private void repair() {
    repairs++;
    frozen = false;
    System.arraycopy(predictedMean, 0, mean, 0, d);
    SmallMatrix.invert(precision, d, work, covariance);
    SmallMatrix.symmetrize(covariance, d);
    if (!SmallMatrix.isFinite(mean) || !SmallMatrix.cholesky(covariance, d, work)) {
      java.util.Arrays.fill(mean, 0);
      System.arraycopy(s, 0, covariance, 0, d * d);
    }
  }

  @Override
  public void reset() {
    started = false;
    frozen = false;
    java.util.Arrays.fill(mean, 0);
    java.util.Arrays.fill(predictedMean, 0);
    System.arraycopy(s, 0, covariance, 0, d * d);
  }

  /** The estimate after the last step; before the first, the prior N(0, S). */
  @Override
  public Estimate.Gaussian estimate() {
    return new Estimate.Gaussian(mean, covariance);
  }

  /** Writes the mean after the last step, {@code [d]}. */
  void mean(double[] out) {
    System.arraycopy(mean, 0, out, 0, d);
  }

  /**
   * What the last bin says without the bins before it: {@code Q = (S⁻¹ + Hᵀ L⁻¹ H)⁻¹}, {@code f = Q
   * Hᵀ L⁻¹ (x - b)}, the Kalman filter as a discriminative one.
   */
  @Override
  public Estimate.Gaussian regression() {
    double[] q = new double[d * d];
    double[] sum = new double[d * d];
    double[] scratch = new double[d * d];
    SmallMatrix.invert(s, d, scratch, sum);
    for (int i = 0; i < d * d; i++) {
      sum[i] += seen.information()[i];
    }
    SmallMatrix.invert(sum, d, scratch, q);
    SmallMatrix.symmetrize(q, d);
    double[] f = new double[d];
    SmallMatrix.apply(q, evidence, d, d, f);
    return new Estimate.Gaussian(f, q);
  }

  @Override
  public long fallbacks() {
    return 0;
  }

  /** Steps whose result was unusable and was replaced, since construction. */
  @Override
  public long repairs() {
    return repairs;
  }

  /** Whether the gain is frozen now. */
  public boolean isFrozen() {
    return frozen;
  }

  /** Whether the gain is frozen once it has converged. */
  public boolean isSteadyState() {
    return steadyState;
  }

  /** Features a bin. */
  public int inputs() {
    return inputs;
  }

  /** How the state moves. */
  public StateModel model() {
    return model;
  }

  /** A copy of H, {@code [features × d]}, row-major. */
  public double[] observation() {
    return seen.observation().clone();
  }

  /** A copy of b, {@code [features]}. */
  public double[] offset() {
    return seen.offset().clone();
  }

  /** A copy of L, {@code [features × features]}, row-major. */
  public double[] observationNoise() {
    return seen.noise().clone();
  }
}
