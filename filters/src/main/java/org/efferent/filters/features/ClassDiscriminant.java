package org.efferent.filters.features;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.efferent.core.InputException;

/**
 * Linear discriminant analysis of any number of classes, Gaussians of one covariance Σ and equal
 * priors:
 *
 * <pre>
 * score of k = wₖᵀ x + bₖ,   wₖ = Σ⁻¹ μₖ,   bₖ = -½ μₖᵀ Σ⁻¹ μₖ
 * </pre>
 *
 * <p>Features are scaled to unit variance within classes and their covariance there is drawn
 * towards the identity by the share of Ledoit and Wolf. Immutable.
 */
public final class ClassDiscriminant {
  private static final double RIDGE = 1e-9; // where all features are constant

  private final double[][] weights;
  private final double[] bias;

  /**
   * A discriminant of given parts.
   *
   * @param weights {@code [classes][features]}
   * @param bias {@code [classes]}
   * @throws InputException where shapes disagree or a value is not finite
   */
  public ClassDiscriminant(double[][] weights, double[] bias) {
    this.weights = new double[weights.length][];
    this.bias = bias.clone();
    boolean good = weights.length >= 2 && bias.length == weights.length;
    for (int k = 0; good && k < weights.length; k++) {
      double sum = bias[k];
      for (double w : weights[k]) {
        sum += w;
      }
      good = Double.isFinite(sum) && weights[k].length == weights[0].length;
      this.weights[k] = weights[k].clone();
    }
    if (!good) {
      throw new InputException(
          "a discriminant of classes has finite weights, as many a class, and one bias a class;"
              + " classes="
              + weights.length
              + ", biases="
              + bias.length);
    }
  }

  /**
   * Fits the discriminant.
   *
   * @param features {@code [rows][features]}, finite
   * @param labels class of each row, from 0
   * @param classes number of classes, at least 2
   * @return the discriminant
   * @throws InputException where a class has fewer than two rows or a value is not finite
   */
  public static ClassDiscriminant fit(double[][] features, int[] labels, int classes) {
    int m = features.length == 0 ? 0 : features[0].length;
    double[][] mean = new double[classes][m];
    int[] count = new int[classes];
    for (int t = 0; t < features.length; t++) {
      count[labels[t]]++;
      for (int c = 0; c < m; c++) {
        if (!SectionFilter.usable(features[t][c])) {
          throw new InputException(
              "features must be finite (at most 1e100 in size); row="
                  + t
                  + ", column="
                  + c
                  + ", value="
                  + features[t][c]);
        }
        mean[labels[t]][c] += features[t][c];
      }
    }
    for (int k = 0; k < classes; k++) {
      if (count[k] < 2) {
        throw new InputException(
            "each class needs at least two rows; class=" + k + ", rows=" + count[k]);
      }
      for (int c = 0; c < m; c++) {
        mean[k][c] /= count[k];
      }
    }
    double[] factor = new double[m];
    List<double[]> within = new ArrayList<>();
    for (int t = 0; t < features.length; t++) {
      double[] row = new double[m];
      for (int c = 0; c < m; c++) {
        row[c] = features[t][c] - mean[labels[t]][c];
        factor[c] += row[c] * row[c] / features.length;
      }
      within.add(row);
    }
    for (int c = 0; c < m; c++) {
      // What rounding leaves of a constant is no variance.
      double floor = 1e-24 * mean[0][c] * mean[0][c];
      factor[c] = factor[c] > floor ? 1 / Math.sqrt(factor[c]) : 0;
      for (double[] row : within) {
        row[c] *= factor[c];
      }
    }
    return solve(inverse(within, m), mean, factor);
  }

  /** The inverse of the covariance of rows: of the smaller of both products. */
  private static UnaryOperator<double[]> inverse(List<double[]> within, int m) {
    if (within.size() < m) {
      return Covariances.inverse(within, RIDGE);
    }
    double[][] covariance = Covariances.shrunken(within, m);
    for (int c = 0; c < m; c++) {
      covariance[c][c] += RIDGE;
    }
    DecompositionSolver solver =
        new CholeskyDecomposition(new Array2DRowRealMatrix(covariance, false), 1e-9, 1e-14)
            .getSolver();
    return v -> solver.solve(new ArrayRealVector(v, false)).toArray();
  }

  private static ClassDiscriminant solve(
      UnaryOperator<double[]> inverse, double[][] mean, double[] factor) {
    int m = factor.length;
    double[][] weights = new double[mean.length][m];
    double[] bias = new double[mean.length];
    for (int k = 0; k < mean.length; k++) {
      double[] scaled = new double[m];
      for (int c = 0; c < m; c++) {
        scaled[c] = mean[k][c] * factor[c];
      }
      double[] w = inverse.apply(scaled);
      for (int c = 0; c < m; c++) {
        weights[k][c] = w[c] * factor[c];
        bias[k] -= weights[k][c] * mean[k][c] / 2;
      }
    }
    return new ClassDiscriminant(weights, bias);
  }

  /**
   * Probabilities of the classes.
   *
   * @param x {@code [features]}
   * @return {@code [classes]}, their sum 1; equal ones where a feature is not finite
   * @throws InputException where the features are not as many as it was trained on
   */
  public double[] probabilities(double[] x) {
    if (x.length != weights[0].length) {
      throw new InputException(
          "a row must have as many features as the discriminant was trained on; features="
              + x.length
              + ", trained on "
              + weights[0].length);
    }
    double[] p = new double[bias.length];
    double largest = Double.NEGATIVE_INFINITY;
    boolean finite = true;
    for (int k = 0; k < p.length; k++) {
      p[k] = bias[k];
      for (int c = 0; c < x.length; c++) {
        p[k] += weights[k][c] * x[c];
      }
      finite &= Double.isFinite(p[k]);
      largest = Math.max(largest, p[k]);
    }
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] = finite ? Math.exp(p[k] - largest) : 1;
      sum += p[k];
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  /** Number of features. */
  public int inputs() {
    return weights[0].length;
  }

  /** Number of classes. */
  public int classes() {
    return bias.length;
  }

  /** A copy of the weights, {@code [classes][features]}. */
  public double[][] weights() {
    double[][] copy = new double[weights.length][];
    for (int k = 0; k < copy.length; k++) {
      copy[k] = weights[k].clone();
    }
    return copy;
  }

  /** A copy of the biases, {@code [classes]}. */
  public double[] bias() {
    return bias.clone();
  }
}
