package org.efferent.filters;

import java.util.SplittableRandom;

/**
 * A small recurrent network of one layer with a linear read-out, its parameters in one array, so
 * that an optimiser need not know them apart. The read-out's weights and bias stand last.
 */
abstract sealed class RecurrentNetwork permits LstmNetwork, GruNetwork {
  final int inputs;
  final int hidden;
  final int outputs;
  final double[] parameters;
  final int readAt;
  final int readBiasAt;

  RecurrentNetwork(String name, int inputs, int hidden, int outputs, int size, double[] values) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.outputs = outputs;
    if (values.length != size) {
      throw new IllegalArgumentException(
          name + " of this shape has " + size + " parameters; parameters=" + values.length);
    }
    parameters = values;
    readBiasAt = size - outputs;
    readAt = readBiasAt - outputs * hidden;
  }

  /** What is remembered from bin to bin; all zero at first. */
  interface Memory {
    /** Forgets. */
    void reset();

    /**
     * One bin.
     *
     * @param x {@code [inputs]}
     * @param y modified: {@code [outputs]}
     */
    void step(double[] x, double[] y);
  }

  /**
   * Backpropagation through time over sequences of one length. One thread uses it; it is kept from
   * batch to batch, so training allocates once.
   */
  interface Unrolled {
    /** Takes over the parameters; to be called after each change of them. */
    void refresh();

    /**
     * Runs a sequence from the zero state.
     *
     * @param x {@code [steps × inputs]}
     * @param dropout {@code [steps × hidden]}, factors on h before the read-out; empty for none
     * @return {@code [steps × outputs]}, valid until the next call
     */
    double[] forward(double[] x, double[] dropout);

    /**
     * Adds the gradient of the sequence of the last {@link #forward}.
     *
     * @param dOut {@code [steps × outputs]}, gradient of the loss by the outputs
     * @param gradient modified: like {@link #parameters()}
     */
    void backward(double[] dOut, double[] gradient);
  }

  abstract Memory memory();

  abstract Unrolled unrolled(int steps);

  final int inputs() {
    return inputs;
  }

  final int hidden() {
    return hidden;
  }

  final int outputs() {
    return outputs;
  }

  /** The parameters themselves. */
  final double[] parameters() {
    return parameters;
  }

  /** Parameters drawn evenly from ±1/√H. */
  static double[] draw(int size, int hidden, SplittableRandom random) {
    double[] parameters = new double[size];
    double bound = 1 / Math.sqrt(hidden);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = bound * (2 * random.nextDouble() - 1);
    }
    return parameters;
  }

  final void read(double[] h, int hAt, double[] y, int yAt) {
    for (int d = 0; d < outputs; d++) {
      double sum = parameters[readBiasAt + d];
      int row = readAt + d * hidden;
      for (int j = 0; j < hidden; j++) {
        sum += parameters[row + j] * h[hAt + j];
      }
      y[yAt + d] = sum;
    }
  }

  /** The read-out's way back at one bin: adds to its gradient and to {@code dh[dhAt …]}. */
  final void readBackward(
      double[] dOut,
      int outAt,
      double[] masked,
      int now,
      double[] mask,
      double[] gradient,
      double[] dh,
      int dhAt) {
    for (int d = 0; d < outputs; d++) {
      double slope = dOut[outAt + d];
      if (slope == 0) {
        continue;
      }
      gradient[readBiasAt + d] += slope;
      int row = readAt + d * hidden;
      for (int j = 0; j < hidden; j++) {
        gradient[row + j] += slope * masked[now + j];
        double factor = mask.length == 0 ? 1 : mask[now + j];
        dh[dhAt + j] += slope * parameters[row + j] * factor;
      }
    }
  }

  static void axpy(double a, double[] x, int xAt, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] += a * x[xAt + i];
    }
  }

  /** y += Σ_k a_k m_k over rows m_k of a matrix, four at a time: y is loaded and stored less. */
  static void sum(
      double[] a, int aAt, int rows, double[] m, int mAt, int width, double[] y, int yAt) {
    int k = 0;
    for (; k + 4 <= rows; k += 4) {
      int first = mAt + k * width;
      double p = a[aAt + k];
      double q = a[aAt + k + 1];
      double r = a[aAt + k + 2];
      double s = a[aAt + k + 3];
      four(p, q, r, s, m, first, width, y, yAt);
    }
    for (; k < rows; k++) {
      axpy(a[aAt + k], m, mAt + k * width, y, yAt, width);
    }
  }

  private static void four(
      double p, double q, double r, double s, double[] m, int first, int n, double[] y, int yAt) {
    int second = first + n;
    int third = second + n;
    int fourth = third + n;
    for (int i = 0; i < n; i++) {
      y[yAt + i] += p * m[first + i] + q * m[second + i] + (r * m[third + i] + s * m[fourth + i]);
    }
  }

  static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }
}
