package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrentNetworkTest {
  private static final int STEPS = 6;

  private static double[] normal(int n, SplittableRandom random) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextDouble() * 2 - 1;
    }
    return values;
  }

  /** Loss: half the squared distance to the target, summed. */
  private static double loss(RecurrentNetwork network, double[] x, double[] mask, double[] target) {
    double[] y = network.unrolled(STEPS).forward(x, mask);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += 0.5 * (y[i] - target[i]) * (y[i] - target[i]);
    }
    return sum;
  }

  private static RecurrentNetwork network(boolean gru, int hidden, SplittableRandom random) {
    return gru ? GruNetwork.random(3, hidden, 2, random) : LstmNetwork.random(3, hidden, 2, random);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theGradientIsThatOfFiniteDifferences(boolean gru) {
    SplittableRandom random = new SplittableRandom(3);
    RecurrentNetwork network = network(gru, 5, random);
    double[] x = normal(STEPS * 3, random);
    double[] target = normal(STEPS * 2, random);
    double[] mask = normal(STEPS * 5, random);
    for (double[] dropout : new double[][] {{}, mask}) {
      RecurrentNetwork.Unrolled tape = network.unrolled(STEPS);
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void steppingEqualsTheSequence(boolean gru) {
    SplittableRandom random = new SplittableRandom(4);
    RecurrentNetwork network = network(gru, 7, random);
    double[] x = normal(STEPS * 3, random);
    double[] sequence = network.unrolled(STEPS).forward(x, new double[0]).clone();
    RecurrentNetwork.Memory state = network.memory();
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
    assertThatThrownBy(() -> new GruNetwork(3, 5, 2, new double[7]))
        .hasMessage("a GRU of this shape has 162 parameters; parameters=7");
  }
}
