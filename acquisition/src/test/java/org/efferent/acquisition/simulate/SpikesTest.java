package org.efferent.acquisition.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

/** Spikes, counts and voltage against their truth. */
class SpikesTest {
  private static final double BIN = 0.05;

  private static SpikeOptions units(SpikeUnit... units) {
    return new SpikeOptions("Test", List.of(units), 0.002, 0.7, 0.5);
  }

  @Test
  void countsDoNotDependOnHowTheyAreRead() {
    SpikeOptions options = SpikeOptions.of("Test", 12, 3);
    SpikeCountSimulation one = new SpikeCountSimulation(options, BIN, 5);
    SpikeCountSimulation two = new SpikeCountSimulation(options, BIN, 5);
    int rows = 2000;
    double[] whole = Signals.rows(one.signal(), 0, rows);
    for (int row = rows - 1; row >= 0; row -= 3) {
      assertThat(Signals.rows(two.signal(), row, 1))
          .containsExactly(Arrays.copyOfRange(whole, row * 12, (row + 1) * 12));
    }
    assertThat(Signals.rows(two.signal(), 0, rows)).containsExactly(whole);
    Signals.sameInWhateverPortions(one.movement(), two.movement(), 2000);
    assertThat(Signals.rows(new SpikeCountSimulation(options, BIN, 6).signal(), 0, 50))
        .isNotEqualTo(Arrays.copyOf(whole, 50 * 12));
  }

  @Test
  void everySpikeIsCountedOnce() {
    SpikeOptions options = SpikeOptions.of("Test", 5, 1);
    SpikeCountSimulation spikes = new SpikeCountSimulation(options, BIN, 1);
    double[] counts = Signals.rows(spikes.signal(), 0, 2000);
    for (int u = 0; u < 5; u++) {
      double[] times = spikes.spikes(u, 0, 2000 * BIN);
      assertThat(times).isSorted();
      double[] column = Signals.column(counts, 5, u);
      assertThat(Arrays.stream(column).sum()).isEqualTo(times.length);
      for (double time : times) {
        column[(int) Math.floor(time / BIN)]--;
      }
      assertThat(Arrays.stream(column).map(Math::abs).sum()).isLessThanOrEqualTo(2);
      double[] parts = {};
      for (int i = 0; i < 730; i++) {
        double[] part = spikes.spikes(u, i * 0.137, (i + 1) * 0.137);
        double[] joined = Arrays.copyOf(parts, parts.length + part.length);
        System.arraycopy(part, 0, joined, parts.length, part.length);
        parts = joined;
      }
      assertThat(parts).containsExactly(spikes.spikes(u, 0, 730 * 0.137));
    }
  }

  @Test
  void intervalsAreThoseOfAPoissonProcessWithADeadTime() {
    double rate = 60;
    double dead = 0.005;
    SpikeOptions options =
        new SpikeOptions("Test", List.of(new SpikeUnit(0, rate, 0)), dead, 0.7, 0.5);
    SpikeCountSimulation spikes = new SpikeCountSimulation(options, BIN, 4);
    double[] times = spikes.spikes(0, 0, 2000);
    int n = times.length - 1;
    assertThat(n / 2000.0).isCloseTo(rate, within(4 * Math.sqrt(rate / 2000)));
    double[] intervals = new double[n];
    for (int i = 0; i < n; i++) {
      intervals[i] = times[i + 1] - times[i];
    }
    Arrays.sort(intervals);
    assertThat(intervals[0]).isGreaterThanOrEqualTo(dead);
    // Exponential behind the dead time: the largest distance of the distributions, against
    // Kolmogorov's 1 % bound.
    double mean = 1 / rate - dead;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double expected = 1 - Math.exp(-(intervals[i] - dead) / mean);
      largest = Math.max(largest, Math.abs(expected - (i + 0.5) / n));
    }
    assertThat(largest).isLessThan(1.63 / Math.sqrt(n));
    double variation = Signals.rms(intervals) / Signals.mean(intervals);
    assertThat(variation).isCloseTo(1 - rate * dead, within(0.02));
    // Without a dead time it is a Poisson process.
    SpikeCountSimulation free =
        new SpikeCountSimulation(
            new SpikeOptions("Test", List.of(new SpikeUnit(0, rate, 0)), 0, 0.7, 0.5), BIN, 4);
    double[] counts = Signals.rows(free.signal(), 0, 40_000);
    double fano = Math.pow(Signals.rms(counts), 2) / Signals.mean(counts);
    assertThat(fano).isCloseTo(1, within(0.04));
  }

  @Test
  void deadTimeHoldsForEveryUnitWhileRatesChange() {
    SpikeCountSimulation spikes =
        new SpikeCountSimulation(units(new SpikeUnit(1, 60, 60), new SpikeUnit(2, 5, 5)), BIN, 9);
    for (int u = 0; u < 2; u++) {
      double[] times = spikes.spikes(u, 0, 600);
      for (int i = 1; i < times.length; i++) {
        assertThat(times[i] - times[i - 1]).isGreaterThanOrEqualTo(0.002);
      }
    }
  }

  @Test
  void tuningIsFoundByRegression() {
    SpikeOptions options = SpikeOptions.of("Test", 10, 2);
    SpikeCountSimulation spikes = new SpikeCountSimulation(options, BIN, 2);
    int rows = 60_000;
    double[] counts = Signals.rows(spikes.signal(), 0, rows);
    double[] truth = Signals.rows(spikes.movement(), 0, rows);
    double[] vx = Signals.column(truth, 14, 2);
    double[] vy = Signals.column(truth, 14, 3);
    for (int u = 0; u < 10; u++) {
      SpikeUnit unit = options.units().get(u);
      double[] fit = Signals.regress(vx, vy, Signals.column(counts, 10, u));
      assertThat(fit[0] / BIN).isCloseTo(unit.baselineHz(), within(0.03 * unit.baselineHz() + 0.2));
      double depth = Math.hypot(fit[1], fit[2]) / BIN;
      assertThat(depth).isCloseTo(unit.depthHz(), within(0.08 * unit.depthHz() + 0.3));
      double off = Math.atan2(fit[2], fit[1]) - unit.preferredRadians();
      assertThat(Math.abs(Math.IEEEremainder(off, 2 * Math.PI))).isLessThan(0.12);
      assertThat(Signals.mean(Signals.column(truth, 14, 4 + u)))
          .isCloseTo(Signals.mean(Signals.column(counts, 10, u)) / BIN, within(0.3));
    }
  }

  @Test
  void reachesAreOfMinimumJerk() {
    Reaches reaches = new Reaches(0.7, 0.5, 3);
    double[] a = new double[4];
    double[] b = new double[4];
    double fastest = 0;
    double worst = 0;
    List<Double> ends = new ArrayList<>();
    for (int i = 0; i < 120_000; i++) {
      double t = i * 0.001;
      reaches.at(t, a);
      reaches.at(t + 1e-5, b);
      double speed = reaches.topSpeed();
      worst = Math.max(worst, Math.abs(a[2] * speed - (b[0] - a[0]) / 1e-5));
      worst = Math.max(worst, Math.abs(a[3] * speed - (b[1] - a[1]) / 1e-5));
      fastest = Math.max(fastest, Math.hypot(a[2], a[3]));
      if (i % 1200 == 1199) {
        ends.add(Math.hypot(a[0], a[1]));
      }
    }
    assertThat(worst).isLessThan(1e-3);
    assertThat(fastest).isCloseTo(1, within(1e-4));
    assertThat(ends).hasSize(100);
    for (int k = 0; k < 100; k++) {
      assertThat(ends.get(k)).isCloseTo(k % 2 == 0 ? 0.36 : 0, within(1e-6));
    }
  }

  @Test
  void voltageDoesNotDependOnHowItIsRead() {
    SpikeOptions options = SpikeOptions.of("Test", 4, 3);
    VoltageOptions two = new VoltageOptions(2, 30_000, 8, 40);
    Signals.sameInWhateverPortions(
        new VoltageSimulation(options, two, 5).signal(),
        new VoltageSimulation(options, two, 5).signal(),
        45_000);
  }

  @Test
  void spikesOfTheVoltageAreWhereTheTruthSays() {
    SpikeOptions options = SpikeOptions.of("Test", 2, 3);
    VoltageSimulation silent =
        new VoltageSimulation(options, new VoltageOptions(2, 30_000, 0, 0), 5);
    VoltageSimulation noisy =
        new VoltageSimulation(options, new VoltageOptions(2, 30_000, 8, 40), 5);
    int rows = 30_000 * 20;
    double[] clean = Signals.rows(silent.signal(), 0, rows);
    double[] noise = Signals.rows(noisy.signal(), 0, rows);
    for (int i = 0; i < noise.length; i++) {
      noise[i] -= clean[i];
    }
    assertThat(Signals.rms(Signals.column(noise, 2, 0))).isCloseTo(Math.hypot(8, 40), within(4.0));
    List<SimulatedEvent> spikes = silent.spikes().between(0, 20);
    assertThat(spikes).isEqualTo(noisy.spikes().between(0, 20));
    int troughs = 0;
    for (int e = 0; e < 2; e++) {
      double[] x = Signals.column(clean, 2, e);
      for (int i = 1; i < rows - 1; i++) {
        troughs += x[i] < -30 && x[i] < x[i - 1] && x[i] <= x[i + 1] ? 1 : 0;
      }
    }
    assertThat(troughs).isCloseTo(spikes.size(), within(spikes.size() / 100 + 1));
    for (SimulatedEvent spike : spikes) {
      int electrode = spike.values().get(1).intValue();
      assertThat(electrode).isEqualTo(spike.values().get(0).intValue() % 2);
      int at = (int) Math.round(spike.time() * 30_000);
      if (at > 10 && at < rows - 10) {
        double depth = spike.values().get(2);
        // Within half a sample of the trough a spike has lost less than a fifteenth of it.
        assertThat(clean[at * 2 + electrode]).isBetween(-1.35 * depth, -0.6 * depth);
      }
    }
    assertThat(spikes.get(0).values().get(2)).isBetween(90.0, 150.0);
  }

  @Test
  void theNoiseOfTheVoltageHasItsSpectrum() {
    VoltageSimulation sim =
        new VoltageSimulation(
            units(new SpikeUnit(0, 0, 0)), new VoltageOptions(1, 30_000, 8, 40), 1);
    int n = 30_000 * 8;
    double[] x = Signals.rows(sim.signal(), 0, n);
    double[] fast = new double[n - 1];
    for (int i = 1; i < n; i++) {
      fast[i - 1] = x[i] - x[i - 1];
    }
    // The difference leaves little of the field, and of noise up to 7.5 kHz Σ|2 sin(ω/2)|².
    assertThat(Signals.rms(x)).isCloseTo(Math.hypot(8, 40), within(4.0));
    double passed = Math.sqrt(2 * (1 - Math.sin(Math.PI / 2) / (Math.PI / 2)));
    assertThat(Signals.rms(fast)).isCloseTo(8 * passed, within(0.8));
  }

  @Test
  void whatCannotBeSimulatedIsTold() {
    assertThatThrownBy(() -> SpikeOptions.of("S", 0, 1))
        .isInstanceOf(UsageException.class)
        .hasMessage("units must lie in 1 to 10000; units=0.0");
    assertThatThrownBy(
            () -> new SpikeOptions("S", List.of(new SpikeUnit(0, 150, 0)), 0.005, 0.7, 0.5))
        .hasMessage(
            "a unit must not need half its time for refractoriness; rateHz=150.0,"
                + " refractorySeconds=0.005");
    assertThatThrownBy(() -> new SpikeOptions("S", List.of(), 0.002, 0.7, 0.5))
        .hasMessage("spikes have a name and at least one unit; name='S', units=0");
    assertThatThrownBy(() -> new SpikeCountSimulation(SpikeOptions.of("S", 1, 1), 0, 1))
        .hasMessage("binSeconds must lie in 0.001 to 10; binSeconds=0.0");
    assertThatThrownBy(() -> new VoltageOptions(0, 30_000, 8, 40))
        .hasMessage("electrodes must lie in 1 to 1024; electrodes=0.0");
  }
}
