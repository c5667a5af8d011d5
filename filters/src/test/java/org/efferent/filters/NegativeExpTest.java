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
}
