package org.efferent.filters;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;
import org.efferent.core.InputException;

/**
 * Observations {@code x = h(z) + v}, {@code v ~ N(0, R)}, divided by the Cholesky factor of R, so
 * that their noise is N(0, I): a nonlinear filter then needs no matrix of the features' size but
 * one triangular one a bin. h is a {@link NeuralRegressor} from states to features.
 */
final class WhitenedNetwork {
  private final NeuralRegressor network;
  private final double[] noise;
  private final int m;
  private final double[] inverseFactor; // L⁻¹, [m × m], lower
  private final NeuralRegressor whitened;

  /**
   * A model of given parts, which are kept, not copied.
   *
   * @param network h
   * @param noise R, {@code [features × features]}, row-major
   * @throws InputException where R is not positive definite or has another size
   */
  WhitenedNetwork(NeuralRegressor network, double[] noise) {
    this.network = network;
    this.noise = noise;
    m = network.outputs();
    if (noise.length != m * m) {
      throw new InputException(
          "R must be [features × features]; features=" + m + ", values=" + noise.length);
    }
    RealMatrix r = new Array2DRowRealMatrix(Tables.rows(noise, m), false);
    double[] factor;
    try {
      factor = Tables.flat(new CholeskyDecomposition(r, 1e-9, 0).getL().getData());
    } catch (NonPositiveDefiniteMatrixException e) {
      throw new InputException(
          "the features' noise covariance R must be positive definite; feature="
              + e.getRow()
              + " is constant or follows from those before it: leave it out",
          e);
    }
    inverseFactor = new double[m * m];
    SmallMatrix.invertLower(factor, m, inverseFactor);
    int h = network.hidden();
    double[] readout = new double[m * h];
    double[] offset = new double[m];
    for (int i = 0; i < m; i++) {
      for (int k = 0; k <= i; k++) {
        double l = inverseFactor[i * m + k];
        offset[i] += l * network.offset()[k];
        for (int j = 0; j < h; j++) {
          readout[i * h + j] += l * network.readout()[k * h + j];
        }
      }
    }
    whitened = new NeuralRegressor(network.weights(), network.bias(), readout, offset);
  }

  /** {@code out = L⁻¹ x}, {@code [features]}. */
  void whiten(double[] x, double[] out) {
    for (int i = 0; i < m; i++) {
      double sum = 0;
      int row = i * m;
      for (int k = 0; k <= i; k++) {
        sum += inverseFactor[row + k] * x[k];
      }
      out[i] = sum;
    }
  }

  /** {@code L⁻¹ h}. */
  NeuralRegressor whitened() {
    return whitened;
  }

  /** h itself. */
  NeuralRegressor network() {
    return network;
  }

  /** R itself. */
  double[] noise() {
    return noise;
  }
}
