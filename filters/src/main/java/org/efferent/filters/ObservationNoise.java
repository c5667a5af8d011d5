package org.efferent.filters;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;
import org.efferent.core.InputException;

/** What a {@link KalmanFilter} needs of its features' noise covariance L, which may be large. */
final class ObservationNoise {
  private ObservationNoise() {}

  /** Second moment of residuals over n, {@code [features × features]}. */
  static double[] moment(double[][] residuals) {
    RealMatrix r = new Array2DRowRealMatrix(residuals, false);
    RealMatrix product = r.transpose().multiply(r).scalarMultiply(1.0 / residuals.length);
    return Tables.flat(product.getData());
  }

  /** {@code Hᵀ L⁻¹}, {@code [d × features]}, over the features that are not ignored. */
  static double[] projection(int d, int inputs, double[] h, double[] l) {
    int[] kept =
        java.util.stream.IntStream.range(0, inputs).filter(f -> l[f * (inputs + 1)] != 0).toArray();
    double[] out = new double[d * inputs];
    if (kept.length == 0) {
      throw new InputException(
          "at least one feature must vary over the training rows; features=" + inputs);
    }
    RealMatrix noise = MatrixUtils.createRealMatrix(kept.length, kept.length);
    RealMatrix right = MatrixUtils.createRealMatrix(kept.length, d);
    for (int p = 0; p < kept.length; p++) {
      for (int q = 0; q < kept.length; q++) {
        // Scaled to a correlation matrix, so that features of unlike units do not look singular.
        double scale = Math.sqrt(l[kept[p] * (inputs + 1)]) * Math.sqrt(l[kept[q] * (inputs + 1)]);
        noise.setEntry(p, q, l[kept[p] * inputs + kept[q]] / scale);
      }
      for (int i = 0; i < d; i++) {
        right.setEntry(p, i, h[kept[p] * d + i] / Math.sqrt(l[kept[p] * (inputs + 1)]));
      }
    }
    try {
      RealMatrix solved = new CholeskyDecomposition(noise, 1e-9, 1e-12).getSolver().solve(right);
      for (int p = 0; p < kept.length; p++) {
        for (int i = 0; i < d; i++) {
          out[i * inputs + kept[p]] = solved.getEntry(p, i) / Math.sqrt(l[kept[p] * (inputs + 1)]);
        }
      }
      return out;
    } catch (NonPositiveDefiniteMatrixException e) {
      throw new InputException(
          "the features' noise covariance L must be positive definite; feature="
              + kept[Math.min(e.getRow(), kept.length - 1)]
              + " follows from those before it: leave it out or train on more rows",
          e);
    }
  }
}
