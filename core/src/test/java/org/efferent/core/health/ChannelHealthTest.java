package org.efferent.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.efferent.core.ChannelInfo;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels whose values are known: flat, saturated, NaN, and sound ones that look a little so. */
class ChannelHealthTest {
  private static final double F = 250;
  private static final HealthOptions DEFAULTS = HealthOptions.DEFAULTS;

  private static double[] of(int rows, IntToDoubleFunction value) {
    double[] values = new double[rows];
    Arrays.setAll(values, value);
    return values;
  }

  private static double[] noise(int rows, long seed) {
    Random random = new Random(seed);
    return of(rows, i -> random.nextGaussian());
  }

  private static Feeding at(double... values) {
    return new Feeding(F, 1, DEFAULTS).values(values);
  }

  private static ChannelHealth channel(Feeding feeding) {
    return feeding.end().channels().get(0);
  }

  @Test
  void noiseIsSound() {
    Feeding feeding = at(noise(20_000, 1));
    ChannelHealth health = channel(feeding);
    assertThat(health.isSound()).isTrue();
    assertThat(health.label()).isEqualTo("1");
    assertThat(health.min()).isBetween(-5.0, -3.0);
    assertThat(health.max()).isBetween(3.0, 5.0);
    assertThat(health.foundLowRail()).isNaN();
    assertThat(health.foundHighRail()).isNaN();
    assertThat(feeding.told()).isEmpty();
  }

  @Test
  void aChannelIsFlatFromTwoSecondsOnAndToldOnce() {
    Feeding feeding = at(noise(100, 1)).values(of(499, i -> 3.5));
    assertThat(feeding.told()).isEmpty();
    assertThat(channel(feeding).flatRuns()).isZero();
    feeding.values(3.5);
    assertThat(feeding.told()).containsExactly("+flat: channel 1 has stood still at 3.5 for 2 s");
    assertThat(feeding.events.get(0).row()).isEqualTo(599);
    assertThat(feeding.events.get(0).channel()).isZero();
    assertThat(channel(feeding).flatSeconds()).isCloseTo(2, within(1e-9));
    feeding.values(of(5000, i -> 3.5));
    assertThat(feeding.events).hasSize(1);
    assertThat(feeding.health.snapshot().active()).containsEntry(HealthCondition.FLAT, 1);
    assertThat(channel(feeding).flatSeconds()).isCloseTo(22, within(1e-9));
    feeding.values(noise(100, 2));
    assertThat(feeding.events).hasSize(1);
    feeding.values(noise(200, 2));
    assertThat(feeding.told()).hasSize(2).endsWith("-flat: channel 1 changes again");
    assertThat(feeding.health.snapshot().active()).isEmpty();
    ChannelHealth health = channel(feeding);
    assertThat(health.flatRuns()).isEqualTo(1);
    assertThat(health.flatSeconds()).isCloseTo(22, within(1e-9));
    assertThat(health.longestFlatSeconds()).isCloseTo(22, within(1e-9));
    assertThat(health.isSound()).isFalse();
  }

  @Test
  void whatBarelyMovesInBetweenIsToldOnceAndCountedEachTime() {
    Feeding feeding = at(of(10_000, i -> i % 1000 < 990 ? 1 : i));
    assertThat(channel(feeding).flatRuns()).isEqualTo(10);
    assertThat(channel(feeding).flatSeconds()).isCloseTo(39.6, within(1e-9));
    assertThat(channel(feeding).longestFlatSeconds()).isCloseTo(3.96, within(1e-9));
    assertThat(feeding.events).hasSizeLessThanOrEqualTo(2 * 10);
  }

  @Test
  void aChannelThatMovesWithinItsRangeStandsStill() {
    HealthOptions loose = DEFAULTS.withFlat(Duration.ofSeconds(1), 0.5);
    Feeding feeding = new Feeding(F, 1, loose).values(of(500, i -> 7 + 0.5 * (i % 2)));
    assertThat(channel(feeding).flatRuns()).isEqualTo(1);
    Feeding more = new Feeding(F, 1, loose).values(of(500, i -> 7 + 0.501 * (i % 2)));
    assertThat(channel(more).flatRuns()).isZero();
    Feeding ramp = new Feeding(F, 1, loose).values(of(5000, i -> 0.0025 * i));
    assertThat(channel(ramp).flatRuns()).isZero(); // 0.625 a second
    Feeding slower = new Feeding(F, 1, loose).values(of(5000, i -> 0.0015 * i));
    assertThat(channel(slower).flatRuns()).isGreaterThan(10);
  }

  @Test
  void slowStreamsNeedTenRowsAndIrregularOnesTheirStamps() {
    Feeding slow = new Feeding(1, 1, DEFAULTS).values(of(9, i -> 5));
    assertThat(slow.told()).isEmpty();
    assertThat(slow.values(5).told())
        .containsExactly("+flat: channel 1 has stood still at 5 for 2 s");
    Feeding irregular = new Feeding(0, 1, DEFAULTS);
    for (int i = 0; i < 20; i++) {
      irregular.health.feed(new double[] {5}, new double[] {100 + 0.1 * i}, 1);
    }
    assertThat(irregular.told()).isEmpty();
    irregular.health.feed(new double[] {5}, new double[] {103}, 1);
    assertThat(irregular.told()).hasSize(1);
    assertThat(irregular.end().channels().get(0).flatSeconds()).isCloseTo(3, within(1e-6));
  }

  @Test
  void aGapMakesNoChannelFlat() {
    double[] stamps = Feeding.without(Feeding.regular(0, F, 2000), 100, 1500);
    Feeding feeding = new Feeding(F, 1, DEFAULTS);
    for (int i = 0; i < stamps.length; i++) {
      feeding.health.feed(new double[] {Math.floor(i / 100.0)}, new double[] {stamps[i]}, 1);
    }
    assertThat(feeding.end().channels().get(0).flatRuns()).isZero();
  }

  @Test
  void triggersMayRest() {
    StreamInfo info = Feeding.kinds(F, "EEG", "trig", "Ref", "Spikes");
    Feeding feeding = new Feeding(info, DEFAULTS);
    for (int i = 0; i < 1000; i++) {
      feeding.health.feed(new double[4], new double[] {i / F}, 1);
    }
    assertThat(feeding.told()).containsExactly("+flat: channel cEEG has stood still at 0 for 2 s");
    List<ChannelHealth> counted = feeding.end().channels();
    assertThat(counted.get(1).flatRuns()).isEqualTo(1);
    assertThat(counted.get(3).flatRuns()).as("counted all the same").isEqualTo(1);
    List<ChannelInfo> labels =
        Stream.of("Marker0", "STI 014", "Status", "Cz", "Marker0x")
            .map(label -> new ChannelInfo(label, "", ""))
            .toList();
    Feeding named = new Feeding(new StreamInfo("Amp", "", F, "", labels), DEFAULTS);
    for (int i = 0; i < 1000; i++) {
      named.health.feed(new double[5], new double[] {i / F}, 1);
    }
    assertThat(named.events).extracting(HealthEvent::channel).containsExactly(3, 4);
  }

  @Test
  void impossibleValuesAreCountedAndToldOnce() {
    double[] values = noise(2000, 3);
    for (int i = 500; i < 600; i++) {
      values[i] = Double.NaN;
    }
    values[700] = Double.POSITIVE_INFINITY;
    values[701] = Double.NEGATIVE_INFINITY;
    Feeding feeding = at(values);
    ChannelHealth health = channel(feeding);
    assertThat(health.nan()).isEqualTo(100);
    assertThat(health.infinite()).isEqualTo(2);
    assertThat(health.flatRuns() + health.saturated()).isZero();
    assertThat(health.max()).isLessThan(6);
    assertThat(feeding.told())
        .containsExactly(
            "+impossible: channel 1 is NaN", "-impossible: channel 1 has been finite for 1 s");
    assertThat(feeding.events.get(0).row()).isEqualTo(500);
    assertThat(feeding.events.get(1).row()).isBetween(951L, 990L);
  }

  @Test
  void aChannelOfNanAloneIsNotFlat() {
    Feeding feeding = at(of(2000, i -> Double.NaN));
    ChannelHealth health = channel(feeding);
    assertThat(health.nan()).isEqualTo(2000);
    assertThat(health.flatRuns()).isZero();
    assertThat(health.min()).isNaN();
    assertThat(feeding.events).hasSize(1);
    assertThat(feeding.health.snapshot().stamps().duplicates()).isZero();
  }

  @Test
  void aRailThatIsGivenSaturatesAtAndBeyondIt() {
    HealthOptions rails = DEFAULTS.withRails(-2, 3, false);
    double[] values = of(1000, i -> Math.sin(i));
    values[100] = 2.999;
    values[101] = 3;
    values[102] = 3.5;
    values[103] = -2;
    values[104] = -1.999;
    Feeding feeding = new Feeding(F, 1, rails).values(values);
    assertThat(channel(feeding).saturated()).isEqualTo(3);
    assertThat(feeding.told())
        .containsExactly(
            "+saturated: channel 1 is at its rail, 3",
            "-saturated: channel 1 has been off its rails for 1 s");
    assertThat(feeding.events.get(0).row()).isEqualTo(101);
    assertThat(channel(feeding).foundHighRail()).isNaN();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aClippedSignalHasARailThatIsFound(long seed) {
    double[] clean = noise(5000, seed);
    double[] clipped =
        of(5000, i -> Math.min(0.8, Math.sin(2 * Math.PI * 10 * i / F) + 0.01 * clean[i]));
    Feeding feeding = at(clipped);
    ChannelHealth health = channel(feeding);
    assertThat(health.foundHighRail()).isEqualTo(0.8);
    assertThat(health.foundLowRail()).isNaN();
    long atRail = Arrays.stream(clipped).filter(v -> v == 0.8).count();
    assertThat(health.saturated()).isBetween(atRail - 40, atRail - 5);
    assertThat(feeding.told()).containsExactly("+saturated: channel 1 is at its rail, 0.8");
    // Digitised, at both rails, and long at them.
    Feeding hard =
        at(
            of(
                5000,
                i ->
                    Math.max(
                        -2048, Math.min(2047, Math.rint(9000 * Math.sin(0.2 * i) + clean[i])))));
    assertThat(channel(hard).foundHighRail()).isEqualTo(2047);
    assertThat(channel(hard).foundLowRail()).isEqualTo(-2048);
  }

  @Test
  void soundSignalsHaveNoRail() {
    double[] clean = noise(50_000, 9);
    Random random = new Random(4);
    IntToDoubleFunction[] sound = {
      i -> Math.sin(2 * Math.PI * 10 * i / F), // comes back to its peak exactly
      i -> Math.rint(100 * Math.sin(0.004 * i)), // digitised and slow: stays at its peak
      i -> i / 100 % 2, // two levels
      i -> Math.rint(0.7 * clean[i]), // noise of a few steps
      i -> Math.rint(40 * clean[i]),
      i -> clean[i],
      i -> i % 50 < 3 ? 1 + random.nextInt(8) : 0, // pulses above rest
      i -> i < 25_000 ? 5 : clean[i],
    };
    for (int s = 0; s < sound.length; s++) {
      ChannelHealth health = channel(at(of(50_000, sound[s])));
      assertThat(health.saturated()).as("signal %d", s).isZero();
      assertThat(health.foundHighRail()).as("signal %d", s).isNaN();
      assertThat(health.foundLowRail()).as("signal %d", s).isNaN();
    }
  }

  @Test
  void aRailThatIsExceededWasNone() {
    double[] values = of(5000, i -> Math.min(0.8, Math.sin(2 * Math.PI * 9.7 * i / F)));
    Feeding feeding = at(values);
    assertThat(channel(feeding).saturated()).isPositive();
    feeding.values(1);
    assertThat(channel(feeding).saturated()).isZero();
    assertThat(channel(feeding).foundHighRail()).isNaN();
    assertThat(feeding.told())
        .endsWith("-saturated: channel 1 goes beyond what was taken for its rail");
    HealthOptions blind = DEFAULTS.withRails(-9, 9, false);
    assertThat(channel(new Feeding(F, 1, blind).values(values)).saturated()).isZero();
  }
}
