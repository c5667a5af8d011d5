package org.efferent.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class GrowthLawTest {
  private static final double[] X = {1e3, 1e4, 1e5, 1e6, 1e7};

  private static double[] of(double[] x, double fixed, double factor, double slope) {
    return Arrays.stream(x).map(v -> fixed + factor * Math.pow(v, slope)).toArray();
  }

  @Test
  void aPowerLawIsFoundAgain() {
    GrowthLaw law = GrowthLaw.of(X, of(X, 0, 3e-4, 0.7));
    assertThat(law.fixed()).isLessThan(1e-6);
    assertThat(law.slope()).isCloseTo(0.7, within(1e-6));
    assertThat(law.factor()).isCloseTo(3e-4, within(1e-9));
    assertThat(law.error()).isLessThan(1e-6);
  }

  @Test
  void aFixedCostIsToldFromGrowth() {
    double[] y = of(X, 120, 7e-4, 1);
    GrowthLaw law = GrowthLaw.of(X, y);
    assertThat(law.fixed()).isCloseTo(120, within(1e-3));
    assertThat(law.slope()).isCloseTo(1, within(1e-6));
    assertThat(law.at(1e8)).isCloseTo(120 + 7e4, within(1.0));
    assertThat(GrowthLaw.power(X, y).error()).as("a power law alone").isGreaterThan(0.3);
  }

  @Test
  void fewPointsAreFittedByAPowerLaw() {
    double[] x = {1e3, 1e4, 1e5, 1e6};
    GrowthLaw law = GrowthLaw.of(x, of(x, 120, 7e-4, 1));
    assertThat(law).isEqualTo(GrowthLaw.power(x, of(x, 120, 7e-4, 1)));
    assertThat(law.fixed()).isZero();
  }

  @Test
  void whatFallsKeepsItsPowerLaw() {
    double[] y = {5, 4, 3.5, 3.2, 3.1};
    assertThat(GrowthLaw.of(X, y)).isEqualTo(GrowthLaw.power(X, y));
    assertThat(GrowthLaw.of(X, y).slope()).isNegative();
  }

  @Test
  void onePointIsNoLaw() {
    assertThatThrownBy(() -> GrowthLaw.of(new double[] {1}, new double[] {1}))
        .hasMessage("a law needs two points or more; points=1");
  }
}
