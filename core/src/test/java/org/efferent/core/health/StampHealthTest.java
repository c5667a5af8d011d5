package org.efferent.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams whose stamps are known: what is wrong is found, what is not is not. */
class StampHealthTest {
  private static final HealthOptions DEFAULTS = HealthOptions.DEFAULTS;
  private static final double F = 250;

  private static Feeding at(double rateHz, double... stamps) {
    return new Feeding(rateHz, 1, DEFAULTS).stamps(stamps);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "10, 1e6",
    "250, 0",
    "250, 1.7e9",
    "512, 123456.789",
    "5000, 1e5",
    "30000, 3"
  })
  void aRegularStreamHasNothing(double rateHz, double first) {
    int rows = (int) Math.max(20_000, 11 * rateHz);
    Feeding feeding = at(rateHz, Feeding.regular(first, rateHz, rows));
    HealthSnapshot snapshot = feeding.end();
    StampHealth stamps = snapshot.stamps();
    assertThat(snapshot.rows()).isEqualTo(rows);
    assertThat(stamps.gaps() + stamps.missing() + stamps.lateSteps()).isZero();
    assertThat(stamps.duplicates() + stamps.repeated() + stamps.backward()).isZero();
    assertThat(stamps.impossible() + stamps.clockResets()).isZero();
    assertThat(stamps.start()).isEqualTo(first);
    assertThat(stamps.end()).isEqualTo(first + (rows - 1) / rateHz);
    assertThat(stamps.effectiveRateHz()).isCloseTo(rateHz, within(1e-6 * rateHz));
    assertThat(stamps.windowRateHz()).isCloseTo(rateHz, within(1e-5 * rateHz));
    assertThat(stamps.jitterSeconds()).isLessThan(1e-6);
    assertThat(snapshot.isSound()).isTrue();
    assertThat(feeding.events).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "5, 3", "300, 1", "300, 2", "300, 1000", "900, 7"})
  void rowsThatAreMissingAreOneGap(int from, int missing) {
    double[] all = Feeding.regular(50, F, 2_000);
    Feeding feeding = at(F, Feeding.without(all, from, from + missing));
    StampHealth stamps = feeding.end().stamps();
    assertThat(stamps.gaps()).isEqualTo(1);
    assertThat(stamps.missing()).isEqualTo(missing);
    assertThat(stamps.lateSteps()).isZero();
    assertThat(stamps.longestGapSeconds()).isCloseTo((missing + 1) / F, within(1e-9));
    assertThat(stamps.effectiveRateHz()).isCloseTo(F, within(1e-6));
    assertThat(feeding.events.get(0).condition()).isEqualTo(HealthCondition.GAP);
    assertThat(feeding.told().get(0))
        .isEqualTo("+gap: " + missing + (missing == 1 ? " row is" : " rows are") + " missing");
    assertThat(feeding.events)
        .filteredOn(e -> e.condition() == HealthCondition.GAP && !e.begins())
        .extracting(HealthEvent::message)
        .containsExactly("no row has been missing for 1 s");
  }

  @Test
  void aGapIsToldWhenTheRowsBehindItStayLate() {
    double[] all = Feeding.without(Feeding.regular(0, F, 1_000), 400, 403);
    Feeding feeding = at(F, Arrays.copyOf(all, 400 + 125));
    assertThat(feeding.health.snapshot().stamps().gaps()).isZero();
    feeding.stamps(all[400 + 125]);
    assertThat(feeding.health.snapshot().stamps().gaps()).isEqualTo(1);
    assertThat(feeding.events).singleElement().extracting(HealthEvent::row).isEqualTo(525L);
    assertThat(feeding.events.get(0).stamp()).isEqualTo(all[525]);
    assertThat(feeding.events.get(0).stream()).isEqualTo("Amp");
    assertThat(feeding.events.get(0).channel()).isEqualTo(-1);
  }

  @Test
  void whatWaitsIsSettledAtTheEnd() {
    Feeding feeding = at(F, Feeding.without(Feeding.regular(0, F, 100), 97, 98));
    assertThat(feeding.health.snapshot().stamps().gaps()).isZero();
    assertThat(feeding.end().stamps().gaps()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 37, 400})
  void gapsThatFollowOneAnotherAreCountedEach(int every) {
    double[] all = Feeding.regular(1000, F, 20_000);
    int[] number = {0};
    double[] rest = Arrays.stream(all).filter(t -> number[0]++ % every != every - 1).toArray();
    int lost = all.length / every;
    boolean lastIsLost = all.length % every == 0;
    Feeding feeding = at(F, rest);
    StampHealth stamps = feeding.end().stamps();
    assertThat(stamps.gaps()).isEqualTo(lastIsLost ? lost - 1 : lost);
    assertThat(stamps.missing()).isEqualTo(stamps.gaps());
    assertThat(stamps.lateSteps()).isZero();
    assertThat(feeding.events)
        .filteredOn(e -> e.condition() == HealthCondition.GAP && e.begins())
        .hasSize(every == 400 ? (int) stamps.gaps() : 1);
  }

  @Test
  void aStepOfOneAndAHalfPeriodsIsNotLongAndOneBeyondIs() {
    double[] stamps = new double[200];
    for (int i = 0; i < stamps.length; i++) {
      stamps[i] = i + (i >= 100 ? 0.5 : 0);
    }
    assertThat(at(1, stamps).end().stamps().gaps()).isZero();
    for (int i = 100; i < stamps.length; i++) {
      stamps[i] = i + 0.6;
    }
    assertThat(at(1, stamps).end().stamps().gaps()).isEqualTo(1);
    HealthOptions two = DEFAULTS.withGaps(2, Duration.ofMillis(500));
    assertThat(new Feeding(1, 1, two).stamps(stamps).end().stamps().gaps()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void rowsThatAreLateAndCatchUpAreNoGap(long seed) {
    // Now and then the program that stamps is held up by up to 80 ms, and then stamps what waits.
    Random random = new Random(seed);
    double[] stamps = Feeding.regular(0, F, 20_000);
    double free = 0;
    long heldUp = 0;
    for (int i = 0; i < stamps.length; i++) {
      if (random.nextInt(200) == 0 && i < 19_950) {
        free = Math.max(free, stamps[i] + 0.08 * random.nextDouble());
        heldUp++;
      }
      stamps[i] = Math.max(stamps[i] + 1e-4 * random.nextDouble(), free);
    }
    Feeding feeding = at(F, stamps);
    StampHealth health = feeding.end().stamps();
    assertThat(health.gaps()).isZero();
    assertThat(health.lateSteps()).isBetween(heldUp / 2, heldUp);
    assertThat(health.effectiveRateHz()).isCloseTo(F, within(0.01));
    assertThat(feeding.told()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void packetsThatJitterAreNoGapAndThoseThatAreLostAre(long seed) {
    // Packets of 12 rows as over Bluetooth: stamped at their arrival, their rows spread before it.
    Random random = new Random(seed);
    double[] stamps = new double[24_000];
    for (int p = 0; p < stamps.length / 12; p++) {
      double late = 0.012 * random.nextDouble();
      for (int r = 0; r < 12; r++) {
        int i = 12 * p + r;
        stamps[i] = i / F + late;
      }
    }
    Feeding whole = at(F, stamps);
    StampHealth health = whole.end().stamps();
    assertThat(health.gaps()).isZero();
    assertThat(health.lateSteps()).isPositive();
    assertThat(health.jitterSeconds()).isCloseTo(0.012 / Math.sqrt(12), within(0.0008));
    assertThat(whole.events).noneMatch(e -> e.condition() != HealthCondition.BACKWARD);
    double[] lossy = Feeding.without(Feeding.without(stamps, 19_200, 19_260), 9_600, 9_636);
    StampHealth lost = at(F, lossy).end().stamps();
    assertThat(lost.gaps()).isEqualTo(2);
    assertThat(lost.missing()).isBetween(96L - 4, 96L + 4);
    assertThat(lost.effectiveRateHz()).isCloseTo(F, within(0.08));
  }

  @Test
  void withoutSettlingEveryLongStepIsAGap() {
    double[] stamps = Feeding.regular(0, F, 1000);
    stamps[500] += 0.6 / F;
    HealthOptions atOnce = DEFAULTS.withGaps(1.5, Duration.ZERO);
    Feeding feeding = new Feeding(F, 1, atOnce).stamps(Arrays.copyOf(stamps, 501));
    assertThat(feeding.health.snapshot().stamps().gaps()).isEqualTo(1);
    assertThat(at(F, stamps).end().stamps().gaps()).isZero();
    assertThat(at(F, stamps).end().stamps().lateSteps()).isEqualTo(1);
    double[] lossy = Feeding.without(Feeding.regular(0, F, 1000), 300, 310);
    assertThat(new Feeding(F, 1, atOnce).stamps(lossy).end().stamps().missing()).isEqualTo(10);
  }

  @Test
  void aDeviceThatRunsAtAnotherRateHasNoGapsButAnotherRate() {
    Feeding feeding = at(256, Feeding.regular(0, 250, 10_000));
    StampHealth stamps = feeding.end().stamps();
    assertThat(stamps.gaps() + stamps.lateSteps()).isZero();
    assertThat(stamps.effectiveRateHz()).isCloseTo(250, within(1e-6));
    assertThat(stamps.windowRateHz()).isCloseTo(250, within(1e-6));
    assertThat(feeding.told()).containsExactly("+rate: rows come at 250 Hz; nominal are 256 Hz");
    Feeding lossy = at(256, Feeding.without(Feeding.regular(0, 250, 10_000), 7000, 7001));
    assertThat(lossy.end().stamps().gaps()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1.0195, 0", "1.0205, 1", "0.9805, 0", "0.9795, 1", "1.5, 1", "0.7, 1"})
  void theRateIsHeldAgainstItsTolerance(double factor, int told) {
    Feeding feeding = at(F, Feeding.regular(0, factor * F, 10_000));
    assertThat(feeding.end().begun().getOrDefault(HealthCondition.RATE, 0)).isEqualTo(told);
    assertThat(feeding.health.snapshot().stamps().gaps()).isZero();
    assertThat(feeding.health.snapshot().stamps().effectiveRateHz())
        .isCloseTo(factor * F, within(1e-6));
  }

  @Test
  void theRateIsRightAgainAtHalfTheTolerance() {
    Feeding feeding = at(F, Feeding.regular(0, 1.03 * F, 5_000));
    assertThat(feeding.told()).containsExactly("+rate: rows come at 257.5 Hz; nominal are 250 Hz");
    double now = 5_000 / (1.03 * F);
    feeding.stamps(Feeding.regular(now, 1.015 * F, 5_000));
    assertThat(feeding.events).hasSize(1);
    feeding.stamps(Feeding.regular(now + 5_000 / (1.015 * F), F, 5_000));
    assertThat(feeding.events).hasSize(2);
    assertThat(feeding.told().get(1)).startsWith("-rate: rows come at 25");
    assertThat(feeding.health.snapshot().active()).isEmpty();
    assertThat(feeding.health.snapshot().begun()).containsOnlyKeys(HealthCondition.RATE);
  }

  @Test
  void aClockThatJumpsBackIsNoGapAndNoRate() {
    double[] before = Feeding.regular(5000, F, 3000);
    double[] after = Feeding.regular(20, F, 3000);
    Feeding feeding = at(F, before).stamps(after);
    StampHealth stamps = feeding.end().stamps();
    assertThat(stamps.backward()).isEqualTo(1);
    assertThat(stamps.gaps()).isZero();
    assertThat(stamps.effectiveRateHz()).isCloseTo(F, within(1e-6));
    assertThat(stamps.windowRateHz()).isCloseTo(F, within(1e-6));
    assertThat(stamps.start()).isEqualTo(5000);
    assertThat(stamps.end()).isEqualTo(after[2999]);
    assertThat(feeding.told())
        .containsExactly(
            "+backward: stamps go back by 4992 s to 20.000 s",
            "-backward: stamps have not gone back for 1 s");
    feeding.stamps(Feeding.without(Feeding.regular(after[2999] + 1 / F, F, 500), 100, 105));
    assertThat(feeding.end().stamps().missing()).isEqualTo(5);
  }

  @Test
  void oneWrongStampIsNoGap() {
    double[] stamps = Feeding.regular(5000, F, 3000);
    stamps[1500] = 3;
    StampHealth health = at(F, stamps).end().stamps();
    assertThat(health.backward()).isEqualTo(1);
    assertThat(health.gaps()).isZero();
    assertThat(health.lateSteps()).isEqualTo(1);
    assertThat(health.effectiveRateHz()).isCloseTo(F, within(1e-6));
  }

  @Test
  void rowsThatChangePlacesGoBackOnce() {
    double[] stamps = Feeding.regular(0, F, 1000);
    double swap = stamps[500];
    stamps[500] = stamps[501];
    stamps[501] = swap;
    StampHealth health = at(F, stamps).end().stamps();
    assertThat(health.backward()).isEqualTo(1);
    assertThat(health.gaps() + health.duplicates() + health.repeated()).isZero();
  }

  @Test
  void aRestartThatIsKnownTellsNothing() {
    Feeding feeding = at(F, Feeding.regular(5000, F, 3000));
    feeding.health.clockReset();
    feeding.stamps(Feeding.regular(20, F, 3000));
    feeding.health.clockReset();
    feeding.stamps(Feeding.regular(9e5, F, 3000));
    HealthSnapshot snapshot = feeding.end();
    assertThat(snapshot.stamps().clockResets()).isEqualTo(2);
    assertThat(snapshot.stamps().backward() + snapshot.stamps().gaps()).isZero();
    assertThat(snapshot.stamps().effectiveRateHz()).isCloseTo(F, within(1e-6));
    assertThat(snapshot.isSound()).isTrue();
  }

  @Test
  void aRowThatComesTwiceIsADuplicateAndOneOfOtherValuesIsNot() {
    Feeding feeding = new Feeding(F, 2, DEFAULTS);
    double[] values = new double[2 * 1000];
    double[] stamps = Feeding.regular(0, F, 1000);
    Random random = new Random(3);
    Arrays.setAll(values, i -> random.nextGaussian());
    for (int i : new int[] {100, 101, 600}) { // twice in place of one row, thrice, across chunks
      stamps[i] = stamps[i - 1];
      values[2 * i] = values[2 * i - 2];
      values[2 * i + 1] = values[2 * i - 1];
    }
    stamps[900] = stamps[899];
    values[2 * 900] = values[2 * 899]; // the other channel differs
    for (int from = 0; from < 1000; from += 200) {
      feeding.health.feed(
          Arrays.copyOfRange(values, 2 * from, 2 * from + 400),
          Arrays.copyOfRange(stamps, from, from + 200),
          200);
    }
    StampHealth health = feeding.end().stamps();
    assertThat(health.duplicates()).isEqualTo(3);
    assertThat(health.repeated()).isEqualTo(1);
    assertThat(health.backward()).isZero();
    assertThat(health.missing()).isEqualTo(3);
    assertThat(feeding.told())
        .filteredOn(told -> told.contains("duplicate"))
        .containsExactly(
            "+duplicate: a row came twice at 0.396 s",
            "-duplicate: no row has come twice for 1 s",
            "+duplicate: a row came twice at 2.396 s",
            "-duplicate: no row has come twice for 1 s");
  }

  @Test
  void rowsSentTwiceMakeTheStreamNoFaster() {
    Feeding feeding = new Feeding(F, 1, DEFAULTS);
    for (int i = 0; i < 5000; i++) {
      for (int twice = 0; twice < 2; twice++) {
        feeding.health.feed(new double[] {i % 17}, new double[] {i / F}, 1);
      }
    }
    HealthSnapshot snapshot = feeding.end();
    assertThat(snapshot.stamps().duplicates()).isEqualTo(5000);
    assertThat(snapshot.stamps().effectiveRateHz()).isCloseTo(F, within(1e-6));
    assertThat(snapshot.begun()).containsOnlyKeys(HealthCondition.DUPLICATE);
    assertThat(snapshot.begun()).containsEntry(HealthCondition.DUPLICATE, 1);
    assertThat(feeding.events).hasSize(1);
  }

  @Test
  void stampsThatAreNoNumbersAreCounted() {
    double[] stamps = Feeding.regular(0, F, 1000);
    stamps[0] = Double.NaN;
    stamps[500] = Double.POSITIVE_INFINITY;
    Feeding feeding = at(F, stamps);
    StampHealth health = feeding.end().stamps();
    assertThat(health.impossible()).isEqualTo(2);
    assertThat(health.start()).isEqualTo(1 / F);
    assertThat(health.gaps()).isEqualTo(1); // row 500 has no place of its own
    assertThat(feeding.told()).startsWith("+impossible: a stamp is NaN");
    assertThat(feeding.told()).contains("-impossible: stamps have been finite for 1 s");
  }

  @Test
  void anIrregularStreamHasNeitherGapsNorRates() {
    Random random = new Random(2);
    double[] stamps = new double[1000];
    for (int i = 1; i < stamps.length; i++) {
      stamps[i] = stamps[i - 1] - 5 * Math.log(random.nextDouble());
    }
    Feeding feeding = at(0, stamps);
    feeding.health.quiet(0);
    feeding.health.quiet(Long.MAX_VALUE);
    assertThat(feeding.health.untilStale(0)).isEqualTo(Long.MAX_VALUE);
    HealthSnapshot snapshot = feeding.end();
    assertThat(snapshot.stamps().gaps() + snapshot.stamps().lateSteps()).isZero();
    assertThat(snapshot.stamps().effectiveRateHz()).isNaN();
    assertThat(snapshot.stamps().windowRateHz()).isNaN();
    assertThat(snapshot.stamps().jitterSeconds()).isNaN();
    assertThat(snapshot.arrivals().silences()).isZero();
    assertThat(feeding.told()).isEmpty();
    feeding.stamps(stamps[999], stamps[999] - 1);
    assertThat(feeding.health.snapshot().stamps().repeated()).isEqualTo(1);
    assertThat(feeding.told())
        .singleElement()
        .asString()
        .startsWith("+backward: stamps go back by 1 s to ");
  }

  @Test
  void aStreamOfTextsHasStampsAndNoChannels() {
    StreamInfo info = StreamInfo.of("Marks", "Markers", 0, 1);
    StreamHealth texts = StreamHealth.ofTexts(info, DEFAULTS, e -> {});
    texts.feed(1, 10);
    texts.feed(1, 20);
    texts.feed(0.5, 30);
    HealthSnapshot snapshot = texts.snapshot();
    assertThat(snapshot.rows()).isEqualTo(3);
    assertThat(snapshot.channels()).isEmpty();
    assertThat(snapshot.stamps().repeated()).isEqualTo(1);
    assertThat(snapshot.stamps().duplicates()).isZero();
    assertThat(snapshot.stamps().backward()).isEqualTo(1);
  }

  @Test
  void nothingIsNothing() {
    HealthSnapshot snapshot = new Feeding(F, 2, DEFAULTS).end();
    assertThat(snapshot.rows()).isZero();
    assertThat(snapshot.stamps().start()).isNaN();
    assertThat(snapshot.stamps().effectiveRateHz()).isNaN();
    assertThat(snapshot.arrivals().driftPpm()).isNaN();
    assertThat(snapshot.channels()).hasSize(2).allMatch(ChannelHealth::isSound);
    assertThat(snapshot.channels().get(0).max()).isNaN();
    assertThat(snapshot.isSound()).isTrue();
  }
}
