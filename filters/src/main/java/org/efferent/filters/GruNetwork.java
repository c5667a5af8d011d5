package org.efferent.filters;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Gated recurrent units (Cho et al., EMNLP 2014), with the reset gate after the product, so that
 * one product serves all three blocks of H rows: reset, update, candidate.
 *
 * <pre>
 * a = W x_t + b,  e = U h_{t-1} + c
 * r = σ(a_r + e_r),  u = σ(a_u + e_u),  n = tanh(a_n + r e_n)
 * h_t = (1 - u) n + u h_{t-1}
 * y_t = V h_t + d
 * </pre>
 *
 * <p>W and U are kept transposed, {@code [I × 3H]} and {@code [H × 3H]}: loops run along rows.
 */
final class GruNetwork extends RecurrentNetwork {
  private final int width;
  private final int biasAt;
  private final int stateAt;
  private final int stateBiasAt;

  /** A network with given parameters, which it uses and does not copy. */
  GruNetwork(int inputs, int hidden, int outputs, double[] parameters) {
    super("a GRU", inputs, hidden, outputs, size(inputs, hidden, outputs), parameters);
    width = 3 * hidden;
    biasAt = inputs * width;
    stateAt = biasAt + width;
    stateBiasAt = stateAt + hidden * width;
  }

  /** Number of parameters of a shape. */
  static int size(int inputs, int hidden, int outputs) {
    return (inputs + hidden + 2) * 3 * hidden + outputs * (hidden + 1);
  }

  /** Parameters drawn evenly from ±1/√H. */
  static GruNetwork random(int inputs, int hidden, int outputs, SplittableRandom random) {
    return new GruNetwork(
        inputs, hidden, outputs, draw(size(inputs, hidden, outputs), hidden, random));
  }

  @Override
  Memory memory() {
    return new State();
  }

  @Override
  Unrolled unrolled(int steps) {
    return new Tape(steps);
  }

  private void preactivate(
      double[] x, int xAt, double[] h, int hAt, double[] a, double[] e, int at) {
    System.arraycopy(parameters, biasAt, a, at, width);
    sum(x, xAt, inputs, parameters, 0, width, a, at);
    System.arraycopy(parameters, stateBiasAt, e, at, width);
    sum(h, hAt, hidden, parameters, stateAt, width, e, at);
  }

  /** One stream of bins. */
  final class State implements Memory {
    private final double[] h = new double[hidden];
    private final double[] a = new double[width];
    private final double[] e = new double[width];

    @Override
    public void reset() {
      Arrays.fill(h, 0);
    }

    @Override
    public void step(double[] x, double[] y) {
      preactivate(x, 0, h, 0, a, e, 0);
      for (int j = 0; j < hidden; j++) {
        double reset = sigmoid(a[j] + e[j]);
        double update = sigmoid(a[hidden + j] + e[hidden + j]);
        double candidate = Math.tanh(a[2 * hidden + j] + reset * e[2 * hidden + j]);
        h[j] = (1 - update) * candidate + update * h[j];
      }
      read(h, 0, y, 0);
    }
  }

  /** Both passes over a sequence. */
  final class Tape implements Unrolled {
    private final int steps;
    private final double[] gates; // r, u, n [steps][3H]
    private final double[] byState; // e [steps][3H]
    private final double[] states; // h_0 … h_T [steps + 1][H]
    private final double[] masked; // what the read-out saw [steps][H]
    private final double[] outs; // y_t [steps][D]
    private final double[] byRow; // U as [3H × H], for the way back
    private final double[] dInput; // by a
    private final double[] dState; // by e
    private final double[] dh;
    private double[] inputsSeen = {};
    private double[] mask = {};

    Tape(int steps) {
      this.steps = steps;
      gates = new double[steps * width];
      byState = new double[steps * width];
      states = new double[(steps + 1) * hidden];
      masked = new double[steps * hidden];
      outs = new double[steps * outputs];
      byRow = new double[width * hidden];
      dInput = new double[width];
      dState = new double[width];
      dh = new double[hidden];
    }

    @Override
    public void refresh() {
      for (int k = 0; k < hidden; k++) {
        for (int j = 0; j < width; j++) {
          byRow[j * hidden + k] = parameters[stateAt + k * width + j];
        }
      }
    }

    @Override
    public double[] forward(double[] x, double[] dropout) {
      inputsSeen = x;
      mask = dropout;
      for (int t = 0; t < steps; t++) {
        int g = t * width;
        int now = t * hidden;
        preactivate(x, t * inputs, states, now, gates, byState, g);
        for (int j = 0; j < hidden; j++) {
          double reset = sigmoid(gates[g + j] + byState[g + j]);
          double update = sigmoid(gates[g + hidden + j] + byState[g + hidden + j]);
          int n = g + 2 * hidden + j;
          double candidate = Math.tanh(gates[n] + reset * byState[n]);
          double h = (1 - update) * candidate + update * states[now + j];
          gates[g + j] = reset;
          gates[g + hidden + j] = update;
          gates[n] = candidate;
          states[now + hidden + j] = h;
          masked[now + j] = mask.length == 0 ? h : h * mask[now + j];
        }
        read(masked, now, outs, t * outputs);
      }
      return outs;
    }

    @Override
    public void backward(double[] dOut, double[] gradient) {
      Arrays.fill(dh, 0);
      for (int t = steps - 1; t >= 0; t--) {
        int now = t * hidden;
        readBackward(dOut, t * outputs, masked, now, mask, gradient, dh, 0);
        gatesBackward(t);
        axpy(1, dInput, 0, gradient, biasAt, width);
        axpy(1, dState, 0, gradient, stateBiasAt, width);
        for (int k = 0; k < inputs; k++) {
          axpy(inputsSeen[t * inputs + k], dInput, 0, gradient, k * width, width);
        }
        for (int k = 0; k < hidden; k++) {
          axpy(states[now + k], dState, 0, gradient, stateAt + k * width, width);
        }
        sum(dState, 0, width, byRow, 0, hidden, dh, 0);
      }
    }

    /** Leaves in dh what goes straight to the state before, {@code dh u}. */
    private void gatesBackward(int t) {
      int g = t * width;
      int now = t * hidden;
      for (int j = 0; j < hidden; j++) {
        double reset = gates[g + j];
        double update = gates[g + hidden + j];
        double candidate = gates[g + 2 * hidden + j];
        double dn = dh[j] * (1 - update) * (1 - candidate * candidate);
        double du = dh[j] * (states[now + j] - candidate) * update * (1 - update);
        double dr = dn * byState[g + 2 * hidden + j] * reset * (1 - reset);
        dInput[j] = dr;
        dInput[hidden + j] = du;
        dInput[2 * hidden + j] = dn;
        dState[j] = dr;
        dState[hidden + j] = du;
        dState[2 * hidden + j] = dn * reset;
        dh[j] *= update;
      }
    }
  }
}
