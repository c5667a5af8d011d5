package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecurrentTrainingTest {
  private static final RecurrentTraining.Recipe RECIPE =
      new RecurrentTraining.Recipe(12, 150, 32, 8, 4, 1e-2, 1e-2, 0.05, 0.05, 0.1, 0.3, 1);

  /** A state that a memory can follow and a single bin cannot: a leaky sum of the inputs. */
  private static double[][][] leaky(int bins, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = new double[bins][3];
    double[][] z = new double[bins][2];
    for (int t = 0; t < bins; t++) {
      for (int k = 0; k < 3; k++) {
        x[t][k] = random.nextGaussian();
      }
      for (int i = 0; i < 2; i++) {
        z[t][i] = (t > 0 ? 0.8 * z[t - 1][i] : 0) + 0.6 * x[t][i];
      }
    }
    return new double[][][] {x, z};
  }

  private static double nrmse(RecurrentNetwork network, double[][] x, double[][] z) {
    RecurrentNetwork.Memory state = network.memory();
    double[][] y = new double[x.length][2];
    for (int t = 0; t < x.length; t++) {
      state.step(x[t], y[t]);
    }
    return Figures.of(y, z).nrmse();
  }

  @Test
  void itLearnsWhatNeedsMemoryAndKnowsItOnOtherRows() {
    double[][][] train = leaky(1500, 1);
    double[][][] test = leaky(500, 2);
    LstmNetwork network = RecurrentTraining.lstm(RECIPE, train[0], train[1], 7);
    assertThat(nrmse(network, test[0], test[1])).isLessThan(0.35);
    GruNetwork gru = RecurrentTraining.gru(RECIPE, train[0], train[1], 7);
    assertThat(nrmse(gru, test[0], test[1])).isLessThan(0.35);
  }

  @Test
  void theSeedDecidesEverything() {
    double[][][] train = leaky(200, 1);
    RecurrentTraining.Recipe brief =
        new RecurrentTraining.Recipe(5, 3, 16, 4, 2, 1e-2, 1e-2, 0.05, 0.05, 0.1, 0.3, 1);
    double[] one = RecurrentTraining.lstm(brief, train[0], train[1], 7).parameters();
    double[] same = RecurrentTraining.lstm(brief, train[0], train[1], 7).parameters();
    double[] other = RecurrentTraining.lstm(brief, train[0], train[1], 8).parameters();
    assertThat(same).containsExactly(one);
    assertThat(other).isNotEqualTo(one);
  }
}
