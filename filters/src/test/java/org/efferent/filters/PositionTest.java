package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.efferent.core.InputException;
import org.junit.jupiter.api.Test;

/** Features that show the position as well as the velocity. */
class PositionTest {
  private static final int ROWS = 3_000;
  private static final int HALF = ROWS / 2;

  private final double[][] x = new double[ROWS][8];
  private final double[][] v = new double[ROWS][2];
  private final double[][] p = new double[ROWS][2];

  PositionTest() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] byVelocity = new double[8][2];
    double[][] byPosition = new double[8][2];
    for (int f = 0; f < 8; f++) {
      for (int i = 0; i < 2; i++) {
        byVelocity[f][i] = random.nextGaussian();
        byPosition[f][i] = 0.5 * random.nextGaussian();
      }
    }
    for (int t = 0; t < ROWS; t++) {
      for (int i = 0; i < 2; i++) {
        double before = t == 0 ? 0 : v[t - 1][i];
        p[t][i] = t == 0 ? 0 : p[t - 1][i] + 0.1 * before;
        // A spring keeps the position within bounds.
        v[t][i] = 0.9 * before - 0.1 * p[t][i] + 0.4 * random.nextGaussian();
      }
      for (int f = 0; f < 8; f++) {
        x[t][f] = 2 + random.nextGaussian();
        for (int i = 0; i < 2; i++) {
          x[t][f] += byVelocity[f][i] * v[t][i] + byPosition[f][i] * p[t][i];
        }
      }
    }
  }

  private CursorDecoder train(FilterKind kind, double[][] positions) {
    double[][] given = positions == null ? null : Arrays.copyOf(positions, HALF);
    return FilterTraining.train(
        FilterSpec.of(kind), Arrays.copyOf(x, HALF), Arrays.copyOf(v, HALF), given);
  }

  private double error(CursorDecoder decoder, boolean told) {
    double[][] means = new double[HALF][];
    for (int t = 0; t < HALF; t++) {
      if (told) {
        decoder.position(p[HALF + t]);
      }
      means[t] = decoder.decode(x[HALF + t]).mean();
    }
    return Figures.of(means, Arrays.copyOfRange(v, HALF, ROWS)).nrmse();
  }

  @Test
  void aKnownPositionIsNotTakenForVelocity() {
    CursorDecoder refit = train(FilterKind.REFIT, p);
    double known = error(refit, true);
    assertThat(known).isLessThan(0.9 * error(train(FilterKind.KALMAN, null), false));
    refit.reset();
    assertThat(error(refit, false)).as("its own sum drifts").isGreaterThan(known);
    assertThat(refit.usesPosition()).isTrue();
    assertThat(refit.hyperparameters()).isEmpty();
    CursorDecoder saved = CursorDecoder.fromState(refit.toState());
    assertThat(error(saved, true)).isEqualTo(known);
    assertThat(train(FilterKind.KALMAN, null).usesPosition()).isFalse();
  }

  @Test
  void withAPositionOfZeroRefitIsAKalmanFilterOfTheVelocityPart() {
    CursorDecoder refit = train(FilterKind.REFIT, p);
    RefitEngine engine = (RefitEngine) refit.engine();
    KalmanFilter filter = engine.filter();
    KalmanFilter plain =
        new KalmanFilter(
            filter.model(),
            filter.observation(),
            filter.observationNoise(),
            filter.offset(),
            false);
    for (int t = 0; t < 50; t++) {
      refit.position(new double[2]);
      plain.step(x[t]);
      assertThat(refit.decode(x[t]).mean()).containsExactly(plain.estimate().mean());
    }
    // and a position shifts the input by H_p p
    double[] shifted = x[50].clone();
    double[] where = {3, -2};
    for (int f = 0; f < 8; f++) {
      shifted[f] -= engine.byPosition()[2 * f] * 3 + engine.byPosition()[2 * f + 1] * -2;
    }
    refit.position(where);
    plain.step(shifted);
    assertThat(refit.decode(x[50]).mean()).containsExactly(plain.estimate().mean(), within(1e-12));
  }

  @Test
  void positionAndVelocityTogetherBeatVelocityAlone() {
    double alone = error(train(FilterKind.KALMAN, null), false);
    assertThat(error(train(FilterKind.KALMAN_PV, p), false)).isLessThan(0.9 * alone);
    CursorDecoder fromVelocities = train(FilterKind.KALMAN_PV, null);
    assertThat(error(fromVelocities, false)).isLessThan(0.95 * alone);
    assertThat(fromVelocities.hyperparameters().get("positionDecay")).isBetween(0.8, 1.0);
    assertThat(fromVelocities.outputs()).isEqualTo(2);
    double[] q = fromVelocities.regression().orElseThrow().covariance();
    assertThat(q[0]).isPositive();
    assertThat(q[1]).isEqualTo(q[2]);
  }

  @Test
  void positionsFollowFromVelocities() {
    double[][] sums = PositionModel.integrate(new double[][] {{1}, {2}, {4}}, 0.5);
    assertThat(sums).isDeepEqualTo(new double[][] {{0}, {1}, {2.5}});
    assertThat(PositionModel.of(p, v).rate()).isCloseTo(0.1, within(1e-12));
    assertThat(PositionModel.of(p, v).decay()).isEqualTo(1);
  }

  @Test
  void refusesPositionsThatDoNotFit() {
    assertThatThrownBy(() -> train(FilterKind.REFIT, new double[ROWS][3]))
        .isInstanceOf(InputException.class)
        .hasMessage("positions must have the states' columns; columns=3, states=2");
    CursorDecoder refit = train(FilterKind.REFIT, p);
    assertThatThrownBy(() -> refit.position(new double[] {1, Double.NaN}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a position must be finite and have the state's dimensions; position=[1.0, NaN],"
                + " dimensions=2");
  }

  @Test
  void theKalmanFiltersRegressionIsTheDiscriminativeOne() {
    CursorDecoder kalman = train(FilterKind.KALMAN, null);
    StateModel model = kalman.kalmanFilter().orElseThrow().model();
    var discriminative = new DiscriminativeKalmanFilter(model, FallbackPolicy.CODE);
    for (int t = 0; t < 100; t++) {
      double[] mean = kalman.decode(x[t]).mean();
      var alone = kalman.regression().orElseThrow();
      discriminative.step(alone.mean(), alone.covariance());
      assertThat(discriminative.estimate().mean()).containsExactly(mean, within(1e-10));
    }
  }
}
