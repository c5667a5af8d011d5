package org.efferent.core.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.efferent.core.diffusion.NoiseSchedule.Kind;
import org.junit.jupiter.api.Test;

/** The schedules against what their papers state. */
class NoiseScheduleTest {
  @Test
  void linearBetasReachBothEndsAndLeaveNoSignal() {
    NoiseSchedule of = NoiseSchedule.of(Kind.LINEAR, 1000, 1e-4, 0.02);
    assertThat(of.beta(0)).isEqualTo(1e-4);
    assertThat(of.beta(999)).isCloseTo(0.02, within(1e-12));
    // The same product in Python.
    assertThat(of.signal(999)).isCloseTo(4.0358e-5, within(1e-8));
    assertThat(of.signal(-1)).isEqualTo(1);
    assertThat(of.sigma(-1)).isZero();
  }

  @Test
  void theNoiseOfLatentDiffusionEndsAtItsKnownScale() {
    // The largest σ of Stable Diffusion's schedule, 14.6146.
    NoiseSchedule of = NoiseSchedule.of(Kind.SCALED_LINEAR, 1000, 0.00085, 0.012);
    assertThat(of.sigma(999)).isCloseTo(14.6146, within(1e-3));
  }

  @Test
  void theSquaredCosineFollowsItsFormulaAndNeverLeavesIt() {
    NoiseSchedule of = NoiseSchedule.of(Kind.SQUARED_COSINE, 100, 1e-4, 0.02);
    double half = Math.cos((0.5 + 0.008) / 1.008 * Math.PI / 2);
    double none = Math.cos(0.008 / 1.008 * Math.PI / 2);
    assertThat(of.signal(49)).isCloseTo(half * half / (none * none), within(1e-12));
    assertThat(of.beta(99)).isEqualTo(0.999);
  }

  @Test
  void impossibleOnesAreRefused() {
    assertThatThrownBy(() -> NoiseSchedule.of(Kind.LINEAR, 1, 0.1, 0.2))
        .hasMessage(
            "a noise schedule needs 2 steps at least and 0 < first <= last < 1; steps=1, first=0.1, last=0.2");
    assertThatThrownBy(() -> NoiseSchedule.of(Kind.LINEAR, 10, 0.2, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
