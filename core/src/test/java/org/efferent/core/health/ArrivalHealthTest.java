package org.efferent.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams whose arrivals are known. */
class ArrivalHealthTest {
  private static final double F = 100;
  private static final HealthOptions DEFAULTS = HealthOptions.DEFAULTS;
  private static final long MS = 1_000_000;

  private static Feeding stream(double rateHz) {
    return new Feeding(rateHz, 1, DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "30, 1", "-80, 2", "2000, 3", "-5000, 4"})
  void driftIsThatOfTheClocksHoweverTheNetworkDelays(double ppm, long seed) {
    // Delays of 2 ms and an exponential rest of 5 ms; for five seconds everything is held up.
    Random random = new Random(seed);
    Feeding feeding = stream(F);
    double heldUntil = 0;
    double last = 0;
    for (int i = 0; i < 12_000; i++) {
      double sent = i / F;
      double delay = 0.002 - 0.005 * Math.log(1 - random.nextDouble());
      heldUntil = i > 6_000 && i < 6_100 ? 65 : heldUntil;
      last = Math.max(last, Math.max(sent + delay, heldUntil));
      feeding.arrive(4711 + sent * (1 + 1e-6 * ppm), 99_999_999_999L + (long) (last * 1e9));
    }
    ArrivalHealth arrivals = feeding.end().arrivals();
    assertThat(arrivals.driftPpm()).isCloseTo(ppm, within(5.0));
    assertThat(arrivals.driftUncertaintyPpm()).isBetween(0.0, 10.0);
    boolean told = Math.abs(ppm) > 500;
    assertThat(feeding.events)
        .filteredOn(e -> e.condition() == HealthCondition.DRIFT)
        .hasSize(told ? 1 : 0);
    if (told) {
      assertThat(feeding.told())
          .anyMatch(
              t ->
                  t.matches(
                      "\\+drift: stamps run [0-9.]+ ppm "
                          + (ppm > 0 ? "faster" : "slower")
                          + " than they arrive"));
    }
  }

  @Test
  void driftIsKnownFromEightStretchesOnAndForgottenWithTheClock() {
    Feeding feeding = stream(F);
    for (int i = 0; i < 400; i++) {
      feeding.arrive(i / F, 10 * MS * i);
    }
    assertThat(feeding.health.snapshot().arrivals().driftPpm()).isNaN();
    feeding.arrive(4.001, 4_010 * MS).arrive(4.01, 4_020 * MS);
    assertThat(feeding.health.snapshot().arrivals().driftPpm()).isCloseTo(0, within(1.0));
    feeding.arrive(-900, 4_030 * MS);
    assertThat(feeding.health.snapshot().arrivals().driftPpm()).isNaN();
  }

  @Test
  void driftOverADayKeepsItsPrecision() {
    Feeding feeding = stream(1);
    Random random = new Random(1);
    for (int i = 0; i < 86_400; i++) {
      feeding.arrive(i * (1 + 20e-6), i * 1_000L * MS + (long) (MS * random.nextDouble()));
    }
    ArrivalHealth arrivals = feeding.end().arrivals();
    assertThat(arrivals.driftPpm()).isCloseTo(20, within(0.01));
    assertThat(arrivals.jitterSeconds()).isCloseTo(1e-3 / Math.sqrt(12), within(1e-4));
  }

  @Test
  void jitterOfArrivalsIsTheirScatter() {
    Feeding feeding = stream(F);
    for (int i = 0; i < 2000; i++) {
      feeding.arrive(i / F, (i / 10 + 1) * 100L * MS); // ten rows together
    }
    assertThat(feeding.end().arrivals().jitterSeconds())
        .isCloseTo(0.1 * Math.sqrt(99.0 / 1200), within(1e-6));
    assertThat(feeding.health.snapshot().arrivals().silences()).isZero();
    assertThat(feeding.told()).isEmpty();
  }

  @Test
  void aStreamIsStaleFromTheLimitOnOnceAndComesBack() {
    Feeding feeding = stream(F).arrive(0, 1000 * MS);
    assertThat(feeding.health.untilStale(1000 * MS)).isEqualTo(250 * MS);
    feeding.health.quiet(1249 * MS);
    assertThat(feeding.told()).isEmpty();
    assertThat(feeding.health.untilStale(1249 * MS)).isEqualTo(MS);
    feeding.health.quiet(1250 * MS);
    feeding.health.quiet(1400 * MS);
    assertThat(feeding.told()).containsExactly("+stale: nothing has come for 0.25 s");
    assertThat(feeding.health.untilStale(1400 * MS)).isEqualTo(Long.MAX_VALUE);
    ArrivalHealth now = feeding.health.snapshot().arrivals();
    assertThat(now.stale()).isTrue();
    assertThat(now.longestSilenceSeconds()).isEqualTo(0.4);
    assertThat(feeding.health.snapshot().active()).containsOnlyKeys(HealthCondition.STALE);
    feeding.arrive(0.01, 2500 * MS);
    assertThat(feeding.told()).hasSize(2).endsWith("-stale: rows come again after 1.5 s");
    ArrivalHealth after = feeding.health.snapshot().arrivals();
    assertThat(after.stale()).isFalse();
    assertThat(after.silences()).isEqualTo(1);
    assertThat(after.longestSilenceSeconds()).isEqualTo(1.5);
  }

  @Test
  void aSilenceThatNobodyWatchedIsCountedByTheRowThatEndsIt() {
    Feeding feeding = stream(F).arrive(0, 0).arrive(0.01, 249 * MS).arrive(0.02, 500 * MS);
    assertThat(feeding.told())
        .containsExactly(
            "+stale: nothing has come for 0.251 s", "-stale: rows come again after 0.251 s");
    assertThat(feeding.health.snapshot().arrivals().silences()).isEqualTo(1);
  }

  @Test
  void beforeTheFirstRowSilenceCountsFromTheFirstLook() {
    Feeding feeding = stream(F);
    assertThat(feeding.health.untilStale(7)).isEqualTo(250 * MS);
    feeding.health.quiet(5000 * MS);
    feeding.health.quiet(5249 * MS);
    assertThat(feeding.told()).isEmpty();
    feeding.health.quiet(5250 * MS);
    assertThat(feeding.told()).containsExactly("+stale: nothing has come for 0.25 s");
    assertThat(feeding.events.get(0).stamp()).isNaN();
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 2})
  void slowStreamsAreStaleAfterThreePeriods(double rateHz) {
    Feeding feeding = stream(rateHz).arrive(0, 0);
    long limit = (long) (3e9 / rateHz);
    feeding.health.quiet(limit - 1);
    assertThat(feeding.told()).isEmpty();
    feeding.health.quiet(limit);
    assertThat(feeding.events).hasSize(1);
    HealthOptions patient = DEFAULTS.withTimes(Duration.ofSeconds(9), Duration.ofSeconds(1));
    assertThat(new Feeding(rateHz, 1, patient).health.untilStale(0)).isEqualTo(9000 * MS);
  }

  @Test
  void whatWasDroppedIsCountedAndTold() {
    Feeding feeding = stream(F);
    for (int i = 0; i < 500; i++) {
      feeding.health.dropped(i < 100 ? 0 : i < 150 ? 3 : 4);
      feeding.arrive(i / F, 10 * MS * i);
    }
    assertThat(feeding.end().arrivals().dropped()).isEqualTo(4);
    assertThat(feeding.told())
        .containsExactly(
            "+dropped: 3 rows were dropped", "-dropped: nothing has been dropped for 1 s");
  }

  @Test
  void offlineNothingIsKnownOfArrivals() {
    ArrivalHealth arrivals = stream(F).stamps(Feeding.regular(0, F, 2000)).end().arrivals();
    assertThat(arrivals.driftPpm()).isNaN();
    assertThat(arrivals.jitterSeconds()).isNaN();
    assertThat(arrivals.silences()).isZero();
    assertThat(arrivals.longestSilenceSeconds()).isZero();
  }
}
