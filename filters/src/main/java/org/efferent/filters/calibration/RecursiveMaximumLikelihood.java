package org.efferent.filters.calibration;

import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.filters.KalmanFilter;

/**
 * Recursive maximum likelihood of a Kalman filter's observations, bin by bin, with one half-life
 * (Dangi et al., Continuous closed-loop decoder adaptation with a recursive maximum likelihood
 * algorithm, Neural Computation 26:1811, 2014, doi:10.1162/NECO_a_00632):
 *
 * <pre>
 * R ← λ R + z zᵀ,  S ← λ S + x zᵀ,  T ← λ T + x xᵀ,  n ← λ n + 1,   λ = 2^(-bin / half-life)
 * [H b] = S R⁻¹,  L = (T - [H b] Sᵀ) / n
 * </pre>
 *
 * <p>z is the intended velocity ({@link Intention}) and, other than in the paper, a last component
 * of 1, so that baselines (b) are followed too; x the features. To L's diagonal a small share of
 * the features' power at the start is added, so that channels which fall silent do not make it
 * singular. The state model stays. The start weighs no more than rows that have come for ever
 * would.
 *
 * <p>Used by one thread; {@link #add} allocates nothing and costs some {@code features²} steps,
 * {@link #filter} some {@code features³}: call it where a few milliseconds do not hurt. {@link
 * #copy} keeps the statistics of a version, for a rollback.
 */
public final class RecursiveMaximumLikelihood {
  private static final double RIDGE = 1e-3;

  private final KalmanFilter start;
  private final int m;
  private final int d;
  private final int k;
  private final double lambda;
  private final double[] ridge;
  private final double[] statesStates;
  private final double[] featuresStates;
  private final double[] featuresFeatures;
  private double weight;
  private boolean frozen;
  private long skipped;

  /**
   * Starts from the rows that trained a filter.
   *
   * @param start fitted on these rows
   * @param features {@code [rows][features]}
   * @param states {@code [rows][d]}
   * @param binSeconds length of a bin, above 0
   * @param halfLifeSeconds after which a row counts half, above 0
   * @throws InputException where rows disagree or hold values that are not finite
   */
  public RecursiveMaximumLikelihood(
      KalmanFilter start,
      double[][] features,
      double[][] states,
      double binSeconds,
      double halfLifeSeconds) {
    if (!(binSeconds > 0) || !(halfLifeSeconds > 0)) {
      throw new UsageException(
          "adaptation needs a bin and a half-life above 0 s; bin="
              + binSeconds
              + ", half-life="
              + halfLifeSeconds);
    }
    m = Rows.check("features", features);
    d = Rows.check("states", states);
    Rows.same("features", features.length, "states", states.length);
    if (m != start.inputs() || d != start.model().dimensions()) {
      throw new InputException(
          "adaptation must start from rows of the filter's shape; features="
              + m
              + ", states="
              + d
              + ", filter "
              + start.inputs()
              + " and "
              + start.model().dimensions());
    }
    this.start = start;
    k = d + 1;
    lambda = Rows.decay(binSeconds, halfLifeSeconds);
    statesStates = new double[k * k];
    featuresStates = new double[m * k];
    featuresFeatures = new double[m * m];
    for (int t = 0; t < features.length; t++) {
      take(features[t], states[t], 1);
    }
    ridge = new double[m];
    for (int c = 0; c < m; c++) {
      ridge[c] = RIDGE * featuresFeatures[c * (m + 1)] / weight;
    }
    double most = 1 / (1 - lambda);
    if (weight > most) {
      double factor = most / weight;
      scale(statesStates, factor);
      scale(featuresStates, factor);
      scale(featuresFeatures, factor);
      weight = most;
    }
  }

  private RecursiveMaximumLikelihood(RecursiveMaximumLikelihood other) {
    start = other.start;
    m = other.m;
    d = other.d;
    k = other.k;
    lambda = other.lambda;
    ridge = other.ridge;
    statesStates = other.statesStates.clone();
    featuresStates = other.featuresStates.clone();
    featuresFeatures = other.featuresFeatures.clone();
    weight = other.weight;
    frozen = other.frozen;
    skipped = other.skipped;
  }

  /** The same statistics, apart from then on. */
  public RecursiveMaximumLikelihood copy() {
    return new RecursiveMaximumLikelihood(this);
  }

  private static void scale(double[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  /**
   * Takes one bin. While frozen, nothing; a bin with a value that is not finite is skipped and
   * counted.
   *
   * @param x features, {@code [features]}
   * @param intended velocity, {@code [d]}
   */
  public void add(double[] x, double[] intended) {
    Rows.length("features", x, m);
    Rows.length("the intended velocity", intended, d);
    if (frozen) {
      return;
    }
    for (double value : x) {
      if (!Rows.usable(value)) {
        skipped++;
        return;
      }
    }
    for (double value : intended) {
      if (!Rows.usable(value)) {
        skipped++;
        return;
      }
    }
    take(x, intended, lambda);
  }

  /** The upper triangle of T stays zero. */
  private void take(double[] x, double[] z, double keep) {
    for (int i = 0; i < k; i++) {
      double zi = i < d ? z[i] : 1;
      for (int j = 0; j < k; j++) {
        statesStates[i * k + j] = keep * statesStates[i * k + j] + zi * (j < d ? z[j] : 1);
      }
      for (int c = 0; c < m; c++) {
        featuresStates[c * k + i] = keep * featuresStates[c * k + i] + x[c] * zi;
      }
    }
    for (int c = 0; c < m; c++) {
      double value = x[c];
      int row = c * m;
      for (int f = 0; f <= c; f++) {
        featuresFeatures[row + f] = keep * featuresFeatures[row + f] + value * x[f];
      }
    }
    weight = keep * weight + 1;
  }

  /**
   * The filter that the statistics now call for.
   *
   * @return a new filter at its start
   * @throws InputException where the intended velocities do not span the state or L is singular
   */
  public KalmanFilter filter() {
    RealMatrix inverse;
    try {
      inverse = MatrixUtils.inverse(MatrixUtils.createRealMatrix(square(statesStates, k)));
    } catch (SingularMatrixException e) {
      throw new InputException(
          "adaptation needs intended velocities in all directions; rows that count=" + weight, e);
    }
    double[] known = start.observationNoise();
    double[] lines = new double[m * k];
    double[] h = new double[m * d];
    double[] b = new double[m];
    double[] l = new double[m * m];
    for (int c = 0; c < m; c++) {
      if (known[c * (m + 1)] == 0) {
        continue; // constant in the beginning: ignored
      }
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
          lines[c * k + i] += featuresStates[c * k + j] * inverse.getEntry(j, i);
        }
      }
      System.arraycopy(lines, c * k, h, c * d, d);
      b[c] = lines[c * k + d];
      for (int f = 0; f <= c; f++) {
        if (known[f * (m + 1)] != 0) {
          double sum = featuresFeatures[c * m + f];
          for (int i = 0; i < k; i++) {
            sum -= lines[c * k + i] * featuresStates[f * k + i];
          }
          l[c * m + f] = sum / weight + (c == f ? ridge[c] : 0);
          l[f * m + c] = l[c * m + f];
        }
      }
    }
    return new KalmanFilter(start.model(), h, l, b, start.isSteadyState());
  }

  private static double[][] square(double[] flat, int n) {
    double[][] out = new double[n][n];
    for (int i = 0; i < n * n; i++) {
      out[i / n][i % n] = flat[i];
    }
    return out;
  }

  /**
   * Freezes or thaws the statistics.
   *
   * @param value whether they stay
   */
  public void freeze(boolean value) {
    frozen = value;
  }

  /** Whether the statistics stay. */
  public boolean isFrozen() {
    return frozen;
  }

  /** Bins that were skipped because a value was not finite, since construction. */
  public long skipped() {
    return skipped;
  }

  /** How many rows the statistics weigh. */
  public double weight() {
    return weight;
  }
}
