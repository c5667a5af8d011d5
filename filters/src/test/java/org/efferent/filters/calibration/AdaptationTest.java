package org.efferent.filters.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.FilterKind;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.FilterTraining;
import org.efferent.filters.KalmanFilter;
import org.efferent.filters.ZScore;
import org.junit.jupiter.api.Test;

class AdaptationTest {
  private static final int MINUTE = (int) (60 / TunedUnits.BIN);

  private static CursorDecoder kalman(double[][] x, double[][] z) {
    return FilterTraining.train(FilterSpec.of(FilterKind.KALMAN), x, z);
  }

  private static double[][] scored(ZScore score, double[][] counts) {
    return Arrays.stream(counts).map(score::apply).toArray(double[][]::new);
  }

  private static double error(CursorDecoder decoder, double[][] x, double[][] z) {
    double[][] out = new double[x.length][];
    decoder.reset();
    for (int t = 0; t < x.length; t++) {
      out[t] = decoder.decode(x[t]).mean();
    }
    return Acceptance.angularError(out, z);
  }

  @Test
  void smoothBatchHalvesInAHalfLife() {
    SmoothBatch smooth = new SmoothBatch(60);
    assertThat(smooth.rho(60)).isCloseTo(0.5, within(1e-15));
    assertThat(smooth.rho(120)).isCloseTo(0.25, within(1e-15));
    assertThat(smooth.mix(new double[] {8}, new double[] {0}, 60)[0]).isCloseTo(4, within(1e-12));
    double[] twice = {8};
    twice = smooth.mix(twice, new double[] {0}, 30);
    twice = smooth.mix(twice, new double[] {0}, 30);
    assertThat(twice[0]).as("however it is cut").isCloseTo(4, within(1e-12));
    assertThatThrownBy(() -> new SmoothBatch(0))
        .isInstanceOf(UsageException.class)
        .hasMessage("a half-life must be above 0 s; half-life=0.0");
    assertThatThrownBy(() -> smooth.rho(0))
        .hasMessage("a batch must be longer than 0 s; batch=0.0");
    assertThatThrownBy(() -> smooth.mix(new double[2], new double[3], 1))
        .isInstanceOf(InputException.class)
        .hasMessage("old and new parameters must be as many; parameters=2 and 3");
  }

  @Test
  void smoothBatchMixesWhatTheFilterObserves() {
    TunedUnits units = new TunedUnits(12, MINUTE, 5);
    KalmanFilter old = kalman(units.counts, units.intended).kalmanFilter().orElseThrow();
    units.turn(0.5);
    KalmanFilter batch =
        kalman(units.counts(units.intended), units.intended).kalmanFilter().orElseThrow();
    KalmanFilter mixed = new SmoothBatch(60).mix(old, batch, 60);
    for (int i = 0; i < 24; i++) {
      assertThat(mixed.observation()[i])
          .isCloseTo((old.observation()[i] + batch.observation()[i]) / 2, within(1e-12));
    }
    assertThat(mixed.observationNoise()[13])
        .isCloseTo((old.observationNoise()[13] + batch.observationNoise()[13]) / 2, within(1e-12));
    assertThat(mixed.model()).isSameAs(old.model());
    assertThat(error(CursorDecoder.of(mixed), units.counts, units.intended)).isLessThan(0.8);
  }

  @Test
  void recursionOverAllRowsIsTheFitToAllRows() {
    TunedUnits units = new TunedUnits(6, 2_000, 3);
    double[][] x = units.counts;
    double[][] z = units.intended;
    KalmanFilter half =
        kalman(Arrays.copyOf(x, 1_000), Arrays.copyOf(z, 1_000)).kalmanFilter().orElseThrow();
    RecursiveMaximumLikelihood recursion =
        new RecursiveMaximumLikelihood(
            half, Arrays.copyOf(x, 1_000), Arrays.copyOf(z, 1_000), 0.05, 1e12);
    for (int t = 1_000; t < 2_000; t++) {
      recursion.add(x[t], z[t]);
    }
    KalmanFilter adapted = recursion.filter();
    var regression = new OLSMultipleLinearRegression();
    for (int c = 0; c < 6; c++) {
      int channel = c;
      regression.newSampleData(Arrays.stream(x).mapToDouble(row -> row[channel]).toArray(), z);
      double[] line = regression.estimateRegressionParameters();
      double power = regression.calculateResidualSumOfSquares() / 2_000;
      assertThat(adapted.offset()[c]).isCloseTo(line[0], within(1e-6));
      assertThat(adapted.observation()[2 * c]).isCloseTo(line[1], within(1e-6));
      assertThat(adapted.observation()[2 * c + 1]).isCloseTo(line[2], within(1e-6));
      // The ridge is a thousandth of a feature's power.
      assertThat(adapted.observationNoise()[7 * c]).isBetween(power, power + 0.004);
    }
    assertThat(recursion.weight()).isCloseTo(2_000, within(1e-3));
  }

  @Test
  void adaptationFollowsTurningTuningAndAFrozenOneDoesNot() {
    TunedUnits units = new TunedUnits(40, 3 * MINUTE, 21);
    ZScore score = ZScore.fit(units.counts);
    double[][] x = scored(score, units.counts);
    CursorDecoder first = kalman(x, units.intended);
    KalmanFilter filter = first.kalmanFilter().orElseThrow();
    var live = new RecursiveMaximumLikelihood(filter, x, units.intended, TunedUnits.BIN, 30);
    var frozen = live.copy();
    frozen.freeze(true);
    double clean = error(first, x, units.intended);
    units.turn(1);
    double[][] wanted = units.reaches(2 * MINUTE);
    double[][] moved = scored(score, units.counts(wanted));
    for (int t = 0; t < moved.length; t++) {
      live.add(moved[t], wanted[t]);
      frozen.add(moved[t], wanted[t]);
    }
    double[][] later = units.reaches(MINUTE);
    double[][] test = scored(score, units.counts(later));
    assertThat(error(first, test, later)).isGreaterThan(0.9);
    assertThat(error(CursorDecoder.of(frozen.filter()), test, later)).isGreaterThan(0.9);
    assertThat(error(CursorDecoder.of(live.filter()), test, later)).isLessThan(1.3 * clean);
    double weight = live.weight();
    live.add(new double[40], new double[] {Double.NaN, 0});
    assertThat(live.skipped()).isEqualTo(1);
    assertThat(live.weight()).isEqualTo(weight);
  }

  @Test
  void aThirdOfTheUnitsMayFallSilent() {
    TunedUnits units = new TunedUnits(60, 3 * MINUTE, 9);
    ZScore score = ZScore.fit(units.counts);
    double[][] x = scored(score, units.counts);
    CursorDecoder first = kalman(x, units.intended);
    var recursion =
        new RecursiveMaximumLikelihood(
            first.kalmanFilter().orElseThrow(), x, units.intended, TunedUnits.BIN, 30);
    units.lose(0, 20);
    double[][] wanted = units.reaches(2 * MINUTE);
    double[][] moved = scored(score, units.counts(wanted));
    for (int t = 0; t < moved.length; t++) {
      recursion.add(moved[t], wanted[t]);
    }
    double[][] later = units.reaches(2 * MINUTE);
    double[][] test = scored(score, units.counts(later));
    double fresh = error(kalman(moved, wanted), test, later);
    assertThat(error(first, test, later)).isGreaterThan(1.1 * fresh);
    CursorDecoder adapted = CursorDecoder.of(recursion.filter());
    assertThat(error(adapted, test, later)).isLessThan(1.1 * fresh);
    CursorDecoder saved = CursorDecoder.fromState(adapted.toState());
    assertThat(error(saved, test, later)).isEqualTo(error(adapted, test, later));
  }

  @Test
  void rowsAreForgottenByHalfLife() {
    RowMemory memory = new RowMemory(60, 10_000, 1);
    memory.add(new double[1_000][3], new double[1_000][2], 50);
    double[][] fresh = new double[600][3];
    for (double[] row : fresh) {
      row[0] = 1;
    }
    memory.add(fresh, new double[600][2], 60);
    assertThat(memory.size()).isEqualTo(1_100);
    assertThat(memory.features()[499]).containsExactly(0, 0, 0);
    assertThat(memory.features()[500]).containsExactly(1, 0, 0);
    assertThat(memory.states()).hasDimensions(1_100, 2);
    RowMemory small = new RowMemory(60, 700, 1);
    small.add(new double[1_000][3], new double[1_000][2], 50);
    assertThat(small.size()).isEqualTo(700);
    small.add(fresh, new double[600][2], 60);
    assertThat(small.size()).isEqualTo(700);
    assertThat(small.features()[99][0]).isZero();
    assertThat(small.features()[100][0]).isEqualTo(1);
    assertThatThrownBy(() -> small.add(new double[2][4], new double[2][2], 1))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a batch must have the columns of the rows before it; features=4, labels=2, before 3"
                + " and 2");
  }

  @Test
  void versionsRollBackAndFreeze() {
    Versions<String> versions = new Versions<>("a", "open loop", 2);
    assertThat(versions.canRollBack()).isFalse();
    assertThatThrownBy(versions::rollback)
        .isInstanceOf(UsageException.class)
        .hasMessage("there is no earlier decoder to roll back to; version=1");
    assertThat(versions.offer("b", "refit")).isTrue();
    assertThat(versions.offer("c", "refit")).isTrue();
    assertThat(versions.offer("d", "refit")).isTrue();
    versions.freeze(true);
    assertThat(versions.offer("e", "refit")).isFalse();
    assertThat(versions.refused()).isEqualTo(1);
    assertThat(versions.current()).isEqualTo(new Versions.Version<>(4, "d", "refit"));
    assertThat(versions.rollback().value()).as("frozen or not").isEqualTo("c");
    versions.freeze(false);
    assertThat(versions.offer("f", "refit")).isTrue();
    assertThat(versions.current().number()).as("no number twice").isEqualTo(5);
    assertThat(versions.rollback().number()).isEqualTo(3);
    assertThat(versions.rollback().value()).isEqualTo("b");
    assertThat(versions.canRollBack()).as("a is beyond what is kept").isFalse();
  }

  @Test
  void aWorseDecoderIsRefused() {
    TunedUnits units = new TunedUnits(40, 2 * MINUTE, 31);
    CursorDecoder good = kalman(units.counts, units.intended);
    double[][] held = units.reaches(MINUTE);
    double[][] x = units.counts(held);
    double[][] few = Arrays.copyOf(units.counts, 60);
    double[][] wrong = new double[60][];
    for (int t = 0; t < 60; t++) {
      wrong[t] = units.intended[(t + 100) % 2_000];
    }
    CursorDecoder bad = kalman(scored(ZScore.fit(few), few), wrong);
    Acceptance acceptance = Acceptance.DEFAULTS;
    assertThat(acceptance.judge(good, bad, x, held).accepted()).isFalse();
    Acceptance.Verdict better = acceptance.judge(bad, good, x, held);
    assertThat(better.accepted()).isTrue();
    assertThat(better.reason())
        .matches("accepted; angle=0\\.\\d{3} rad, in use \\d\\.\\d{3}, chance 1\\.571");
    assertThat(acceptance.judge(null, good, x, held).accepted()).isTrue();
    assertThat(acceptance.judge(good, good, x, held).accepted()).isTrue();
    double[] before = good.decode(x[0]).mean();
    good.reset();
    assertThat(good.decode(x[0]).mean()).as("undisturbed").containsExactly(before);
  }

  @Test
  void verdictsSayWhy() {
    assertThat(Acceptance.DEFAULTS.judge(0.5, 0.51))
        .isEqualTo(
            new Acceptance.Verdict(
                false,
                0.5,
                0.51,
                "refused: worse than the decoder in use; angle=0.510 rad, in use 0.500, chance"
                    + " 1.571"));
    assertThat(new Acceptance(0.05, 0.05).judge(0.5, 0.51).accepted()).isTrue();
    assertThat(Acceptance.DEFAULTS.judge(Double.NaN, 1.55).reason())
        .isEqualTo("refused: not better than chance; angle=1.550 rad, in use none, chance 1.571");
    assertThat(Acceptance.DEFAULTS.judge(0.5, Double.NaN).accepted()).isFalse();
    assertThatThrownBy(() -> Acceptance.angularError(new double[30][2], new double[30][2]))
        .hasMessage("a judgement needs at least 20 rows with an intended direction; rows=0");
    double[][] right = new double[20][2];
    double[][] up = new double[20][2];
    for (int t = 0; t < 20; t++) {
      right[t][0] = 1;
      up[t][1] = 2;
    }
    assertThat(Acceptance.angularError(right, up)).isCloseTo(Math.PI / 2, within(1e-12));
    assertThat(Acceptance.angularError(new double[20][2], up))
        .isCloseTo(Math.PI / 2, within(1e-12));
    assertThat(Acceptance.angularError(up, up)).isZero();
  }
}
