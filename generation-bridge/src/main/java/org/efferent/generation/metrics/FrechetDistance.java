package org.efferent.generation.metrics;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The squared Fréchet distance of two sets of embeddings, as if each were normally distributed: ‖μ₁
 * − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½) (Dowson and Landau 1982; Heusel et al. 2017, eq. 6),
 * covariances with n − 1.
 *
 * <p><b>Small samples.</b> The estimate is biased upwards, and more so the fewer rows there are a
 * dimension: two samples of one distribution are apart by far more than zero where rows are fewer
 * than dimensions. Compare only figures from the same number of rows, and give beside them what two
 * halves of the true set are apart. The distances of Inception features that the literature calls
 * FID take 10,000 rows and more.
 */
public final class FrechetDistance {
  private FrechetDistance() {}

  /**
   * The squared distance.
   *
   * @param a one set, {@code [n₁ × d]}, n₁ at least 2
   * @param b another, {@code [n₂ × d]}, n₂ at least 2
   * @return at least 0, in squared units of the features; rounding below 0 is given as 0
   */
  public static double squared(Features a, Features b) {
    if (a.rows() < 2 || b.rows() < 2 || a.dimensions() != b.dimensions()) {
      throw new IllegalArgumentException(
          "two sets of two rows or more and the same dimensions are needed; %d × %d and %d × %d"
              .formatted(a.rows(), a.dimensions(), b.rows(), b.dimensions()));
    }
    double[] meanA = mean(a);
    double[] meanB = mean(b);
    double distance = 0;
    for (int d = 0; d < meanA.length; d++) {
      distance += (meanA[d] - meanB[d]) * (meanA[d] - meanB[d]);
    }
    RealMatrix rootA = root(a, meanA);
    RealMatrix rootB = root(b, meanB);
    distance += squares(rootA) + squares(rootB) - 2 * traceOfRoot(rootA, rootB);
    return Math.max(0, distance);
  }

  /**
   * With Σ₁ = F₁ᵀF₁ and Σ₂ = F₂ᵀF₂, the eigenvalues of Σ₁Σ₂ are the squared singular values of
   * F₁F₂ᵀ: so tr (Σ₁Σ₂)^½ is their sum, without a root of a matrix that need not be symmetric.
   */
  private static double traceOfRoot(RealMatrix rootA, RealMatrix rootB) {
    double sum = 0;
    RealMatrix product = rootA.multiply(rootB.transpose());
    for (double value : new SingularValueDecomposition(product).getSingularValues()) {
      sum += value;
    }
    return sum;
  }

  /** F with FᵀF = Σ: the centred rows where they are few, else Λ^½Vᵀ of the covariance. */
  private static RealMatrix root(Features features, double[] mean) {
    int rows = features.rows();
    int dimensions = features.dimensions();
    double[][] centred = new double[rows][dimensions];
    double scale = 1 / Math.sqrt(rows - 1.0);
    for (int r = 0; r < rows; r++) {
      for (int d = 0; d < dimensions; d++) {
        centred[r][d] = (features.get(r, d) - mean[d]) * scale;
      }
    }
    RealMatrix few = new Array2DRowRealMatrix(centred, false);
    if (rows <= dimensions) {
      return few;
    }
    EigenDecomposition eigen = new EigenDecomposition(covariance(centred, dimensions));
    RealMatrix root = eigen.getVT();
    for (int i = 0; i < dimensions; i++) {
      double factor = Math.sqrt(Math.max(0, eigen.getRealEigenvalue(i)));
      for (int d = 0; d < dimensions; d++) {
        root.multiplyEntry(i, d, factor);
      }
    }
    return root;
  }

  /** Both halves from the same sums, so that it is symmetric to the last bit. */
  private static RealMatrix covariance(double[][] centred, int dimensions) {
    double[][] covariance = new double[dimensions][dimensions];
    for (double[] row : centred) {
      for (int i = 0; i < dimensions; i++) {
        for (int j = 0; j <= i; j++) {
          covariance[i][j] += row[i] * row[j];
        }
      }
    }
    for (int i = 0; i < dimensions; i++) {
      for (int j = 0; j < i; j++) {
        covariance[j][i] = covariance[i][j];
      }
    }
    return new Array2DRowRealMatrix(covariance, false);
  }

  private static double squares(RealMatrix matrix) {
    double norm = matrix.getFrobeniusNorm();
    return norm * norm;
  }

  private static double[] mean(Features features) {
    double[] mean = new double[features.dimensions()];
    for (int r = 0; r < features.rows(); r++) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += features.get(r, d) / features.rows();
      }
    }
    return mean;
  }
}
