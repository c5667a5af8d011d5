package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stamps with jitter, gaps and new clocks. */
class StampSmootherTest {
  private static final double RATE = 100;

  @Test
  void takesJitterOutAsLeastSquaresWould() {
    // Without forgetting to speak of, the filter is the regression line over all samples so far.
    StampSmoother smoother = new StampSmoother(RATE, 1e9);
    Random random = new Random(1);
    int n = 2_000;
    double[] stamps = new double[n];
    double last = 0;
    for (int i = 0; i < n; i++) {
      stamps[i] = 1000.25 + i / RATE + 0.005 * random.nextGaussian();
      last = smoother.smooth(stamps[i]);
    }
    double mean = 0;
    double slope = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      mean += stamps[i] / n;
    }
    for (int i = 0; i < n; i++) {
      double x = i - (n - 1) / 2.0;
      slope += x * stamps[i];
      square += x * x;
    }
    assertThat(last).isEqualTo(mean + slope / square * (n - 1) / 2.0, within(1e-7));
    assertThat(last).isEqualTo(1000.25 + (n - 1) / RATE, within(0.001));
  }

  @Test
  void knowsWhereSamplesAreThatWereLost() {
    StampSmoother smoother = new StampSmoother(RATE, 90);
    for (int i = 0; i < 1_000; i++) {
      smoother.smooth(7 + i / RATE);
    }
    smoother.skip(500);
    assertThat(smoother.smooth(7 + 1_500 / RATE)).isEqualTo(22, within(1e-6));
  }

  @Test
  void anotherClockStartsAnew() {
    StampSmoother smoother = new StampSmoother(RATE, 90);
    for (int i = 0; i < 1_000; i++) {
      smoother.smooth(7 + i / RATE);
    }
    smoother.reset();
    assertThat(smoother.smooth(5_000.5)).isEqualTo(5_000.5, within(1e-6));
  }

  @Test
  void leavesIrregularStampsAlone() {
    StampSmoother smoother = new StampSmoother(0, 90);
    assertThat(smoother.smooth(3)).isEqualTo(3);
    assertThat(smoother.smooth(1)).isEqualTo(1);
  }

  /**
   * What liblsl's filter gives, bit by bit: two of the sequences that the labstream-time crate
   * (0.1.1) ships; stamps in and out, then w₀ and w₁ are in the last.
   */
  @ParameterizedTest
  @CsvSource({
    "40b3880000000000,40b3880000000000,40b388028f5c28f6,40b388028f5c28f6,"
        + "40b388051eb851ec,40b388051eb851ec,40b38807ae147ae1,40b38807ae147ae1,"
        + "40b3880a3d70a3d7,40b3880a3d70a3d7",
    "40b3880db8983c9f,40b3880db898e240,40b3880f16e3aad0,40b3880f16e3aacf,"
        + "40b38811decc4e43,40b38811a288851d,,,,"
  })
  void isLiblslsBitByBit(ArgumentsAccessor hex) {
    StampSmoother smoother = new StampSmoother(RATE, StampSmoother.HALFTIME_SECONDS);
    for (int i = 0; i < 10 && hex.get(i) != null; i += 2) {
      double in = Double.longBitsToDouble(Long.parseLong(hex.getString(i), 16));
      assertThat(Long.toHexString(Double.doubleToLongBits(smoother.smooth(in))))
          .isEqualTo(hex.getString(i + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e308, -1e300})
  void aStampThatIsNoMomentSpoilsNothing(double nonsense) {
    StampProcessor processor =
        new StampProcessor(InletOptions.DEFAULTS.withStamps(true, true), RATE, 90);
    for (int i = 0; i < 1_000; i++) {
      processor.process(7 + i / RATE, 0, 0, 0, 0);
    }
    processor.process(nonsense, 0, 0, 0, 0);
    assertThat(processor.process(7 + 1_001 / RATE, 0, 0, 0, 0)).isEqualTo(17.01, within(1e-6));
    StampSmoother alone = new StampSmoother(RATE, 90);
    assertThat((Double) alone.smooth(nonsense)).isEqualTo(Double.valueOf(nonsense));
    assertThat(alone.smooth(5)).isEqualTo(5, within(1e-6));
    StampSmoother smoother = new StampSmoother(RATE, 90);
    for (int i = 0; i < 1_000; i++) {
      smoother.smooth(7 + i / RATE);
    }
    smoother.smooth(nonsense);
    assertThat(smoother.smooth(7 + 1_001 / RATE)).isEqualTo(17.01, within(1e-6));
  }

  @Test
  void theProcessorCorrectsSmoothsAndKeepsOrder() {
    StampProcessor plain = new StampProcessor(InletOptions.DEFAULTS, RATE, 90);
    assertThat(plain.process(5, -2, 0, 0, 0)).isEqualTo(3);
    assertThat(plain.process(4, -2, 0, 0, 0)).isEqualTo(2);
    StampProcessor ordered =
        new StampProcessor(InletOptions.DEFAULTS.withStamps(false, true), RATE, 90);
    assertThat(ordered.process(5, 0, 0, 0, 0)).isEqualTo(5);
    assertThat(ordered.process(4, 0, 0, 0, 0)).isEqualTo(5);
    assertThat(ordered.process(4, 0, 0, 1, 0)).as("after a break").isEqualTo(5);
    assertThat(ordered.process(4, 0, 0, 2, 1)).as("after a clock reset").isEqualTo(4);
    StampProcessor smooth =
        new StampProcessor(InletOptions.DEFAULTS.withStamps(true, false), RATE, 90);
    for (int i = 0; i < 500; i++) {
      smooth.process(1 + i / RATE, 0, 0, 0, 0);
    }
    assertThat(smooth.process(1 + 600 / RATE, 0, 100, 0, 0)).isEqualTo(7, within(1e-6));
    assertThat(smooth.process(20, 0, 100, 1, 0)).as("after a break").isEqualTo(20, within(1e-6));
  }
}
