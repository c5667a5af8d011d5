package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NegativeExpTest {
  @Test
  void agreesWithTheLibraryToThreeUnitsInTheLastPlace() {
    double worst = 0;
    for (double t = 0; t > -690; t -= 0.000_731) {
      double expected = Math.exp(t);
      worst = Math.max(worst, Math.abs(NegativeExp.of(t) - expected) / Math.ulp(expected));
    }
    assertThat(worst).isBetween(0.5, 3.0);
  }

  @Test
  void isOneAtZeroAndVanishesFarBelow() {
    assertThat(NegativeExp.of(0)).isEqualTo(1);
    assertThat(NegativeExp.of(-1e300)).isBetween(0.0, 1e-300);
    assertThat(NegativeExp.of(Double.NEGATIVE_INFINITY)).isBetween(0.0, 1e-300);
  }

  @Test
  void manyAtOnceAgreeWithTheLibraryAndCountFarOnesAsNothing() {
    int n = 5_000;
    double[] t = new double[n];
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      t[i] = 3 + 0.04 * i;
      expected[i] = Math.exp(-1.25 * (t[i] - 3));
    }
    double[] out = new double[n];
    NegativeExp.all(t, n, 3, -1.25, out);
    for (int i = 0; i < n; i++) {
      double bound = expected[i] > 4e-18 ? 1e-11 * expected[i] : 1e-6 * expected[i] + 1e-40;
      assertThat(Math.abs(out[i] - expected[i])).isLessThanOrEqualTo(bound);
    }
    double[] far = {1e300, Double.POSITIVE_INFINITY};
    NegativeExp.all(far, 2, 0, -1, out);
    assertThat(out[0]).isBetween(0.0, 1e-100);
    assertThat(out[1]).isBetween(0.0, 1e-100);
  }
}
