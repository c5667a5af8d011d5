package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlockwiseErrorTest {
  private static final int LAGS = 3;
  private static final int BLOCK = 10;
  private final SplittableRandom random = new SplittableRandom(5);

  private double[][] normal(int rows, int columns) {
    double[][] table = new double[rows][columns];
    for (double[] row : table) {
      for (int c = 0; c < columns; c++) {
        row[c] = random.nextGaussian();
      }
    }
    return table;
  }

  private static final double[] AT = {-0.5, -1, -1.5, 0.2, -0.3, 0.1, -1.2};

  @Test
  void theGradientIsThatOfFiniteDifferences() {
    double[][] x = InputHistory.lagged(normal(60, 2), LAGS);
    BlockwiseError error = new BlockwiseError(x, normal(60, 2), LAGS, BLOCK);
    double[] gradient = new double[error.size()];
    error.at(AT, gradient);
    double[] ignored = new double[error.size()];
    for (int i = 0; i < AT.length; i++) {
      double[] above = AT.clone();
      double[] below = AT.clone();
      above[i] += 1e-5;
      below[i] -= 1e-5;
      double slope = (error.at(above, ignored) - error.at(below, ignored)) / 2e-5;
      assertThat(gradient[i]).as("parameter " + i).isCloseTo(slope, within(1e-7));
    }
  }

  @Test
  void theErrorIsThatOfProcessesThatNeverSawTheBlock() {
    double[][] x = InputHistory.lagged(normal(40, 2), LAGS);
    double[][] y = normal(40, 2);
    BlockwiseError error = new BlockwiseError(x, y, LAGS, BLOCK);
    double value = error.at(AT, new double[error.size()]);
    double sum = 0;
    double power = 0;
    double[][] hyper = new double[2][];
    java.util.Arrays.fill(hyper, new double[] {0, AT[5] / 2, AT[6] / 2});
    for (int b = 0; b < 40; b += BLOCK) {
      double[][] seenX = new double[40 - BLOCK][];
      double[][] seenY = new double[40 - BLOCK][];
      for (int t = 0, s = 0; t < 40; t++) {
        if (t < b || t >= b + BLOCK) {
          seenX[s] = x[t];
          seenY[s++] = y[t];
        }
      }
      GaussianProcess process =
          GaussianProcess.fit(
              KernelShape.MATERN32, seenX, seenY, BlockwiseError.scales(AT, LAGS, 2), hyper);
      double[] guess = new double[2];
      for (int t = b; t < b + BLOCK; t++) {
        process.predict(x[t], guess);
        for (int k = 0; k < 2; k++) {
          sum += (y[t][k] - guess[k]) * (y[t][k] - guess[k]);
          power += y[t][k] * y[t][k];
          assertThat(error.errors()[t][k]).isCloseTo(y[t][k] - guess[k], within(1e-10));
        }
      }
    }
    assertThat(value).isCloseTo(sum / power, within(1e-12));
  }
}
