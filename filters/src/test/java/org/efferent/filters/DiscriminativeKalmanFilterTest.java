package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One dimension by hand: A = 0.5, Γ = 0.75, S = 1, after a first bin of f = 1, Q = 0.5. */
class DiscriminativeKalmanFilterTest {
  private static final double M = 0.25 * 0.5 + 0.75;

  private static DiscriminativeKalmanFilter started(FallbackPolicy policy) {
    StateModel model = new StateModel(1, new double[] {0.5}, new double[] {0.75}, new double[] {1});
    DiscriminativeKalmanFilter filter = new DiscriminativeKalmanFilter(model, policy);
    filter.step(new double[] {1}, new double[] {0.5});
    assertThat(filter.estimate().mean()).containsExactly(1);
    assertThat(filter.estimate().covariance()).containsExactly(0.5);
    return filter;
  }

  @ParameterizedTest
  @CsvSource({
    // policy, Q, precision of f, S⁻¹ subtracted, fallbacks
    "CODE,   0.5, 2,     1, 0",
    "THESIS, 0.5, 2,     1, 0",
    "CLIP,   0.5, 2,     1, 0",
    "ROBUST, 0.5, 2,     0, 0",
    "CODE,   4,   1.25,  1, 1",
    "THESIS, 4,   0.25,  0, 1",
    "CLIP,   4,   1.000000001, 1, 1",
    "ROBUST, 4,   0.25,  0, 0",
    // 1/Q - 1/S at and just above the threshold
    "THESIS, 0.9999995, 1.00000050000025, 0, 1",
    "THESIS, 0.999998,  1.000002000004, 1, 0",
  })
  void policies(FallbackPolicy policy, double q, double weight, double subtracted, long count) {
    DiscriminativeKalmanFilter filter = started(policy);
    filter.step(new double[] {2}, new double[] {q});
    double variance = 1 / (weight + 1 / M - subtracted);
    assertThat(filter.estimate().covariance(0, 0)).isCloseTo(variance, within(1e-12));
    assertThat(filter.estimate().mean(0))
        .isCloseTo(variance * (weight * 2 + 0.5 / M), within(1e-12));
    assertThat(filter.fallbacks()).isEqualTo(count);
    assertThat(filter.repairs()).isZero();
  }

  @ParameterizedTest
  @EnumSource(FallbackPolicy.class)
  void aSingularCovarianceIsSurvivedAndCounted(FallbackPolicy policy) {
    Simulated data = new Simulated(200, 3, 2, 0, 6);
    DiscriminativeKalmanFilter filter =
        new DiscriminativeKalmanFilter(StateModel.fit(data.z), policy);
    filter.step(new double[] {0.1, 0.2}, new double[] {0.1, 0, 0, 0.1});
    filter.step(new double[] {0.3, 0.3}, new double[] {1e-3, 1e-3, 1e-3, 1e-3});
    assertThat(filter.repairs()).isEqualTo(1);
    assertThat(filter.estimate().mean(0)).isCloseTo(0.3, within(0.05));
    filter.step(new double[] {Double.NaN, 0}, new double[] {0.1, 0, 0, 0.1});
    assertThat(filter.repairs()).isEqualTo(2);
    assertThat(filter.estimate().mean()).containsExactly(0, 0);
    filter.step(new double[] {0.3, 0.3}, new double[] {0.1, 0, 0, 0.1});
    assertThat(filter.repairs()).isEqualTo(2);
    assertThat(SmallMatrix.isFinite(filter.estimate().mean())).isTrue();
  }

  @Test
  void clippingMovesOnlyTheDirectionsThatNeedIt() {
    // S = diag(1, 4), Q = diag(0.5, 9): the second generalised eigenvalue 9 / 4 is clipped to 1.
    StateModel model =
        new StateModel(
            2,
            new double[] {0.5, 0, 0, 0.5},
            new double[] {0.75, 0, 0, 3},
            new double[] {1, 0, 0, 4});
    var filter = new DiscriminativeKalmanFilter(model, FallbackPolicy.CLIP);
    filter.step(new double[] {1, 1}, new double[] {0.5, 0, 0, 1});
    filter.step(new double[] {2, 2}, new double[] {0.5, 0, 0, 9});
    assertThat(filter.fallbacks()).isEqualTo(1);
    assertThat(filter.estimate().covariance(0, 0)).isCloseTo(1 / (2 + 1 / 0.875 - 1), within(1e-9));
    assertThat(filter.estimate().covariance(1, 1)).isCloseTo(0.25 + 3, within(1e-7));
  }
}
