package org.efferent.filters;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A long short-term memory (Hochreiter and Schmidhuber 1997, with forget gates: Gers et al. 2000)
 * of one layer with a linear read-out, small enough to step in microseconds.
 *
 * <pre>
 * a_t = W [x_t; h_{t-1}] + b          four blocks of H rows: input, forget, candidate, output
 * c_t = σ(a_f) c_{t-1} + σ(a_i) tanh(a_g)
 * h_t = σ(a_o) tanh(c_t)
 * y_t = V h_t + d
 * </pre>
 *
 * <p>All parameters lie in one array, so that an optimiser need not know them apart. W is kept
 * transposed, {@code [(I + H) × 4H]}: both passes then run along rows, which the JIT vectorises.
 */
final class LstmNetwork extends RecurrentNetwork {
  private final int biasAt;

  /** A network with given parameters, which it uses and does not copy. */
  LstmNetwork(int inputs, int hidden, int outputs, double[] parameters) {
    super("an LSTM", inputs, hidden, outputs, size(inputs, hidden, outputs), parameters);
    this.biasAt = (inputs + hidden) * 4 * hidden;
  }

  /** Number of parameters of a shape. */
  static int size(int inputs, int hidden, int outputs) {
    return (inputs + hidden + 1) * 4 * hidden + outputs * (hidden + 1);
  }

  /** Parameters drawn evenly from ±1/√H. */
  static LstmNetwork random(int inputs, int hidden, int outputs, SplittableRandom random) {
    return new LstmNetwork(
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

  /** What is remembered from bin to bin; all zero at first. */
  final class State implements Memory {
    private final double[] h = new double[hidden];
    private final double[] c = new double[hidden];
    private final double[] gates = new double[4 * hidden];

    @Override
    public void reset() {
      Arrays.fill(h, 0);
      Arrays.fill(c, 0);
    }

    @Override
    public void step(double[] x, double[] y) {
      preactivate(x, 0, h, 0, gates, 0);
      for (int j = 0; j < hidden; j++) {
        double in = sigmoid(gates[j]);
        double forget = sigmoid(gates[hidden + j]);
        double candidate = Math.tanh(gates[2 * hidden + j]);
        c[j] = forget * c[j] + in * candidate;
        h[j] = sigmoid(gates[3 * hidden + j]) * Math.tanh(c[j]);
      }
      read(h, 0, y, 0);
    }
  }

  /** a = W [x; h] + b. */
  private void preactivate(double[] x, int xAt, double[] h, int hAt, double[] a, int aAt) {
    int width = 4 * hidden;
    System.arraycopy(parameters, biasAt, a, aAt, width);
    sum(x, xAt, inputs, parameters, 0, width, a, aAt);
    sum(h, hAt, hidden, parameters, inputs * width, width, a, aAt);
  }

  /** Both passes over a sequence. */
  final class Tape implements Unrolled {
    private final int steps;
    private final double[] gates; // activations [steps][4H]
    private final double[] cells; // c_0 … c_T [steps + 1][H]
    private final double[] tanhs; // tanh(c_t) [steps][H]
    private final double[] states; // h_0 … h_T [steps + 1][H]
    private final double[] masked; // what the read-out saw [steps][H]
    private final double[] outs; // y_t [steps][D]
    private final double[] byRow; // W as [4H × (I + H)], for the way back
    private final double[] dGates;
    private final double[] dInput;
    private final double[] dCell;
    private double[] inputsSeen = {};
    private double[] mask = {};

    Tape(int steps) {
      this.steps = steps;
      gates = new double[steps * 4 * hidden];
      cells = new double[(steps + 1) * hidden];
      tanhs = new double[steps * hidden];
      states = new double[(steps + 1) * hidden];
      masked = new double[steps * hidden];
      outs = new double[steps * outputs];
      byRow = new double[4 * hidden * (inputs + hidden)];
      dGates = new double[4 * hidden];
      dInput = new double[inputs + hidden];
      dCell = new double[hidden];
    }

    @Override
    public void refresh() {
      int width = 4 * hidden;
      int columns = inputs + hidden;
      for (int k = 0; k < columns; k++) {
        for (int j = 0; j < width; j++) {
          byRow[j * columns + k] = parameters[k * width + j];
        }
      }
    }

    @Override
    public double[] forward(double[] x, double[] dropout) {
      inputsSeen = x;
      mask = dropout;
      int width = 4 * hidden;
      for (int t = 0; t < steps; t++) {
        int g = t * width;
        int now = t * hidden;
        int next = now + hidden;
        preactivate(x, t * inputs, states, now, gates, g);
        for (int j = 0; j < hidden; j++) {
          double in = sigmoid(gates[g + j]);
          double forget = sigmoid(gates[g + hidden + j]);
          double candidate = Math.tanh(gates[g + 2 * hidden + j]);
          double out = sigmoid(gates[g + 3 * hidden + j]);
          double cell = forget * cells[now + j] + in * candidate;
          double tanh = Math.tanh(cell);
          gates[g + j] = in;
          gates[g + hidden + j] = forget;
          gates[g + 2 * hidden + j] = candidate;
          gates[g + 3 * hidden + j] = out;
          cells[next + j] = cell;
          tanhs[now + j] = tanh;
          states[next + j] = out * tanh;
          masked[now + j] = mask.length == 0 ? out * tanh : out * tanh * mask[now + j];
        }
        read(masked, now, outs, t * outputs);
      }
      return outs;
    }

    @Override
    public void backward(double[] dOut, double[] gradient) {
      int width = 4 * hidden;
      int columns = inputs + hidden;
      Arrays.fill(dCell, 0);
      Arrays.fill(dInput, 0);
      for (int t = steps - 1; t >= 0; t--) {
        int now = t * hidden;
        // Adds to the part of dInput that is dh.
        readBackward(dOut, t * outputs, masked, now, mask, gradient, dInput, inputs);
        gatesBackward(t);
        axpy(1, dGates, 0, gradient, biasAt, width);
        for (int k = 0; k < inputs; k++) {
          axpy(inputsSeen[t * inputs + k], dGates, 0, gradient, k * width, width);
        }
        for (int k = 0; k < hidden; k++) {
          axpy(states[now + k], dGates, 0, gradient, (inputs + k) * width, width);
        }
        Arrays.fill(dInput, 0);
        sum(dGates, 0, width, byRow, 0, columns, dInput, 0);
      }
    }

    private void gatesBackward(int t) {
      int g = t * 4 * hidden;
      int now = t * hidden;
      for (int j = 0; j < hidden; j++) {
        double in = gates[g + j];
        double forget = gates[g + hidden + j];
        double candidate = gates[g + 2 * hidden + j];
        double out = gates[g + 3 * hidden + j];
        double dh = dInput[inputs + j];
        double tanh = tanhs[now + j];
        double dc = dCell[j] + dh * out * (1 - tanh * tanh);
        dGates[j] = dc * candidate * in * (1 - in);
        dGates[hidden + j] = dc * cells[now + j] * forget * (1 - forget);
        dGates[2 * hidden + j] = dc * in * (1 - candidate * candidate);
        dGates[3 * hidden + j] = dh * tanh * out * (1 - out);
        dCell[j] = dc * forget;
      }
    }
  }
}
