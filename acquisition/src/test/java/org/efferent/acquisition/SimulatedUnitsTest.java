package org.efferent.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

class SimulatedUnitsTest {
  private static final UnitsOptions PLAIN = UnitsOptions.DEFAULTS;

  private static UnitsOptions disturbed(Disturbances disturbances) {
    return PLAIN.withDisturbances(disturbances);
  }

  /** Counts of so many bins at rest, summed over bins. */
  private static double[] fire(SimulatedUnits units, int bins) {
    double[] counts = new double[units.size()];
    double[] sums = new double[units.size()];
    for (int t = 0; t < bins; t++) {
      units.fire(0, 0, counts);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += counts[i];
      }
    }
    return sums;
  }

  @Test
  void baselinesAndDepthsAreThoseOfTheOptions() {
    SimulatedUnits units = new SimulatedUnits(PLAIN, 1);
    assertThat(units.size()).isEqualTo(96);
    double deepest = 0;
    for (int i = 0; i < units.size(); i++) {
      double rest = units.rateHz(i, 0, 0);
      assertThat(rest).isBetween(5.0, 15.0);
      // The rate at a right angle to the other two gives the depth of a cosine.
      double depth = Math.hypot(units.rateHz(i, 0.5, 0) - rest, units.rateHz(i, 0, 0.5) - rest) * 2;
      assertThat(depth).isLessThanOrEqualTo(6 + 1e-9);
      deepest = Math.max(deepest, depth);
    }
    assertThat(deepest).isGreaterThan(5);
  }

  @Test
  void saturatingUnitsFlattenAndBumpsComeBackDown() {
    SimulatedUnits saturating = new SimulatedUnits(PLAIN.withTuning(1, 0), 2);
    SimulatedUnits bumps = new SimulatedUnits(PLAIN.withTuning(0, 1), 2);
    SimulatedUnits cosine = new SimulatedUnits(PLAIN, 2);
    int falling = 0;
    for (int i = 0; i < 96; i++) {
      double rest = saturating.rateHz(i, 0, 0);
      double half = saturating.rateHz(i, 0.5, 0) - rest;
      double full = saturating.rateHz(i, 1, 0) - rest;
      assertThat(Math.abs(half))
          .as("more than half of the whole")
          .isGreaterThan(Math.abs(full) / 2);
      assertThat(cosine.rateHz(i, 0, 0)).as("the same units otherwise").isEqualTo(rest);
      double low = Double.POSITIVE_INFINITY;
      double high = 0;
      int top = 0;
      for (int step = -10; step <= 10; step++) {
        double rate = bumps.rateHz(i, step / 10.0, step / 10.0);
        low = Math.min(low, rate);
        top = rate > high ? step : top;
        high = Math.max(high, rate);
      }
      assertThat(high - low).isLessThanOrEqualTo(12 + 1e-9);
      falling += Math.abs(top) < 10 ? 1 : 0;
    }
    assertThat(falling).as("bumps with their top within reach").isGreaterThan(60);
  }

  @Test
  void sharesOfTuningsAreThoseAskedFor() {
    SimulatedUnits mixed = new SimulatedUnits(PLAIN.withTuning(0, 0.7), 3);
    SimulatedUnits cosine = new SimulatedUnits(PLAIN, 3);
    int same = 0;
    for (int i = 0; i < 96; i++) {
      same += mixed.rateHz(i, 0.3, 0.2) == cosine.rateHz(i, 0.3, 0.2) ? 1 : 0;
    }
    assertThat(same).isEqualTo(96 - 67);
  }

  @Test
  void channelsAreLostAndStickWhenTheyShall() {
    Disturbances failure = new Disturbances(0, 0, 2, 0, 0.25, 0.125, 200);
    SimulatedUnits units = new SimulatedUnits(disturbed(failure), 4);
    assertThat(Arrays.stream(fire(units, 100)).filter(n -> n == 0).count())
        .as("two seconds of at least 5 spikes a second")
        .isLessThan(3);
    double[] after = fire(units, 500);
    assertThat(Arrays.stream(after).filter(n -> n == 0).count()).isEqualTo(24);
    assertThat(Arrays.stream(after).filter(n -> n > 1500).count()).isEqualTo(12);
    double[] again = fire(new SimulatedUnits(disturbed(failure), 4), 600);
    double[] whole = fire(new SimulatedUnits(disturbed(failure), 4), 600);
    assertThat(again).containsExactly(whole);
  }

  @Test
  void baselinesJumpOnceAndDepthsDrift() {
    SimulatedUnits jumping =
        new SimulatedUnits(disturbed(new Disturbances(0, 0, 0.1, 4, 0, 0, 200)), 5);
    double[] before = rates(jumping, 0);
    fire(jumping, 5);
    assertThat(rates(jumping, 0)).containsExactly(before);
    fire(jumping, 1);
    double[] after = rates(jumping, 0);
    assertThat(spread(before, after)).isCloseTo(4, within(1.0));
    fire(jumping, 100);
    assertThat(rates(jumping, 0)).containsExactly(after);

    SimulatedUnits drifting =
        new SimulatedUnits(disturbed(new Disturbances(0.5, 0, 0, 0, 0, 0, 200)), 5);
    double[] rest = rates(drifting, 0);
    double[] full = rates(drifting, 1);
    fire(drifting, 3000);
    assertThat(rates(drifting, 0)).containsExactly(rest);
    double logs = 0;
    double[] drifted = rates(drifting, 1);
    for (int i = 0; i < 96; i++) {
      double ratio = Math.log((drifted[i] - rest[i]) / (full[i] - rest[i]));
      logs += ratio * ratio / 96;
    }
    assertThat(Math.sqrt(logs)).as("after a minute").isCloseTo(0.5, within(0.12));
  }

  @Test
  void commonNoiseIsSharedByAll() {
    SimulatedUnits quiet = new SimulatedUnits(PLAIN, 6);
    SimulatedUnits noisy =
        new SimulatedUnits(disturbed(new Disturbances(0, 8, 0, 0, 0, 0, 200)), 6);
    assertThat(variance(noisy)).isGreaterThan(5 * variance(quiet));
  }

  /** Variance over bins of the spikes of all units together. */
  private static double variance(SimulatedUnits units) {
    double[] counts = new double[units.size()];
    double sum = 0;
    double squares = 0;
    int bins = 5000;
    for (int t = 0; t < bins; t++) {
      units.fire(0, 0, counts);
      double all = Arrays.stream(counts).sum();
      sum += all / bins;
      squares += all * all / bins;
    }
    return squares - sum * sum;
  }

  private static double[] rates(SimulatedUnits units, double vx) {
    double[] rates = new double[units.size()];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = units.rateHz(i, vx, 0);
    }
    return rates;
  }

  private static double spread(double[] a, double[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]) / a.length;
    }
    return Math.sqrt(squares);
  }

  @Test
  void badOptionsAreRefused() {
    assertThatThrownBy(() -> PLAIN.withTuning(0.6, 0.5))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "shares of saturating and bump units must not be negative and must sum to at most 1;"
                + " saturatingShare=0.6, bumpShare=0.5");
    assertThatThrownBy(
            () -> new UnitsOptions(9, 0.02, 9, 5, 0, 6, 0, 0, 0.3, 0.6, Disturbances.NONE))
        .hasMessage("baselines must ascend within 0 to 10,000 spikes a second; low=9.0, high=5.0");
    assertThatThrownBy(() -> new UnitsOptions(9, 0.02, 5, 9, 0, 6, 0, 0, 0, 0.6, Disturbances.NONE))
        .hasMessage(
            "bumpWidth must be positive and bumpReach not negative; bumpWidth=0.0,"
                + " bumpReach=0.6");
    assertThatThrownBy(() -> new Disturbances(0, 0, 0, 0, 0.6, 0.6, 200))
        .hasMessage(
            "shares of lost and saturated channels must not be negative and must sum to at most 1;"
                + " lostShare=0.6, saturatedShare=0.6");
    assertThatThrownBy(() -> new Disturbances(-1, 0, 0, 0, 0, 0, 200))
        .hasMessage("gainDrift must not be negative; gainDrift=-1.0");
  }
}
