package org.efferent.filters.click;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.efferent.core.InputException;

/**
 * Linear discriminant analysis of two classes: Gaussians of one covariance Σ,
 *
 * <pre>
 * log p(x | click) / p(x | move) = wᵀ x + b,   w = Σ⁻¹ (μ_click - μ_move)
 * </pre>
 *
 * <p>Features are scaled to unit variance within classes; their covariance there is drawn towards
 * the identity by the share of Ledoit and Wolf (J. Multivariate Analysis 88:365, 2004,
 * doi:10.1016/S0047-259X(03)00096-4), which needs no validation rows. Beside a Kalman filter on the
 * same units: Kim et al., IEEE Trans. Neural Syst. Rehabil. Eng. 19:193, 2011,
 * doi:10.1109/TNSRE.2011.2107750.
 */
public final class LinearDiscriminant {
  private static final int FEWEST = 10;

  private final double[] weights;
  private final double bias;

  /**
   * A discriminant of given parts.
   *
   * @param weights w, {@code [features]}
   * @param bias b
   * @throws InputException where a value is not finite
   */
  public LinearDiscriminant(double[] weights, double bias) {
    double sum = bias;
    for (double w : weights) {
      sum += w;
    }
    if (weights.length == 0 || !Double.isFinite(sum)) {
      throw new InputException(
          "a discriminant has finite weights, one a feature; weights="
              + weights.length
              + ", bias="
              + bias);
    }
    this.weights = weights.clone();
    this.bias = bias;
  }

  /**
   * Fits the discriminant.
   *
   * @param features {@code [rows][features]}, finite
   * @param click whether a click was meant, {@code [rows]}
   * @return the discriminant
   * @throws InputException where shapes disagree, a value is not finite or a class has fewer than
   *     10 rows
   */
  public static LinearDiscriminant fit(double[][] features, boolean[] click) {
    int m = check(features, click);
    double[][] mean = new double[2][m];
    int[] count = new int[2];
    for (int t = 0; t < features.length; t++) {
      int k = click[t] ? 1 : 0;
      count[k]++;
      for (int c = 0; c < m; c++) {
        mean[k][c] += features[t][c];
      }
    }
    if (count[0] < FEWEST || count[1] < FEWEST) {
      throw new InputException(
          "a click needs at least "
              + FEWEST
              + " rows of either class; rows of moves="
              + count[0]
              + ", of clicks="
              + count[1]);
    }
    for (int c = 0; c < m; c++) {
      mean[0][c] /= count[0];
      mean[1][c] /= count[1];
    }
    double[][] within = new double[features.length][m];
    double[] factor = new double[m];
    for (int t = 0; t < features.length; t++) {
      for (int c = 0; c < m; c++) {
        within[t][c] = features[t][c] - mean[click[t] ? 1 : 0][c];
        factor[c] += within[t][c] * within[t][c] / features.length;
      }
    }
    for (int c = 0; c < m; c++) {
      // What rounding leaves of a constant is no variance.
      double floor = 1e-24 * (mean[0][c] * mean[0][c] + mean[1][c] * mean[1][c]);
      factor[c] = factor[c] > floor ? 1 / Math.sqrt(factor[c]) : 0;
      for (double[] row : within) {
        row[c] *= factor[c];
      }
    }
    RealVector difference = new ArrayRealVector(m);
    for (int c = 0; c < m; c++) {
      difference.setEntry(c, (mean[1][c] - mean[0][c]) * factor[c]);
    }
    RealVector solved =
        new CholeskyDecomposition(new Array2DRowRealMatrix(shrunken(within), false), 1e-9, 1e-14)
            .getSolver()
            .solve(difference);
    double[] weights = new double[m];
    double bias = 0;
    for (int c = 0; c < m; c++) {
      weights[c] = solved.getEntry(c) * factor[c];
      bias -= weights[c] * (mean[0][c] + mean[1][c]) / 2;
    }
    return new LinearDiscriminant(weights, bias);
  }

  private static int check(double[][] features, boolean[] click) {
    if (features.length == 0 || features.length != click.length) {
      throw new InputException(
          "features and click labels must have as many rows, at least 1; rows="
              + features.length
              + " and "
              + click.length);
    }
    for (int t = 0; t < features.length; t++) {
      for (int c = 0; c < features[t].length; c++) {
        if (!(Math.abs(features[t][c]) <= 1e100)) {
          throw new InputException(
              "features must be finite (at most 1e100 in size); row="
                  + t
                  + ", column="
                  + c
                  + ", value="
                  + features[t][c]);
        }
      }
      if (features[t].length != features[0].length) {
        throw new InputException(
            "features must have rows of one length; row="
                + t
                + ", columns="
                + features[t].length
                + ", row 0 has "
                + features[0].length);
      }
    }
    return features[0].length;
  }

  /** {@code (1 - s) S + s μ I}, S the second moment, s as Ledoit and Wolf have it. */
  private static double[][] shrunken(double[][] rows) {
    int n = rows.length;
    int m = rows[0].length;
    double[][] s = new double[m][m];
    double fourth = 0;
    for (double[] row : rows) {
      double square = 0;
      for (int i = 0; i < m; i++) {
        square += row[i] * row[i];
        for (int j = 0; j <= i; j++) {
          s[i][j] += row[i] * row[j] / n;
        }
      }
      fourth += square * square;
    }
    double trace = 0;
    double norm = 0;
    for (int i = 0; i < m; i++) {
      trace += s[i][i];
      for (int j = 0; j < m; j++) {
        s[i][j] = s[Math.max(i, j)][Math.min(i, j)];
        norm += s[i][j] * s[i][j];
      }
    }
    double mu = trace / m;
    double distance = norm - m * mu * mu;
    double error = (fourth / n - norm) / n;
    double share = distance > 0 ? Math.min(1, Math.max(0, error / distance)) : 1;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        s[i][j] *= 1 - share;
      }
      // A channel that is constant within classes would make S singular; mu is 0 if all are.
      s[i][i] += share * mu + 1e-9 * (mu > 0 ? mu : 1);
    }
    return s;
  }

  /**
   * Log likelihood ratio of click to move.
   *
   * @param x {@code [features]}; values that are not finite count as saying nothing
   * @return natural logarithm
   */
  public double logRatio(double[] x) {
    if (x.length != weights.length) {
      throw new InputException(
          "a bin must have as many features as the click decoder was trained on; features="
              + x.length
              + ", trained on "
              + weights.length);
    }
    double sum = bias;
    for (int c = 0; c < weights.length; c++) {
      sum += weights[c] * x[c];
    }
    return Double.isNaN(sum) ? 0 : sum;
  }

  /** Features. */
  public int inputs() {
    return weights.length;
  }

  /** A copy of w, {@code [features]}. */
  public double[] weights() {
    return weights.clone();
  }

  /** b. */
  public double bias() {
    return bias;
  }
}
