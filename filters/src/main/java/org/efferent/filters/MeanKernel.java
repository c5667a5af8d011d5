package org.efferent.filters;

import org.efferent.core.InputException;

/**
 * Regression with a kernel that is the mean over channels of one-dimensional Gaussians, on a few
 * pairs of mean features and mean velocity (one a direction):
 *
 * <pre>
 * f(x) = Σ_j α_j k(x, c_j),   k(x, y) = Σ_d ω_d exp(-(w_d (x_d - y_d))² / 2),   Σ_d ω_d = 1
 * α = (K + σn² I)⁻¹ ζ,   w_d = 1 / (l s_d)
 * </pre>
 *
 * <p>One channel, however wrong, changes a similarity by at most ω_d: a product of Gaussians, or a
 * line, has no such bound. Source: Burkhart's thesis, section on decoder robustness (the MK-DKF);
 * Brandman et al., Neural Computation 30, 2018, doi:10.1162/neco_a_01129. s_d is a channel's
 * standard deviation over the training rows; a constant channel has w_d = 0. In the thesis ω_d =
 * 1/m.
 */
public final class MeanKernel implements Regressor {
  private final double[][] centres;
  private final double[] weights;
  private final double[] shares;
  private final double[][] alpha;
  private final int inputs;
  private final int outputs;

  /**
   * A regression of given parts, which are kept, not copied.
   *
   * @param centres c, {@code [centres][inputs]}
   * @param weights w, {@code [inputs]}, 0 or more
   * @param shares ω, {@code [inputs]}, 0 or more
   * @param alpha α, {@code [centres][outputs]}
   * @throws InputException where sizes disagree or values are not finite
   */
  public MeanKernel(double[][] centres, double[] weights, double[] shares, double[][] alpha) {
    inputs = Tables.check("kernel centres", centres);
    outputs = Tables.check("kernel weights", alpha);
    Tables.sameRows("kernel centres", centres, "kernel weights", alpha);
    if (weights.length != inputs
        || shares.length != inputs
        || !SmallMatrix.isFinite(weights)
        || !SmallMatrix.isFinite(shares)) {
      throw new InputException(
          "a mean kernel has a finite weight and a finite share for each feature; features="
              + inputs
              + ", weights="
              + weights.length
              + ", shares="
              + shares.length);
    }
    this.centres = centres;
    this.weights = weights;
    this.shares = shares;
    this.alpha = alpha;
  }

  /** One channel's Gaussian at a difference of features. */
  static double part(double weight, double difference) {
    double u = weight * difference;
    return NegativeExp.of(-0.5 * u * u);
  }

  @Override
  public void predict(double[] x, double[] out) {
    java.util.Arrays.fill(out, 0, outputs, 0);
    for (int j = 0; j < centres.length; j++) {
      double[] centre = centres[j];
      double sum = 0;
      for (int c = 0; c < inputs; c++) {
        sum += shares[c] * part(weights[c], x[c] - centre[c]);
      }
      for (int i = 0; i < outputs; i++) {
        out[i] += sum * alpha[j][i];
      }
    }
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  double[][] centres() {
    return centres;
  }

  double[] weights() {
    return weights;
  }

  double[] shares() {
    return shares;
  }

  double[][] alpha() {
    return alpha;
  }
}
