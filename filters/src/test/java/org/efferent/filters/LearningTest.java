package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Hyper-parameters that are learned. */
class LearningTest {
  @ParameterizedTest
  @CsvSource({"DKF_NW, 0.60, 0.63", "DKF_GP, 0.56, 0.60", "DKF_KNN, 0.56, 0.64"})
  void whatIsLearnedFromTheRecordingDoesWell(FilterKind kind, double least, double most) {
    double[][] rows = Flint.features(5000, 6000);
    CursorDecoder decoder = Flint.train(FilterSpec.of(kind));
    assertThat(Flint.figures(Flint.decode(decoder, rows)).nrmse()).isBetween(least, most);
  }

  @Test
  void theBandwidthIsTheLeaveOneOutOptimum() {
    Simulated data = new Simulated(300, 3, 2, 0.8, 2);
    double found = BandwidthSearch.search(data.x, data.z, 1);
    double error = leaveOneOut(data, found);
    assertThat(error).isLessThan(leaveOneOut(data, found * 1.1));
    assertThat(error).isLessThan(leaveOneOut(data, found / 1.1));
    assertThat(error).isLessThan(leaveOneOut(data, found * 30));
    assertThat(error).isLessThan(leaveOneOut(data, found / 30));
  }

  private static double leaveOneOut(Simulated data, double bandwidth) {
    double sum = 0;
    double[] out = new double[2];
    for (int t = 0; t < data.x.length; t++) {
      new NadarayaWatson(without(data.x, t), without(data.z, t), bandwidth).predict(data.x[t], out);
      sum += Math.pow(out[0] - data.z[t][0], 2) + Math.pow(out[1] - data.z[t][1], 2);
    }
    return sum;
  }

  private static double[][] without(double[][] table, int row) {
    double[][] out = new double[table.length - 1][];
    System.arraycopy(table, 0, out, 0, row);
    System.arraycopy(table, row + 1, out, row, out.length - row);
    return out;
  }

  @ParameterizedTest
  @EnumSource(KernelShape.class)
  void theLikelihoodsGradientIsItsSlope(KernelShape shape) {
    Simulated data = new Simulated(60, 3, 1, 0.5, 4);
    double[] target = new double[60];
    for (int t = 0; t < 60; t++) {
      target[t] = data.z[t][0];
    }
    MarginalLikelihood likelihood = new MarginalLikelihood(shape, data.x, target);
    double[] hyper = {0.7, -0.3, -0.9};
    double[] gradient = new double[3];
    likelihood.at(hyper, gradient);
    for (int i = 0; i < 3; i++) {
      double[] up = hyper.clone();
      double[] down = hyper.clone();
      up[i] += 1e-5;
      down[i] -= 1e-5;
      double slope = (likelihood.value(up) - likelihood.value(down)) / 2e-5;
      assertThat(gradient[i]).isCloseTo(slope, within(1e-5));
    }
  }

  @Test
  void givenHyperparametersStay() {
    Simulated data = new Simulated(120, 3, 2, 0.5, 4);
    CursorDecoder decoder =
        FilterTraining.train(
            FilterSpec.of(FilterKind.DKF_GP).with("logNoise.1", -0.25).with("logLength.0", 1.5),
            data.x,
            data.z);
    assertThat(decoder.hyperparameters())
        .containsEntry("logNoise.1", -0.25)
        .containsEntry("logLength.0", 1.5);
    assertThat(decoder.hyperparameters().get("logNoise.0")).isBetween(-5.0, 1.0);
  }

  @Test
  void bfgsFindsTheFootOfRosenbrocksValley() {
    Bfgs.Function rosenbrock =
        (x, g) -> {
          double bend = x[1] - x[0] * x[0];
          g[0] = -400 * x[0] * bend - 2 * (1 - x[0]);
          g[1] = 200 * bend;
          return 100 * bend * bend + (1 - x[0]) * (1 - x[0]);
        };
    double[] start = {-1.2, 1};
    assertThat(Bfgs.minimise(rosenbrock, start, new boolean[] {true, true}, 500, 1e-14))
        .containsExactly(new double[] {1, 1}, within(1e-4));
    assertThat(Bfgs.minimise(rosenbrock, start, new boolean[] {true, false}, 500, 1e-14)[1])
        .isEqualTo(1);
  }
}
