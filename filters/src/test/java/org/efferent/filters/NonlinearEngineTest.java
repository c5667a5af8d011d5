package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.efferent.core.InputException;
import org.hipparchus.filtering.kalman.Measurement;
import org.hipparchus.filtering.kalman.ProcessEstimate;
import org.hipparchus.filtering.kalman.extended.ExtendedKalmanFilter;
import org.hipparchus.filtering.kalman.extended.NonLinearEvolution;
import org.hipparchus.filtering.kalman.extended.NonLinearProcess;
import org.hipparchus.filtering.kalman.unscented.UnscentedEvolution;
import org.hipparchus.filtering.kalman.unscented.UnscentedKalmanFilter;
import org.hipparchus.filtering.kalman.unscented.UnscentedProcess;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposer;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.util.MerweUnscentedTransform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonlinearEngineTest {
  private static final int M = 5;
  private static final Simulated DATA = new Simulated(300, M, 2, 0.8, 13);
  private static final StateModel MODEL = StateModel.fit(DATA.z);
  private static final NeuralRegressor H = random();
  private static final double[] R = noise();

  private static NeuralRegressor random() {
    Random random = new Random(3);
    double[][] parts = {new double[8], new double[4], new double[20], new double[5]};
    for (double[] part : parts) {
      Arrays.setAll(part, i -> random.nextGaussian());
    }
    return new NeuralRegressor(parts[0], parts[1], parts[2], parts[3]);
  }

  private static double[] noise() {
    double[] r = new double[M * M];
    for (int i = 0; i < M * M; i++) {
      r[i] = i % (M + 1) == 0 ? 1 + i / 10.0 : 0.2;
    }
    return r;
  }

  private static RealMatrix matrix(double[] values, int columns) {
    return MatrixUtils.createRealMatrix(Tables.rows(values, columns));
  }

  private static RealVector h(RealVector z) {
    double[] out = new double[M];
    H.predict(z.toArray(), out);
    return new ArrayRealVector(out, false);
  }

  private record Observed(RealVector value, double time) implements Measurement {
    @Override
    public double getTime() {
      return time;
    }

    @Override
    public RealVector getValue() {
      return value;
    }

    @Override
    public RealMatrix getCovariance() {
      return matrix(R, M);
    }
  }

  private static RealMatrix transition(double time) {
    return time == 0 ? MatrixUtils.createRealIdentityMatrix(2) : matrix(MODEL.transition(), 2);
  }

  private static RealMatrix transitionNoise(double time) {
    return time == 0 ? MatrixUtils.createRealMatrix(2, 2) : matrix(MODEL.transitionNoise(), 2);
  }

  private static ProcessEstimate prior() {
    return new ProcessEstimate(
        -1, MatrixUtils.createRealVector(2), matrix(MODEL.stateCovariance(), 2));
  }

  @Test
  void theExtendedFilterEqualsHipparchus() {
    NonLinearProcess<Observed> process =
        new NonLinearProcess<>() {
          @Override
          public NonLinearEvolution getEvolution(double before, RealVector state, Observed seen) {
            RealVector next = transition(seen.getTime()).operate(state);
            double[] slope = new double[M * 2];
            H.predict(next.toArray(), new double[M], slope);
            return new NonLinearEvolution(
                seen.getTime(),
                next,
                transition(seen.getTime()),
                transitionNoise(seen.getTime()),
                matrix(slope, 2));
          }

          @Override
          public RealVector getInnovation(
              Observed seen, NonLinearEvolution evolution, RealMatrix covariance) {
            return seen.getValue().subtract(h(evolution.getCurrentState()));
          }
        };
    var oracle = new ExtendedKalmanFilter<>(new CholeskyDecomposer(1e-12, 1e-15), process, prior());
    NonlinearEngine engine = new NonlinearEngine(MODEL, new WhitenedNetwork(H, R), false);
    for (int t = 0; t < 200; t++) {
      ProcessEstimate expected =
          oracle.estimationStep(new Observed(new ArrayRealVector(DATA.x[t]), t));
      engine.step(DATA.x[t]);
      assertSame(engine, expected);
    }
    assertThat(engine.repairs()).isZero();
  }

  @Test
  void theUnscentedFilterEqualsHipparchus() {
    UnscentedProcess<Observed> process =
        new UnscentedProcess<>() {
          @Override
          public UnscentedEvolution getEvolution(
              double before, RealVector[] points, Observed seen) {
            RealVector[] next =
                Arrays.stream(points)
                    .map(p -> transition(seen.getTime()).operate(p))
                    .toArray(RealVector[]::new);
            return new UnscentedEvolution(seen.getTime(), next);
          }

          @Override
          public RealMatrix getProcessNoiseMatrix(double before, RealVector state, Observed seen) {
            return transitionNoise(seen.getTime());
          }

          @Override
          public RealVector[] getPredictedMeasurements(RealVector[] points, Observed seen) {
            return Arrays.stream(points).map(NonlinearEngineTest::h).toArray(RealVector[]::new);
          }

          @Override
          public RealVector getInnovation(
              Observed seen, RealVector predicted, RealVector state, RealMatrix covariance) {
            return seen.getValue().subtract(predicted);
          }
        };
    // α = 1, β = 0, κ = 1: the points and weights of Julier and Uhlmann for two states
    var oracle =
        new UnscentedKalmanFilter<>(
            new CholeskyDecomposer(1e-12, 1e-15),
            process,
            prior(),
            new MerweUnscentedTransform(2, 1, 0, 1));
    NonlinearEngine engine = new NonlinearEngine(MODEL, new WhitenedNetwork(H, R), true);
    for (int t = 0; t < 200; t++) {
      ProcessEstimate expected =
          oracle.estimationStep(new Observed(new ArrayRealVector(DATA.x[t]), t));
      engine.step(DATA.x[t]);
      assertSame(engine, expected);
    }
    assertThat(engine.repairs()).isZero();
  }

  private static void assertSame(NonlinearEngine engine, ProcessEstimate expected) {
    assertThat(engine.estimate().mean())
        .containsExactly(expected.getState().toArray(), within(1e-9));
    assertThat(engine.estimate().covariance())
        .containsExactly(Tables.flat(expected.getCovariance().getData()), within(1e-9));
  }

  /** With h all but linear both are the Kalman filter. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withALineBothAreTheKalmanFilter(boolean unscented) {
    KalmanFilter kalman = KalmanFilter.fit(MODEL, DATA.x, DATA.z, false);
    double small = 1e-5;
    double[] readout = Arrays.stream(kalman.observation()).map(v -> v / small).toArray();
    NeuralRegressor line =
        new NeuralRegressor(
            new double[] {small, 0, 0, small}, new double[2], readout, new double[M]);
    NonlinearEngine engine =
        new NonlinearEngine(MODEL, new WhitenedNetwork(line, kalman.observationNoise()), unscented);
    for (double[] row : DATA.x) {
      kalman.step(row);
      engine.step(row);
      assertThat(engine.estimate().mean()).containsExactly(kalman.estimate().mean(), within(1e-6));
      assertThat(engine.estimate().covariance())
          .containsExactly(kalman.estimate().covariance(), within(1e-6));
    }
  }

  @Test
  void refusesNoiseThatIsNotACovariance() {
    double[] r = new double[M * M];
    r[0] = 1;
    assertThatThrownBy(() -> new WhitenedNetwork(H, r))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the features' noise covariance R must be positive definite; feature=1 is constant or"
                + " follows from those before it: leave it out");
    assertThatThrownBy(() -> new WhitenedNetwork(H, new double[4]))
        .hasMessage("R must be [features × features]; features=5, values=4");
  }
}
