package org.efferent.filters;

import java.util.Arrays;
import org.efferent.core.Estimate;

/**
 * The discriminative Kalman filter: a regression says {@code p(z | x) ≈ N(f(x), Q(x))}, Bayes' rule
 * turns that into a likelihood, the state model carries it on.
 *
 * <pre>
 * m = f(x), P = Q(x)                                 at the first bin
 * M = A P Aᵀ + Γ
 * P = (Q(x)⁻¹ + M⁻¹ - S⁻¹)⁻¹
 * m = P (Q(x)⁻¹ f(x) + M⁻¹ A m)
 * </pre>
 *
 * <p>Source: Burkhart, Brandman, Franco, Hochberg, Harrison, The Discriminative Kalman Filter,
 * Neural Computation 32(5):969, 2020, doi:10.1162/neco_a_01275. What happens where {@code Q⁻¹ -
 * S⁻¹} is not positive definite is a {@link FallbackPolicy}; those steps are counted.
 *
 * <p>Used by one thread. A step whose result is not finite or has no positive definite covariance
 * is done again without {@code S⁻¹} in the gain form, {@code K = M (M + Q)⁻¹}, with a millionth of
 * S added to Q, which bears a singular Q; where that fails too the filter starts anew from the
 * prior N(0, S). Each such step is counted once.
 */
public final class DiscriminativeKalmanFilter {
  /** The smallest eigenvalue of {@code Q⁻¹ - S⁻¹} must exceed this, else the policy acts. */
  public static final double EIGENVALUE_THRESHOLD = 1e-6;

  /** Share of S that is added to a Q that cannot be used as it is. */
  private static final double FLOOR = 1e-6;

  private static final double CLIP = 1 - 1e-9;

  private final int d;
  private final FallbackPolicy policy;
  private final double[] a;
  private final double[] gamma;
  private final double[] s;
  private final double[] inverseS;
  private final double[] factorS;
  private final double[] inverseFactorS;

  private final double[] mean;
  private final double[] covariance;
  private final double[] predictedMean;
  private final double[] predicted;
  private final double[] inversePredicted;
  private final double[] inverseQ;
  private final double[] precision;
  private final double[] work;
  private final double[] work2;
  private final double[] vectors;
  private final double[] vector;
  private boolean started;
  private long fallbacks;
  private long repairs;

  /**
   * A filter at its start.
   *
   * @param model how the state moves
   * @param policy what to do where {@code Q⁻¹ - S⁻¹} is not positive definite
   */
  public DiscriminativeKalmanFilter(StateModel model, FallbackPolicy policy) {
    d = model.dimensions();
    this.policy = policy;
    a = model.transition();
    gamma = model.transitionNoise();
    s = model.stateCovariance();
    int n = d * d;
    work = new double[n];
    work2 = new double[n];
    vectors = new double[n];
    inverseS = new double[n];
    factorS = new double[n];
    inverseFactorS = new double[n];
    SmallMatrix.invert(s, d, work, inverseS);
    SmallMatrix.symmetrize(inverseS, d);
    SmallMatrix.cholesky(s, d, factorS);
    SmallMatrix.invert(factorS, d, work, inverseFactorS);
    mean = new double[d];
    covariance = s.clone();
    predictedMean = new double[d];
    predicted = new double[n];
    inversePredicted = new double[n];
    inverseQ = new double[n];
    precision = new double[n];
    vector = new double[d];
  }

  /**
   * Takes one bin.
   *
   * @param f the regression's mean, {@code [d]}
   * @param q its covariance, {@code [d × d]}, row-major, symmetric; not modified
   */
  public void step(double[] f, double[] q) {
    if (!started) {
      started = true;
      System.arraycopy(f, 0, mean, 0, d);
      System.arraycopy(q, 0, covariance, 0, d * d);
      if (unusable()) {
        repairs++;
        addFloor();
      }
      return;
    }
    SmallMatrix.apply(a, mean, d, d, predictedMean);
    SmallMatrix.multiply(a, covariance, d, work);
    SmallMatrix.multiplyTransposed(work, a, d, predicted);
    for (int i = 0; i < d * d; i++) {
      predicted[i] += gamma[i];
    }
    SmallMatrix.symmetrize(predicted, d);
    SmallMatrix.invert(predicted, d, work, inversePredicted);
    SmallMatrix.invert(q, d, work, inverseQ);
    boolean regular = SmallMatrix.isFinite(inverseQ);
    if (regular) {
      combine(f, subtractPrior(q));
    }
    if (!regular || unusable()) {
      repairs++;
      robustGain(f, q);
    }
  }

  /** Whether {@code S⁻¹} is subtracted at this step; the policy may change {@link #inverseQ}. */
  private boolean subtractPrior(double[] q) {
    if (policy == FallbackPolicy.ROBUST) {
      return false;
    }
    for (int i = 0; i < d * d; i++) {
      work[i] = inverseQ[i] - inverseS[i];
    }
    for (int i = 0; i < d; i++) {
      work[i * (d + 1)] -= EIGENVALUE_THRESHOLD;
    }
    // A matrix less its threshold has a Cholesky factor if and only if every eigenvalue exceeds it.
    if (SmallMatrix.cholesky(work, d, work2)) {
      return true;
    }
    fallbacks++;
    if (policy == FallbackPolicy.CODE) {
      for (int i = 0; i < d * d; i++) {
        inverseQ[i] += inverseS[i];
      }
    } else if (policy == FallbackPolicy.CLIP) {
      clip(q);
    }
    return policy != FallbackPolicy.THESIS;
  }

  /**
   * Q becomes {@code L U min(D, 1 - 1e-9) Uᵀ Lᵀ}, with {@code S = L Lᵀ} and {@code L⁻¹ Q L⁻ᵀ = U D
   * Uᵀ}: what S V min(D, 1) V⁻¹ is for the generalised eigenvectors V of (Q, S).
   */
  private void clip(double[] q) {
    SmallMatrix.multiply(inverseFactorS, q, d, work);
    SmallMatrix.multiplyTransposed(work, inverseFactorS, d, work2);
    SmallMatrix.symmetrize(work2, d);
    SmallMatrix.eigen(work2, d, vectors);
    SmallMatrix.multiply(factorS, vectors, d, work);
    // work = L U; vectors = L U min(D, 1 - 1e-9)
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        vectors[i * d + j] = work[i * d + j] * Math.min(work2[j * (d + 1)], CLIP);
      }
    }
    SmallMatrix.multiplyTransposed(vectors, work, d, work2);
    SmallMatrix.symmetrize(work2, d);
    SmallMatrix.invert(work2, d, work, inverseQ);
  }

  /** {@code P = (Q⁻¹ + M⁻¹ - S⁻¹)⁻¹, m = P (Q⁻¹ f + M⁻¹ A m)}. */
  private void combine(double[] f, boolean subtract) {
    for (int i = 0; i < d * d; i++) {
      precision[i] = inverseQ[i] + inversePredicted[i] - (subtract ? inverseS[i] : 0);
    }
    SmallMatrix.invert(precision, d, work, covariance);
    SmallMatrix.symmetrize(covariance, d);
    for (int i = 0; i < d; i++) {
      double sum = 0;
      for (int k = 0; k < d; k++) {
        sum += inverseQ[i * d + k] * f[k] + inversePredicted[i * d + k] * predictedMean[k];
      }
      vector[i] = sum;
    }
    SmallMatrix.apply(covariance, vector, d, d, mean);
  }

  private void robustGain(double[] f, double[] q) {
    for (int i = 0; i < d * d; i++) {
      precision[i] = predicted[i] + q[i] + FLOOR * s[i];
    }
    SmallMatrix.invert(precision, d, work, work2);
    SmallMatrix.multiply(predicted, work2, d, work);
    // work = K; m = A m + K (f - A m), P = M - K M
    for (int i = 0; i < d; i++) {
      double sum = predictedMean[i];
      for (int k = 0; k < d; k++) {
        sum += work[i * d + k] * (f[k] - predictedMean[k]);
      }
      mean[i] = sum;
    }
    SmallMatrix.multiply(work, predicted, d, work2);
    for (int i = 0; i < d * d; i++) {
      covariance[i] = predicted[i] - work2[i];
    }
    SmallMatrix.symmetrize(covariance, d);
    if (unusable()) {
      reset();
      started = true;
    }
  }

  private void addFloor() {
    for (int i = 0; i < d * d; i++) {
      covariance[i] += FLOOR * s[i];
    }
    if (unusable()) {
      reset();
      started = true;
    }
  }

  private boolean unusable() {
    return !SmallMatrix.isFinite(mean)
        || !SmallMatrix.isFinite(covariance)
        || !SmallMatrix.cholesky(covariance, d, work);
  }

  /** Starts anew; the counters stay. */
  public void reset() {
    started = false;
    Arrays.fill(mean, 0);
    System.arraycopy(s, 0, covariance, 0, d * d);
  }

  /** The estimate after the last step; before the first, the prior N(0, S). */
  public Estimate.Gaussian estimate() {
    return new Estimate.Gaussian(mean, covariance);
  }

  /** Steps at which the policy acted, since construction. */
  public long fallbacks() {
    return fallbacks;
  }

  /** Steps whose result was unusable and was replaced, since construction. */
  public long repairs() {
    return repairs;
  }

  /** What happens where {@code Q⁻¹ - S⁻¹} is not positive definite. */
  public FallbackPolicy policy() {
    return policy;
  }
}
