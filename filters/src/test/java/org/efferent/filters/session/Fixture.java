package org.efferent.filters.session;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.efferent.filters.FilterKind;
import org.efferent.filters.calibration.Assist;
import org.efferent.filters.loop.Adaptation;
import org.efferent.filters.loop.CalibrationBlock;
import org.efferent.filters.loop.ClosedLoop;
import org.efferent.filters.loop.DecoderRecipe;
import org.efferent.filters.loop.DecoderTraining;
import org.efferent.filters.loop.LinearUser;
import org.efferent.filters.loop.LoopOptions;
import org.efferent.filters.loop.LoopSetup;
import org.efferent.filters.loop.Upkeep;
import org.efferent.filters.task.RadialTargets;
import org.efferent.filters.task.TaskOptions;

/** A short session with bins of 50 ms and a user who is easy to decode. */
final class Fixture {
  static final double BIN = 0.05;
  static final List<String> LABELS =
      IntStream.range(0, LinearUser.CHANNELS).mapToObj(c -> "u" + c).toList();
  private static final LoopSetup SETUP =
      new LoopSetup(
          new TaskOptions(BIN, 0.3, 5, true, false),
          seed -> new RadialTargets(8, 12, 2.4, seed),
          18,
          15);
  private static final DecoderRecipe STANDARD = DecoderRecipe.of(FilterKind.DKF_NW, 4);
  private static final DecoderRecipe RECIPE =
      new DecoderRecipe(
          STANDARD.filter(), 0, List.of(0.1), 4, 10, DecoderRecipe.Labels.TOWARDS, 4, 0.3, 20_000);

  private Fixture() {}

  private static LoopOptions options() {
    return new LoopOptions(
        CalibrationBlock.standard(30, 10),
        SETUP,
        SETUP,
        4,
        0.2,
        Optional.of(new Adaptation(10, 60)));
  }

  private static DecoderTraining training() {
    return new DecoderTraining(RECIPE, SETUP, () -> LinearUser::intend, 0.8, 0.05, 1);
  }

  static CursorSession simulated() {
    return session(new ClosedLoop(options(), training(), RECIPE, 2));
  }

  static CursorSession live() {
    return session(ClosedLoop.live(options(), training(), RECIPE, 2));
  }

  static CursorSession recorded(LongPredicate taken) {
    return session(ClosedLoop.recorded(options(), training(), RECIPE, 2, taken));
  }

  /** A kalman filter that is kept up; decoders come into use at given steps. */
  static CursorSession kept(Adaptation adaptation, Upkeep upkeep, LongPredicate taken) {
    DecoderRecipe recipe = DecoderRecipe.of(FilterKind.KALMAN, 4);
    DecoderTraining training =
        new DecoderTraining(recipe, SETUP, () -> LinearUser::intend, 0.8, 0.05, 1);
    LoopOptions options =
        new LoopOptions(
            CalibrationBlock.standard(30, 10, Assist.Kind.BLEND),
            SETUP,
            SETUP,
            4,
            0.2,
            Optional.of(adaptation),
            upkeep);
    return session(
        taken == null
            ? new ClosedLoop(options, training, recipe, 2)
            : ClosedLoop.recorded(options, training, recipe, 2, taken));
  }

  private static CursorSession session(ClosedLoop loop) {
    return new CursorSession(
        loop,
        WatchdogOptions.DEFAULTS,
        Optional.empty(),
        BIN,
        LABELS,
        () -> System.nanoTime() / 1e9);
  }

  static BinInput bin(CursorSession session, LinearUser user, Command... commands) {
    return new BinInput(
        session.bins() * BIN,
        session.bins() * BIN,
        user.features(session.loop()),
        0,
        Set.of(commands));
  }

  static BinInput late(CursorSession session, Command... commands) {
    return new BinInput(Double.NaN, session.bins() * BIN, null, 0, Set.of(commands));
  }

  @SuppressWarnings("EnumOrdinal") // the order is the format
  static double at(double[] row, BinColumns column) {
    return row[column.ordinal()];
  }

  static double speed(double[] row) {
    return Math.hypot(at(row, BinColumns.MOVED_X), at(row, BinColumns.MOVED_Y));
  }
}
