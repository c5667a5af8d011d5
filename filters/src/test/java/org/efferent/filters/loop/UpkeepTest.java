package org.efferent.filters.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import org.efferent.core.UsageException;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.FilterKind;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.calibration.Assist;
import org.efferent.filters.calibration.Versions;
import org.efferent.filters.loop.Adaptation.Kind;
import org.efferent.filters.loop.ClosedLoop.Finished;
import org.efferent.filters.loop.ClosedLoop.Phase;
import org.efferent.filters.loop.DecoderTraining.Trained;
import org.efferent.filters.task.RadialTargets;
import org.efferent.filters.task.TaskFigures;
import org.efferent.filters.task.TaskOptions;
import org.junit.jupiter.api.Test;

/** Neurons that change while a decoder steers, and what is done about it. */
class UpkeepTest {
  private static final double BIN = 0.05;
  private static final double CHANGE = 60;
  private static final LoopSetup SETUP =
      new LoopSetup(
          new TaskOptions(BIN, 0.3, 5, true, false),
          seed -> new RadialTargets(8, 12, 2.4, seed),
          18,
          15);
  private static final Upkeep BIAS = new Upkeep(10, Double.NaN);
  private static final Upkeep BLOCKS = new Upkeep(Double.NaN, 20);

  /** What becomes of the first four features. */
  private enum Change {
    NONE,
    BASELINE,
    TURNED;

    private void apply(double[] row) {
      for (int c = 0; c < 4; c++) {
        row[c] =
            switch (this) {
              case NONE -> row[c];
              case BASELINE -> row[c] + 2;
              case TURNED -> 10 - row[c];
            };
      }
    }
  }

  private static Optional<Adaptation> by(Kind kind) {
    return Optional.of(new Adaptation(kind, 15, 30));
  }

  private static LoopOptions options(Optional<Adaptation> adaptation, Upkeep upkeep) {
    return new LoopOptions(
        CalibrationBlock.standard(25, 10, Assist.Kind.BLEND),
        SETUP,
        SETUP,
        4,
        0.2,
        adaptation,
        upkeep);
  }

  private static DecoderTraining training(DecoderRecipe recipe) {
    return new DecoderTraining(recipe, SETUP, () -> LinearUser::intend, 0.8, 0.05, 1);
  }

  private static ClosedLoop loop(Optional<Adaptation> adaptation, Upkeep upkeep) {
    DecoderRecipe recipe = DecoderRecipe.of(FilterKind.KALMAN, 4);
    return new ClosedLoop(options(adaptation, upkeep), training(recipe), recipe, 2);
  }

  private static void step(ClosedLoop loop, LinearUser user, Change change) {
    double[] row = user.features(loop);
    if (loop.seconds() >= CHANGE) {
      change.apply(row);
    }
    loop.step(row);
  }

  private static TaskFigures later(Optional<Adaptation> adaptation, Upkeep upkeep, Change change) {
    ClosedLoop loop = loop(adaptation, upkeep);
    LinearUser user = new LinearUser(1.5, 3);
    while (loop.seconds() < 240) {
      step(loop, user, change);
    }
    return figures(loop, 120);
  }

  private static TaskFigures figures(ClosedLoop loop, double from) {
    return TaskFigures.of(
        loop.finished().stream().filter(f -> f.endSeconds() >= from).map(Finished::trial).toList(),
        1);
  }

  @Test
  void aCalibrationMayBlend() {
    assertThat(
            options(Optional.empty(), Upkeep.NONE).calibration().stream()
                .map(CalibrationBlock::assist))
        .containsExactly(Assist.NONE, Assist.blend(0.75), Assist.blend(0.5), Assist.blend(0.25));
    ClosedLoop loop = loop(Optional.empty(), Upkeep.NONE);
    LinearUser user = new LinearUser(1.5, 3);
    while (loop.phase() != Phase.ASSISTED || loop.seconds() < 27) {
      step(loop, user, Change.NONE);
    }
    double[] place = loop.place();
    double[] decoded = loop.velocity();
    double[] moved = new double[2];
    double[] goal = {loop.target().x(), loop.target().y()};
    // The target is the same as in the last bin: a trial takes longer than one.
    Assist.blend(0.75).apply(decoded, place, goal, 1.2, Double.NaN, moved);
    assertThat(loop.moved()).containsExactly(moved);
    assertThat(moved).isNotEqualTo(decoded);
  }

  @Test
  void aDriftIsTakenOutOfTheVelocity() {
    assertThat(later(Optional.empty(), Upkeep.NONE, Change.BASELINE).success()).isLessThan(0.4);
    TaskFigures corrected = later(Optional.empty(), BIAS, Change.BASELINE);
    assertThat(corrected.success()).isGreaterThan(0.9);
    TaskFigures untouched = later(Optional.empty(), Upkeep.NONE, Change.NONE);
    assertThat(corrected.medianAcquisitionSeconds())
        .isLessThan(1.2 * untouched.medianAcquisitionSeconds());
    // Where there is no drift it does no harm.
    assertThat(later(Optional.empty(), BIAS, Change.NONE).medianAcquisitionSeconds())
        .isLessThan(1.1 * untouched.medianAcquisitionSeconds());
  }

  @Test
  void zScoresByBlockFollowBaselines() {
    double without = later(Optional.empty(), Upkeep.NONE, Change.BASELINE).success();
    double with = later(Optional.empty(), BLOCKS, Change.BASELINE).success();
    assertThat(with).isGreaterThan(without + 0.3);
    assertThat(later(Optional.empty(), new Upkeep(10, 20), Change.BASELINE).success())
        .isGreaterThan(0.9);
    assertThat(later(Optional.empty(), BLOCKS, Change.NONE).success()).isGreaterThan(0.95);
  }

  @Test
  void aBlockOfZScoresThatAPauseInterruptsBeginsAnew() {
    ClosedLoop loop = loop(Optional.empty(), BLOCKS);
    LinearUser user = new LinearUser(1.5, 3);
    while (loop.phase() != Phase.RUNNING) {
      step(loop, user, Change.NONE);
    }
    for (int i = 0; i < 399; i++) {
      step(loop, user, Change.NONE);
    }
    double[] before = zScoreMean(loop);
    for (int i = 0; i < 100; i++) {
      loop.hold(new double[LinearUser.CHANNELS]);
    }
    for (int i = 0; i < 399; i++) {
      step(loop, user, Change.NONE);
    }
    assertThat(zScoreMean(loop)).containsExactly(before);
    step(loop, user, Change.NONE);
    assertThat(zScoreMean(loop)).isNotEqualTo(before);
    // 5, without the zeros of the pause among them.
    for (double mean : zScoreMean(loop)) {
      assertThat(mean).isBetween(4.6, 5.4);
    }
  }

  private static double[] zScoreMean(ClosedLoop loop) {
    return loop.versions().orElseThrow().current().value().decoder().zScore().mean();
  }

  @Test
  void parametersFollowNeuronsThatTurn() {
    assertThat(later(Optional.empty(), Upkeep.NONE, Change.TURNED).success()).isLessThan(0.5);
    for (Kind kind : new Kind[] {Kind.SMOOTH_BATCH, Kind.RML}) {
      for (Change change : Change.values()) {
        assertThat(later(by(kind), Upkeep.NONE, change).success())
            .as("%s, %s", kind, change)
            .isGreaterThan(0.95);
      }
    }
  }

  @Test
  void whileFrozenNothingChanges() {
    for (Kind kind : Kind.values()) {
      ClosedLoop plain = loop(Optional.empty(), Upkeep.NONE);
      ClosedLoop kept = loop(by(kind), kind == Kind.ROWS ? new Upkeep(10, 20) : BIAS);
      LinearUser one = new LinearUser(1.5, 3);
      LinearUser two = new LinearUser(1.5, 3);
      while (plain.seconds() < 110) {
        kept.versions().ifPresent(v -> v.freeze(v.current().number() == 4));
        step(plain, one, Change.TURNED);
        step(kept, two, Change.TURNED);
        assertThat(kept.velocity()).as(kind.id()).containsExactly(plain.velocity());
      }
      kept.versions().orElseThrow().freeze(false);
      while (plain.seconds() < 150) {
        step(plain, one, Change.TURNED);
        step(kept, two, Change.TURNED);
      }
      assertThat(kept.cursorX()).as(kind.id()).isNotEqualTo(plain.cursorX());
    }
  }

  @Test
  void whatWasAdaptedIsRolledBackAndGoesOnFromThere() {
    for (Kind kind : new Kind[] {Kind.SMOOTH_BATCH, Kind.RML}) {
      ClosedLoop loop = loop(by(kind), Upkeep.NONE);
      LinearUser user = new LinearUser(1.5, 3);
      while (loop.seconds() < 120) {
        step(loop, user, Change.TURNED);
      }
      Versions<Trained> versions = loop.versions().orElseThrow();
      assertThat(versions.current().note()).startsWith(kind.id() + "; accepted; angle=");
      assertThat(versions.current().number()).isGreaterThan(5);
      double[] turned = turned(versions);
      long last = versions.current().number();
      while (versions.current().number() > 4) {
        versions.rollback();
      }
      double[] first = turned(versions);
      assertThat(versions.current().note()).isEqualTo("calibration, block 4");
      while (versions.current().number() <= last) {
        step(loop, user, Change.TURNED);
      }
      // What was learned after the decoder that was rolled back to is forgotten, too.
      assertThat(product(turned, first)).as(kind.id()).isNegative();
      assertThat(product(turned(versions), first))
          .as(kind.id())
          .isGreaterThan(0.5 * product(turned, first));
      // From a decoder for neurons as they were it finds to those that are there.
      while (loop.seconds() < 240) {
        step(loop, user, Change.TURNED);
      }
      assertThat(versions.current().number()).as(kind.id()).isGreaterThan(8);
      assertThat(figures(loop, 180).success()).as(kind.id()).isGreaterThan(0.9);
    }
  }

  /** What the filter in use believes of the features that turn. */
  private static double[] turned(Versions<Trained> versions) {
    CursorDecoder filter = versions.current().value().decoder().decoder();
    return Arrays.copyOf(filter.kalmanFilter().orElseThrow().observation(), 8);
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Made of a decoder that was rolled back meanwhile. */
  @Test
  void aFilterOfAnotherDecoderIsRefused() {
    DecoderRecipe recipe = DecoderRecipe.of(FilterKind.KALMAN, 4);
    int refusedAfterRollback = 0;
    try (ClosedLoop loop =
        ClosedLoop.recorded(
            options(by(Kind.RML), Upkeep.NONE), training(recipe), recipe, 2, s -> s % 200 == 0)) {
      LinearUser user = new LinearUser(1.5, 3);
      while (loop.seconds() < 200) {
        boolean last = loop.phase() == Phase.RUNNING && loop.steps() % 200 == 199;
        if (last && loop.versions().orElseThrow().canRollBack()) {
          loop.versions().orElseThrow().rollback();
          long number = loop.versions().orElseThrow().current().number();
          long refused = loop.versions().orElseThrow().refused();
          step(loop, user, Change.NONE);
          if (loop.taken()) {
            refusedAfterRollback++;
            assertThat(loop.versions().orElseThrow().refused()).isEqualTo(refused + 1);
          }
          assertThat(loop.versions().orElseThrow().current().number()).isEqualTo(number);
        } else {
          step(loop, user, Change.NONE);
        }
      }
    }
    assertThat(refusedAfterRollback).isPositive();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    DecoderRecipe other = DecoderRecipe.of(FilterKind.DKF_NW, 4);
    assertThatThrownBy(
            () ->
                new ClosedLoop(
                    options(by(Kind.SMOOTH_BATCH), Upkeep.NONE), training(other), other, 2))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "adaptation by smooth-batch updates the parameters of a kalman filter of single bins;"
                + " filter=dkf-nw, lags=1: adapt by rows, which serves every filter");
    FilterSpec lagged = FilterSpec.of(FilterKind.KALMAN).withLags(3);
    DecoderRecipe lags = DecoderRecipe.of(FilterKind.KALMAN, 4).withFilter(lagged);
    assertThatThrownBy(
            () -> new ClosedLoop(options(by(Kind.RML), Upkeep.NONE), training(lags), lags, 2))
        .hasMessageContaining("filter=kalman, lags=3");
    assertThatThrownBy(() -> options(by(Kind.RML), BLOCKS))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "adaptation by rml follows baselines itself, which z-scores by block would move under"
                + " it; zScoreSeconds=20.0: choose one of them");
    assertThatThrownBy(() -> new Upkeep(0, Double.NaN))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "a bias has a half-life above 0 s and a block of z-scores lasts 5 s to an hour;"
                + " biasHalfLifeSeconds=0.0, zScoreSeconds=NaN");
    assertThatThrownBy(() -> new Upkeep(10, 4)).hasMessageContaining("zScoreSeconds=4.0");
  }
}
