package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.efferent.core.Estimate;
import org.junit.jupiter.api.Test;

class BestTrainingTest {

  /** A velocity that features show bent, late and noisy. */
  private static double[][][] bent(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] z = new double[rows][2];
    double[][] x = new double[rows][4];
    for (int t = 0; t < rows; t++) {
      for (int i = 0; i < 2; i++) {
        z[t][i] = (t > 0 ? 0.9 * z[t - 1][i] : 0) + 0.1 * random.nextGaussian();
      }
      double[] shown = z[Math.max(0, t - 1)];
      for (int k = 0; k < 4; k++) {
        double angle = Math.PI * k / 4;
        double drive = 14 * (Math.cos(angle) * shown[0] + Math.sin(angle) * shown[1]);
        x[t][k] = 3 + 2 * Math.tanh(drive) + 0.5 * random.nextGaussian();
      }
    }
    return new double[][][] {x, z};
  }

  @Test
  void itBeatsTheKalmanFilterWhereTheTruthIsBentAndSurvivesSaving() {
    double[][][] data = bent(700, 3);
    double[][] x = Arrays.copyOf(data[0], 500);
    double[][] z = Arrays.copyOf(data[1], 500);
    double[][] tx = Arrays.copyOfRange(data[0], 500, 700);
    double[][] tz = Arrays.copyOfRange(data[1], 500, 700);
    CursorDecoder best = FilterTraining.train(FilterSpec.of(FilterKind.BEST), x, z);
    CursorDecoder kalman = FilterTraining.train(FilterSpec.of(FilterKind.KALMAN), x, z);
    double[][] means = decode(best, tx);
    double nrmse = Figures.of(means, tz).nrmse();
    assertThat(nrmse).isLessThan(0.9 * Figures.of(decode(kalman, tx), tz).nrmse());
    assertThat(best.lags()).isEqualTo(BestTraining.LAGS);
    assertThat(best.hyperparameters()).containsKeys("logLagScale.0", "logNoiseVariance");

    Estimate.Gaussian last = best.decode(tx[0]);
    double error = 0;
    for (int t = 0; t < means.length; t++) {
      error += Math.pow(means[t][0] - tz[t][0], 2) / means.length;
    }
    assertThat(last.covariance(0, 0)).as("says its own error").isBetween(error / 2, error * 2);

    CursorDecoder loaded = CursorDecoder.fromState(best.toState());
    assertThat(decode(loaded, tx)).isDeepEqualTo(means);
  }

  private static double[][] decode(CursorDecoder decoder, double[][] rows) {
    decoder.reset();
    double[][] means = new double[rows.length][];
    for (int t = 0; t < rows.length; t++) {
      means[t] = decoder.decode(rows[t]).mean();
    }
    return means;
  }

  @Test
  void tooFewRowsAreRefused() {
    double[][][] data = bent(100, 1);
    assertThatThrownBy(() -> FilterTraining.train(FilterSpec.of(FilterKind.BEST), data[0], data[1]))
        .hasMessage(
            "the filter 'best' needs at least 400 training rows; rows=100: use dkf-nw or kalman");
  }
}
