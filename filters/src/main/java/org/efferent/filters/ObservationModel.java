package org.efferent.filters;

import org.efferent.core.InputException;

/**
 * What a bin of features says of a state, {@code x = H z + b + v}, {@code v ~ N(0, L)}, in the
 * information form: {@code evidence(x) = Hᵀ L⁻¹ (x - b)} and {@code information = Hᵀ L⁻¹ H}. No
 * step needs a matrix of the features' size.
 */
final class ObservationModel {
  private final int d;
  private final int inputs;
  private final double[] observation;
  private final double[] noise;
  private final double[] offset;
  private final double[] projection;
  private final double[] shift;
  private final double[] information;

  /**
   * A model of given matrices.
   *
   * @param d state dimensions
   * @param observation H, {@code [features × d]}, row-major
   * @param noise L, {@code [features × features]}, row-major; a feature whose row and column are
   *     zero is ignored
   * @param offset b, {@code [features]}
   * @throws InputException where L is singular or sizes disagree
   */
  ObservationModel(int d, double[] observation, double[] noise, double[] offset) {
    this.d = d;
    inputs = observation.length / d;
    if (inputs < 1
        || observation.length != inputs * d
        || noise.length != inputs * inputs
        || offset.length != inputs) {
      throw new InputException(
          "H must be [features × d], L [features × features] and b [features]; d="
              + d
              + ", values of H="
              + observation.length
              + ", of L="
              + noise.length
              + ", of b="
              + offset.length);
    }
    this.observation = observation.clone();
    this.noise = noise.clone();
    this.offset = offset.clone();
    projection = ObservationNoise.projection(d, inputs, observation, noise);
    shift = new double[d];
    SmallMatrix.apply(projection, offset, d, inputs, shift);
    information = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        for (int f = 0; f < inputs; f++) {
          information[i * d + j] += projection[i * inputs + f] * observation[f * d + j];
        }
      }
    }
    SmallMatrix.symmetrize(information, d);
  }

  /** {@code out = Hᵀ L⁻¹ (x - b)}, {@code [d]}. */
  void evidence(double[] x, double[] out) {
    for (int i = 0; i < d; i++) {
      double sum = -shift[i];
      int row = i * inputs;
      for (int f = 0; f < inputs; f++) {
        sum += projection[row + f] * x[f];
      }
      out[i] = sum;
    }
  }

  int inputs() {
    return inputs;
  }

  /** H itself. */
  double[] observation() {
    return observation;
  }

  /** L itself. */
  double[] noise() {
    return noise;
  }

  /** b itself. */
  double[] offset() {
    return offset;
  }

  /** {@code Hᵀ L⁻¹} itself, {@code [d × features]}. */
  double[] projection() {
    return projection;
  }

  /** {@code Hᵀ L⁻¹ H} itself, {@code [d × d]}. */
  double[] information() {
    return information;
  }
}
