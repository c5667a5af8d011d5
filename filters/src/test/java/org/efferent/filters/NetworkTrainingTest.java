package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.efferent.core.InputException;
import org.junit.jupiter.api.Test;

class NetworkTrainingTest {
  private final double[][] x = new double[600][3];
  private final double[][] y = new double[600][2];

  NetworkTrainingTest() {
    SplittableRandom random = new SplittableRandom(2);
    for (int t = 0; t < 600; t++) {
      for (int i = 0; i < 3; i++) {
        x[t][i] = 10 * i + 2 * random.nextGaussian();
      }
      double u = x[t][0] / 2;
      double v = (x[t][1] - 10) / 2;
      y[t][0] = 5 + Math.sin(2 * u) + 0.1 * random.nextGaussian();
      y[t][1] = 100 * u * v + 10 * random.nextGaussian();
    }
  }

  @Test
  void gradientsAndOutputsOfDeeplearning4jAreThoseOfTheJavaNetwork() {
    double[][] few = Arrays.copyOf(x, 20);
    double[][] target = Arrays.copyOf(y, 20);
    try (NetworkObjective objective = new NetworkObjective(few, target, 4, 7)) {
      double[] w = objective.start();
      assertThat(w).hasSize(objective.size());
      double[] gradient = new double[w.length];
      double value = objective.at(w, gradient);
      NeuralRegressor network = objective.network(w);
      assertThat(value)
          .isCloseTo(NetworkTraining.error(network, few, target) / 2, within(1e-6 * value));
      for (int i = 0; i < w.length; i++) {
        double[] up = w.clone();
        double[] down = w.clone();
        up[i] += 1e-4;
        down[i] -= 1e-4;
        double slope =
            (NetworkTraining.error(objective.network(up), few, target)
                    - NetworkTraining.error(objective.network(down), few, target))
                / 4e-4;
        assertThat(gradient[i]).isCloseTo(slope, within(1e-4 * Math.max(1, Math.abs(slope))));
      }
      double[][] expected = objective.output(w, few);
      double[] out = new double[2];
      for (int t = 0; t < 20; t++) {
        network.predict(few[t], out);
        assertThat(out).containsExactly(expected[t], within(1e-6));
      }
    }
  }

  @Test
  void learnsABentFunctionOfRawUnits() {
    Map<String, Double> learned = new LinkedHashMap<>();
    NeuralRegressor network = NetworkTraining.train(x, y, 10, 1, learned);
    assertThat(network.inputs()).isEqualTo(3);
    double[] out = new double[2];
    double[] error = new double[2];
    for (int t = 0; t < 600; t++) {
      network.predict(x[t], out);
      for (int i = 0; i < 2; i++) {
        error[i] += Math.pow(out[i] - y[t][i], 2) / 600;
      }
    }
    assertThat(Math.sqrt(error[0])).isBetween(0.05, 0.3);
    assertThat(Math.sqrt(error[1])).isBetween(5.0, 40.0);
    assertThat(learned.get("hidden")).isEqualTo(10);
    assertThat(learned.get("bayesian")).isBetween(0.0, 1.0);
    NeuralRegressor again = NetworkTraining.train(x, y, 10, 1, learned);
    assertThat(again.weights()).as("the seed decides").containsExactly(network.weights());
  }

  @Test
  void effectiveParametersAreAllWithoutDecayAndNoneWithMuch() {
    try (NetworkObjective objective = new NetworkObjective(x, y, 3, 7)) {
      double[][] z =
          Arrays.stream(x)
              .map(r -> new double[] {r[0], r[1] - 10, r[2] - 20})
              .toArray(double[][]::new);
      NeuralRegressor network = objective.network(objective.start());
      assertThat(NetworkTraining.effective(network, z, 1e-9)).isCloseTo(20, within(0.1));
      assertThat(NetworkTraining.effective(network, z, 1e9)).isCloseTo(0, within(0.1));
    }
  }

  @Test
  void theSlopeOfTheJavaNetworkIsItsDerivative() {
    NeuralRegressor network =
        new NeuralRegressor(
            new double[] {0.5, -1, 0.3, 0.8},
            new double[] {0.1, -0.2},
            new double[] {1, 2, -1, 0.5, 0.3, 0.7},
            new double[] {3, 4, 5});
    double[] at = {0.4, -0.7};
    double[] out = new double[3];
    double[] slope = new double[6];
    network.predict(at, out, slope);
    double[] up = new double[3];
    for (int i = 0; i < 2; i++) {
      double[] moved = at.clone();
      moved[i] += 1e-6;
      network.predict(moved, up);
      for (int o = 0; o < 3; o++) {
        assertThat(slope[2 * o + i]).isCloseTo((up[o] - out[o]) / 1e-6, within(1e-5));
      }
    }
  }

  @Test
  void refusesTooFewRowsAndOddShapes() {
    assertThatThrownBy(
            () ->
                NetworkTraining.train(
                    Arrays.copyOf(x, 49), Arrays.copyOf(y, 49), 10, 1, new LinkedHashMap<>()))
        .isInstanceOf(InputException.class)
        .hasMessage("a network needs at least 50 rows; rows=49");
    assertThatThrownBy(
            () -> new NeuralRegressor(new double[4], new double[2], new double[5], new double[3]))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a network has finite W [hidden × inputs], b [hidden], V [outputs × hidden] and c"
                + " [outputs]; values=4, 2, 5, 3");
  }
}
