package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LaggedProcessTest {
  private static final int LAGS = 4;
  private static final double[] LOGS = {-0.2, -0.5, -0.9, -1.4, 0.3, -0.1};

  private final SplittableRandom random = new SplittableRandom(2);

  private double[][] normal(int rows, int columns) {
    double[][] table = new double[rows][columns];
    for (double[] row : table) {
      for (int c = 0; c < columns; c++) {
        row[c] = random.nextGaussian();
      }
    }
    return table;
  }

  /** The twin that knows nothing of streams; also across lost rows and a new start. */
  @Test
  void itEqualsTheProcessOverWholeInputs() {
    double[][] rows = normal(80, 2);
    double[][] hyper = {{0, 0.1, -0.7}, {0, 0.1, -0.7}};
    double[] scales = BlockwiseError.scales(LOGS, LAGS, 2);
    GaussianProcess whole =
        GaussianProcess.fit(
            KernelShape.MATERN32, InputHistory.lagged(rows, LAGS), normal(80, 2), scales, hyper);
    double[] lagScales = new double[LAGS];
    for (int l = 0; l < LAGS; l++) {
      lagScales[l] = Math.exp(LOGS[l]);
    }
    LaggedProcess stream =
        new LaggedProcess(
            rows,
            lagScales,
            new double[] {Math.exp(LOGS[4]), Math.exp(LOGS[5])},
            Math.exp(0.2),
            whole.alpha());
    InputHistory history = new InputHistory(2, LAGS);
    double[] expected = new double[2];
    double[] actual = new double[2];
    double[][] live = normal(30, 2);
    for (int t = 0; t < live.length; t++) {
      if (t == 20) {
        history.reset();
      }
      double[] input = history.push(live[t], 0, t == 10 ? 2 : 0);
      whole.predict(input, expected);
      stream.predict(input, actual);
      assertThat(actual).containsExactly(expected, within(1e-12));
    }
  }
}
