package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LstmNetworkTest {
  private static final int STEPS = 6;

  private static double[] normal(int n, SplittableRandom random) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextDouble() * 2 - 1;
    }
    return values;
  }

  /** Loss: half the squared distance to the target, summed. */
  private static double loss(LstmNetwork network, double[] x, double[] mask, double[] target) {
    double[] y = network.new Tape(STEPS).forward(x, mask);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += 0.5 * (y[i] - target[i]) * (y[i] - target[i]);
    }
    return sum;
  }

  @Test
  void theGradientIsThatOfFiniteDifferences() {
    SplittableRandom random = new SplittableRandom(3);
    LstmNetwork network = LstmNetwork.random(3, 5, 2, random);
    double[] x = normal(STEPS * 3, random);
    double[] target = normal(STEPS * 2, random);
    double[] mask = normal(STEPS * 5, random);
    for (double[] dropout : new double[][] {{}, mask}) {
      LstmNetwork.Tape tape = network.new Tape(STEPS);
      tape.refresh();
      double[] y = tape.forward(x, dropout);
      double[] slope = new double[y.length];
      for (int i = 0; i < y.length; i++) {
        slope[i] = y[i] - target[i];
      }
      double[] gradient = new double[network.parameters().length];
      tape.backward(slope, gradient);
      for (int p = 0; p < gradient.length; p++) {
        double kept = network.parameters()[p];
        network.parameters()[p] = kept + 1e-5;
        double above = loss(network, x, dropout, target);
        network.parameters()[p] = kept - 1e-5;
        double below = loss(network, x, dropout, target);
        network.parameters()[p] = kept;
        assertThat(gradient[p]).isCloseTo((above - below) / 2e-5, within(1e-8));
      }
    }
  }

  @Test
  void steppingEqualsTheSequence() {
    SplittableRandom random = new SplittableRandom(4);
    LstmNetwork network = LstmNetwork.random(3, 7, 2, random);
    double[] x = normal(STEPS * 3, random);
    double[] sequence = network.new Tape(STEPS).forward(x, new double[0]).clone();
    LstmNetwork.State state = network.new State();
    double[] y = new double[2];
    for (int pass = 0; pass < 2; pass++) {
      state.reset();
      for (int t = 0; t < STEPS; t++) {
        state.step(java.util.Arrays.copyOfRange(x, 3 * t, 3 * t + 3), y);
        assertThat(y).containsExactly(sequence[2 * t], sequence[2 * t + 1]);
      }
    }
  }

  @Test
  void parametersOfAnotherShapeAreRefused() {
    assertThatThrownBy(() -> new LstmNetwork(3, 5, 2, new double[7]))
        .hasMessage("an LSTM of this shape has 192 parameters; parameters=7");
  }
}
