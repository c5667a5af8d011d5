package org.efferent.filters.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.filters.FilterKind;
import org.efferent.filters.click.ClickDecoder;
import org.efferent.filters.click.ClickFile;
import org.efferent.filters.click.ClickTraining;
import org.efferent.filters.loop.CalibrationBlock;
import org.efferent.filters.loop.ClosedLoop;
import org.efferent.filters.loop.DecoderRecipe;
import org.efferent.filters.loop.DecoderTraining;
import org.efferent.filters.loop.LinearUser;
import org.efferent.filters.loop.LoopOptions;
import org.efferent.filters.loop.LoopSetup;
import org.efferent.filters.loop.SessionDecoderFile;
import org.efferent.filters.task.RadialTargets;
import org.efferent.filters.task.TaskOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clicks learned from a session's folder, and used in the next session with its decoder. */
class SessionClickTest {
  private static final double BIN = 0.05;
  private static final double DWELL = 3;
  private static final Set<SessionState> OPEN = Set.of(SessionState.CALIBRATING_OPEN);

  @TempDir Path folder;

  /** A user with one more feature, which rises while the cursor is on the target. */
  private static final class ClickingUser {
    private final LinearUser user = new LinearUser(2, 3);
    private final SplittableRandom random = new SplittableRandom(4);

    double[] features(ClosedLoop loop) {
      double[] row = Arrays.copyOf(user.features(loop), LinearUser.CHANNELS + 1);
      row[LinearUser.CHANNELS] = (onTarget(loop) ? 6 : 0) + random.nextGaussian();
      return row;
    }

    static boolean onTarget(ClosedLoop loop) {
      return loop.target().contains(loop.cursorX(), loop.cursorY());
    }
  }

  private static List<String> labels() {
    List<String> labels = new ArrayList<>(Fixture.LABELS);
    labels.add("squeeze");
    return labels;
  }

  private static LoopSetup setup(double hold) {
    return new LoopSetup(
        new TaskOptions(BIN, hold, 8, true, false),
        seed -> new RadialTargets(8, 12, 2.4, seed),
        18,
        15);
  }

  private static ClosedLoop loop(double hold, ClosedLoop.Start start) {
    LoopOptions options =
        new LoopOptions(
            CalibrationBlock.standard(60, 10), setup(0.3), setup(hold), 4, 0.2, Optional.empty());
    DecoderRecipe recipe = DecoderRecipe.of(FilterKind.KALMAN, 4);
    DecoderTraining training =
        new DecoderTraining(recipe, setup(hold), () -> LinearUser::intend, 0.8, 0.05, 1);
    return start == null
        ? new ClosedLoop(options, training, recipe, 2)
        : ClosedLoop.live(options, training, recipe, 2, start);
  }

  private static CursorSession session(ClosedLoop loop, Optional<Clicks> clicks) {
    return new CursorSession(
        loop,
        WatchdogOptions.DEFAULTS,
        clicks,
        BIN,
        IntStream.rangeClosed(0, LinearUser.CHANNELS).mapToObj(c -> "u" + c).toList(),
        () -> System.nanoTime() / 1e9);
  }

  private static BinInput bin(CursorSession session, double[] features) {
    return new BinInput(
        session.bins() * BIN,
        session.bins() * BIN,
        features,
        0,
        session.bins() == 0 ? Set.of(Command.START) : Set.of());
  }

  /** A calibration, recorded; every hundredth bin has a value that is not finite. */
  private SessionDecoderFile record(Path into, List<String> labels) {
    ClickingUser user = new ClickingUser();
    try (CursorSession session = session(loop(0.3, null), Optional.empty());
        SessionRecorder recorder =
            new SessionRecorder(into.resolve(SessionRecorder.FILE), labels, BIN)) {
      while (session.state() != SessionState.RUNNING) {
        double[] features = user.features(session.loop());
        if (session.bins() % 100 == 50) {
          features[3] = Double.NaN;
        }
        double[] row = session.step(bin(session, features));
        recorder.add(session.bins() * BIN, row, session.events());
      }
      return SessionDecoderFile.of(
          session.loop().versions().orElseThrow().current().value(), labels, "Units");
    }
  }

  @ParameterizedTest
  @EnumSource(ClickDecoder.Kind.class)
  void aClickOfARecordedCalibrationSelectsBeforeTheDwell(ClickDecoder.Kind kind) {
    SessionDecoderFile saved = record(folder, labels());
    ClickRows rows = new ClickRows();
    rows.add(folder, OPEN);
    assertThat(rows.rows() + rows.skipped()).isBetween(1199, 1201);
    assertThat(rows.skipped()).isEqualTo(12);
    assertThat(rows.labels()).isEqualTo(labels());
    assertThat(rows.clicks()).isBetween(150, rows.rows() / 2);
    ClickTraining.Result trained = rows.train(kind, 0.01);
    assertThat(trained.heldOut()).isBetween(355, 361);
    assertThat(trained.accuracy()).isGreaterThan(0.95);
    assertThat(trained.falseShare()).isLessThanOrEqualTo(0.01);
    assertThat(trained.missedShare()).isLessThan(0.2);

    Path click = folder.resolve("click.safetensors");
    ClickFile.save(trained.decoder(), click, false);
    Path decoder = folder.resolve("decoder.safetensors");
    saved.save(decoder, false);
    int clicked = selections(decoder, Optional.of(new Clicks(ClickFile.load(click), 0.5)), DWELL);
    int dwelt = selections(decoder, Optional.empty(), Double.POSITIVE_INFINITY);
    assertThat(clicked).as("with clicks").isGreaterThan(15);
    assertThat(clicked).as("with clicks, and without").isGreaterThan(2 * dwelt);
  }

  /** Targets selected in 40 s, none of which the cursor stayed on for as long as {@code most}. */
  private static int selections(Path decoder, Optional<Clicks> clicks, double most) {
    ClickingUser user = new ClickingUser();
    ClosedLoop.Start start =
        new ClosedLoop.Start(SessionDecoderFile.load(decoder).trained(), "loaded");
    int acquired = 0;
    try (CursorSession session = session(loop(DWELL, start), clicks)) {
      int on = 0;
      for (int i = 0; i < 800; i++) {
        boolean inside = ClickingUser.onTarget(session.loop());
        on = inside ? on + 1 : 0;
        session.step(bin(session, user.features(session.loop())));
        assertThat(session.state()).isEqualTo(SessionState.RUNNING);
        if (i == 0) {
          assertThat(session.events()).contains("state running", "decoder 1 loaded");
        }
        if (session.ended().filter(t -> t.acquired()).isPresent()) {
          acquired++;
          assertThat((on - 1) * BIN).isLessThan(most);
        }
        on = session.ended().isPresent() ? 0 : on;
      }
    }
    return acquired;
  }

  @Test
  void whatCannotTeachAClickIsRefused() {
    record(folder, labels());
    ClickRows few = new ClickRows();
    few.add(folder, Set.of(SessionState.RUNNING));
    assertThatThrownBy(() -> few.train(ClickDecoder.Kind.LDA, 0.01))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a click needs at least 100 bins on the target and as many off it; on=%d, off=%d: record for longer, or name more sessions or states"
                .formatted(few.clicks(), few.rows() - few.clicks()));
    assertThat(few.rows()).isLessThan(10);
    List<String> others = labels();
    others.set(2, "EMG");
    Path second = folder.resolve("second");
    assertThat(second.toFile().mkdir()).isTrue();
    record(second, others);
    ClickRows both = new ClickRows();
    both.add(folder, OPEN);
    assertThatThrownBy(() -> both.add(second, OPEN))
        .isInstanceOf(InputException.class)
        .hasMessage(
            second
                + ": sessions that train a click together must have the same features; feature 3 is"
                + " 'u2' in the first and 'EMG' here: train on one montage at a time");
    assertThatThrownBy(() -> both.add(second.resolve("none"), OPEN))
        .isInstanceOf(InputException.class)
        .hasMessage(second.resolve("none") + ": is no folder of a session: it has no bins.xdf");
  }
}
