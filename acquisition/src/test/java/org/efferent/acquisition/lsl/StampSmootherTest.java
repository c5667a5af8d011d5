package org.efferent.acquisition.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

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

  @Test
  void theProcessorCorrectsSmoothsAndKeepsOrder() {
    StampProcessor plain = new StampProcessor(InletOptions.DEFAULTS, RATE, 90);
    assertThat(plain.process(5, -2, 0, 0)).isEqualTo(3);
    assertThat(plain.process(4, -2, 0, 0)).isEqualTo(2);
    StampProcessor ordered =
        new StampProcessor(InletOptions.DEFAULTS.withStamps(false, true), RATE, 90);
    assertThat(ordered.process(5, 0, 0, 0)).isEqualTo(5);
    assertThat(ordered.process(4, 0, 0, 0)).isEqualTo(5);
    assertThat(ordered.process(4, 0, 0, 1)).as("after a clock reset").isEqualTo(4);
    StampProcessor smooth =
        new StampProcessor(InletOptions.DEFAULTS.withStamps(true, false), RATE, 90);
    for (int i = 0; i < 500; i++) {
      smooth.process(1 + i / RATE, 0, 0, 0);
    }
    assertThat(smooth.process(1 + 600 / RATE, 0, 100, 0)).isEqualTo(7, within(1e-6));
  }
}
