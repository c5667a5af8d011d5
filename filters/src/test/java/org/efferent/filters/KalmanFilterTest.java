package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.efferent.core.InputException;
import org.hipparchus.filtering.kalman.Measurement;
import org.hipparchus.filtering.kalman.ProcessEstimate;
import org.hipparchus.filtering.kalman.linear.LinearEvolution;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KalmanFilterTest {
  private static RealMatrix matrix(double[] values, int columns) {
    return MatrixUtils.createRealMatrix(Tables.rows(values, columns));
  }

  private record Observed(RealVector value, RealMatrix h, RealMatrix l, double time)
      implements Measurement {
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
      return l;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void equalsHipparchus(int d) {
    Simulated data = new Simulated(400, 6, d, 0, 7);
    StateModel model = StateModel.fit(data.z);
    KalmanFilter filter = KalmanFilter.fit(model, data.x, data.z, false);
    RealMatrix a = matrix(model.transition(), d);
    RealMatrix h = matrix(filter.observation(), d);
    RealMatrix l = matrix(filter.observationNoise(), 6);
    // Hipparchus predicts before its first update: A = I and no noise there leave the prior N(0,
    // S).
    var oracle =
        new org.hipparchus.filtering.kalman.linear.LinearKalmanFilter<Observed>(
            new org.hipparchus.linear.CholeskyDecomposer(1e-9, 1e-15),
            m ->
                new LinearEvolution(
                    m.getTime() == 0 ? MatrixUtils.createRealIdentityMatrix(d) : a,
                    MatrixUtils.createRealMatrix(d, 1),
                    MatrixUtils.createRealVector(1),
                    m.getTime() == 0
                        ? MatrixUtils.createRealMatrix(d, d)
                        : matrix(model.transitionNoise(), d),
                    m.h()),
            new ProcessEstimate(
                -1, MatrixUtils.createRealVector(d), matrix(model.stateCovariance(), d)));
    for (int t = 0; t < 200; t++) {
      ProcessEstimate expected =
          oracle.estimationStep(new Observed(MatrixUtils.createRealVector(data.x[t]), h, l, t));
      filter.step(data.x[t]);
      assertThat(filter.estimate().mean())
          .containsExactly(expected.getState().toArray(), within(1e-10));
      assertThat(filter.estimate().covariance())
          .containsExactly(Tables.flat(expected.getCovariance().getData()), within(1e-10));
    }
  }

  /** With f(x) = Q Hᵀ L⁻¹ x and Q = (S⁻¹ + Hᵀ L⁻¹ H)⁻¹ the two filters are one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aDiscriminativeFilterOfTheSameModelIsAKalmanFilter(int d) {
    Simulated data = new Simulated(500, 8, d, 0, 9);
    StateModel model = StateModel.fit(data.z);
    KalmanFilter kalman = KalmanFilter.fit(model, data.x, data.z, false);
    RealMatrix h = matrix(kalman.observation(), d);
    RealMatrix gain =
        h.transpose().multiply(MatrixUtils.inverse(matrix(kalman.observationNoise(), 8)));
    RealMatrix q =
        MatrixUtils.inverse(
            MatrixUtils.inverse(matrix(model.stateCovariance(), d)).add(gain.multiply(h)));
    var discriminative = new DiscriminativeKalmanFilter(model, FallbackPolicy.CODE);
    for (int t = 0; t < 300; t++) {
      kalman.step(data.x[t]);
      discriminative.step(q.multiply(gain).operate(data.x[t]), Tables.flat(q.getData()));
      assertThat(discriminative.estimate().mean())
          .containsExactly(kalman.estimate().mean(), within(1e-10));
      assertThat(discriminative.estimate().covariance())
          .containsExactly(kalman.estimate().covariance(), within(1e-10));
    }
    assertThat(discriminative.fallbacks()).isZero();
  }

  @Test
  void theFrozenGainStaysWithinItsTolerance() {
    Simulated data = new Simulated(600, 6, 2, 0.5, 3);
    StateModel model = StateModel.fit(data.z);
    KalmanFilter full = KalmanFilter.fit(model, data.x, data.z, false);
    KalmanFilter steady = KalmanFilter.fit(model, data.x, data.z, true);
    for (double[] row : data.x) {
      full.step(row);
      steady.step(row);
      assertThat(steady.estimate().mean()).containsExactly(full.estimate().mean(), within(1e-11));
    }
    assertThat(steady.isFrozen()).isTrue();
    assertThat(full.isFrozen()).isFalse();
    steady.reset();
    assertThat(steady.isFrozen()).isFalse();
  }

  @Test
  void aConstantFeatureIsIgnored() {
    Simulated data = new Simulated(300, 4, 2, 0, 5);
    double[][] more = new double[300][];
    for (int t = 0; t < 300; t++) {
      more[t] = new double[] {data.x[t][0], data.x[t][1], 3.5, data.x[t][2], data.x[t][3]};
    }
    StateModel model = StateModel.fit(data.z);
    KalmanFilter without = KalmanFilter.fit(model, data.x, data.z, false);
    KalmanFilter with = KalmanFilter.fit(model, more, data.z, false);
    for (int t = 0; t < 50; t++) {
      without.step(data.x[t]);
      with.step(more[t]);
      assertThat(with.estimate().mean()).containsExactly(without.estimate().mean(), within(1e-12));
    }
  }

  @Test
  void aFeatureThatFollowsFromOthersIsNamed() {
    Simulated data = new Simulated(300, 3, 2, 0, 5);
    for (double[] row : data.x) {
      row[2] = row[0] - row[1];
    }
    StateModel model = StateModel.fit(data.z);
    assertThatThrownBy(() -> KalmanFilter.fit(model, data.x, data.z, false))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the features' noise covariance L must be positive definite; feature=2 follows from"
                + " those before it: leave it out or train on more rows");
  }
}
