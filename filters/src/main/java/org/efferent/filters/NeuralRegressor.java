package org.efferent.filters;

import org.efferent.core.InputException;

/**
 * A network of one hidden layer of hyperbolic tangents, {@code f(x) = V tanh(W x + b) + c}. Trained
 * by {@link NetworkTraining}; a prediction is plain Java.
 */
public final class NeuralRegressor implements Regressor {
  private final int inputs;
  private final int hidden;
  private final int outputs;
  private final double[] weights;
  private final double[] bias;
  private final double[] readout;
  private final double[] offset;
  private final double[] active;

  /**
   * A network of given parameters, which are kept, not copied.
   *
   * @param weights W, {@code [hidden × inputs]}, row-major
   * @param bias b, {@code [hidden]}
   * @param readout V, {@code [outputs × hidden]}, row-major
   * @param offset c, {@code [outputs]}
   * @throws InputException where sizes disagree or values are not finite
   */
  public NeuralRegressor(double[] weights, double[] bias, double[] readout, double[] offset) {
    hidden = bias.length;
    outputs = offset.length;
    if (hidden == 0
        || outputs == 0
        || weights.length == 0
        || weights.length % hidden != 0
        || readout.length != outputs * hidden
        || !SmallMatrix.isFinite(weights)
        || !SmallMatrix.isFinite(bias)
        || !SmallMatrix.isFinite(readout)
        || !SmallMatrix.isFinite(offset)) {
      throw new InputException(
          "a network has finite W [hidden × inputs], b [hidden], V [outputs × hidden] and c"
              + " [outputs]; values="
              + weights.length
              + ", "
              + hidden
              + ", "
              + readout.length
              + ", "
              + outputs);
    }
    this.weights = weights;
    this.bias = bias;
    this.readout = readout;
    this.offset = offset;
    inputs = weights.length / hidden;
    active = new double[hidden];
  }

  /**
   * The network of standardised inputs and outputs as one of the raw ones.
   *
   * @param mean of the inputs, taken away, {@code [inputs]}
   * @param factor of the inputs after that, {@code [inputs]}
   * @param outMean added to the outputs last, {@code [outputs]}
   * @param outScale of the outputs, {@code [outputs]}
   * @return another network
   */
  NeuralRegressor unscaled(double[] mean, double[] factor, double[] outMean, double[] outScale) {
    double[] w = weights.clone();
    double[] b = bias.clone();
    double[] v = readout.clone();
    double[] c = offset.clone();
    for (int j = 0; j < hidden; j++) {
      for (int i = 0; i < inputs; i++) {
        w[j * inputs + i] *= factor[i];
        b[j] -= w[j * inputs + i] * mean[i];
      }
    }
    for (int o = 0; o < outputs; o++) {
      for (int j = 0; j < hidden; j++) {
        v[o * hidden + j] *= outScale[o];
      }
      c[o] = c[o] * outScale[o] + outMean[o];
    }
    return new NeuralRegressor(w, b, v, c);
  }

  @Override
  public void predict(double[] x, double[] out) {
    activations(x, active);
    SmallMatrix.apply(readout, active, outputs, hidden, out);
    for (int o = 0; o < outputs; o++) {
      out[o] += offset[o];
    }
  }

  /** {@code out = tanh(W x + b)}, {@code [hidden]}. */
  void activations(double[] x, double[] out) {
    SmallMatrix.apply(weights, x, hidden, inputs, out);
    for (int j = 0; j < hidden; j++) {
      out[j] = Math.tanh(out[j] + bias[j]);
    }
  }

  /**
   * Prediction and slope: {@code J = V diag(1 - tanh²) W}.
   *
   * @param x {@code [inputs]}
   * @param out {@code [outputs]}, overwritten
   * @param slope {@code [outputs × inputs]}, row-major, overwritten
   */
  void predict(double[] x, double[] out, double[] slope) {
    predict(x, out);
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        double sum = 0;
        for (int j = 0; j < hidden; j++) {
          sum += readout[o * hidden + j] * (1 - active[j] * active[j]) * weights[j * inputs + i];
        }
        slope[o * inputs + i] = sum;
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

  /** Hidden units. */
  public int hidden() {
    return hidden;
  }

  double[] weights() {
    return weights;
  }

  double[] bias() {
    return bias;
  }

  double[] readout() {
    return readout;
  }

  double[] offset() {
    return offset;
  }
}
