package org.efferent.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.efferent.acquisition.SimulatedUser;
import org.efferent.acquisition.UserOptions;
import org.efferent.core.LocalClock;
import org.efferent.core.UsageException;
import org.efferent.filters.click.ClickFile;
import org.efferent.filters.loop.ClosedLoop;
import org.efferent.filters.loop.DecoderRecipe;
import org.efferent.filters.loop.DecoderTraining;
import org.efferent.filters.loop.LoopOptions;
import org.efferent.filters.loop.LoopSetup;
import org.efferent.filters.loop.UserModel;
import org.efferent.filters.session.Clicks;
import org.efferent.filters.session.CursorSession;
import org.efferent.filters.session.WatchdogOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All that determines a live session, so that it can be made again from its arguments. */
final class SessionPlan {
  @Mixin private SimulatedTaskOptions task;
  @Mixin private SimulatedDecoderOptions decoder;

  @Option(
      names = "--bin-seconds",
      paramLabel = "S",
      description = "Length of a bin (default: ${DEFAULT-VALUE}).")
  private double binSeconds = 0.02;

  @Option(
      names = "--top-speed",
      paramLabel = "CM/S",
      description =
          "Speed of the cursor where the user wants all of it (default: ${DEFAULT-VALUE}).")
  private double topSpeed = UserOptions.DEFAULTS.topSpeed();

  @Option(
      names = "--click",
      paramLabel = "FILE",
      description = "A click decoder; clicks select besides staying (default: staying alone).")
  private Path click;

  @Option(
      names = "--refractory",
      paramLabel = "S",
      description = "After a click, until there can be another (default: ${DEFAULT-VALUE}).")
  private double refractory = 0.5;

  @Option(
      names = "--watchdog-hold",
      paramLabel = "S",
      description =
          "Since the last bin, for which the velocity is held when data are late (default:"
              + " ${DEFAULT-VALUE}).")
  private double hold = WatchdogOptions.DEFAULTS.holdSeconds();

  @Option(
      names = "--watchdog-fade",
      paramLabel = "S",
      description = "In which it then fades to zero (default: ${DEFAULT-VALUE}).")
  private double fade = WatchdogOptions.DEFAULTS.fadeSeconds();

  @Option(names = "--seed", description = "Of targets and training (default: ${DEFAULT-VALUE}).")
  private long seed;

  SimulatedTaskOptions task() {
    return task;
  }

  SimulatedDecoderOptions decoder() {
    return decoder;
  }

  double binSeconds() {
    return binSeconds;
  }

  long seed() {
    return seed;
  }

  Optional<Path> click() {
    return Optional.ofNullable(click);
  }

  /** Checks what can be checked before a stream is looked for. */
  void check() {
    loopOptions();
    decoder.recipe();
    watchdog();
    if (!(refractory >= 0 && refractory <= 60)) {
      throw new UsageException(
          "--refractory must lie in 0 to 60 seconds; refractory=" + refractory);
    }
  }

  private WatchdogOptions watchdog() {
    return new WatchdogOptions(hold, fade, WatchdogOptions.DEFAULTS.freshSeconds());
  }

  LoopOptions loopOptions() {
    return new LoopOptions(
        task.calibration(),
        task.calibrationSetup(binSeconds, topSpeed),
        task.setup(binSeconds, topSpeed),
        decoder.labelRamp(),
        UserOptions.DEFAULTS.reactionSeconds(),
        decoder.adaptation(),
        decoder.upkeep());
  }

  /** A session that trains beside. */
  CursorSession live(List<String> features) {
    return session(features, null);
  }

  /** The session once more; decoders come into use at given steps. */
  CursorSession recorded(List<String> features, LongPredicate taken) {
    return session(features, taken);
  }

  private CursorSession session(List<String> features, LongPredicate taken) {
    LoopOptions options = loopOptions();
    LoopSetup setup = options.setup();
    DecoderRecipe recipe = decoder.recipe();
    SplittableRandom seeds = new SplittableRandom(seed);
    DecoderTraining training =
        new DecoderTraining(
            recipe,
            setup,
            this::standardUser,
            decoder.gain(),
            decoder.velocitySmoothing(),
            seeds.nextLong());
    long targets = seeds.nextLong();
    Optional<Clicks> clicks = click().map(file -> new Clicks(ClickFile.load(file), refractory));
    ClosedLoop loop =
        taken == null
            ? ClosedLoop.live(options, training, recipe, targets)
            : ClosedLoop.recorded(options, training, recipe, targets, taken);
    return new CursorSession(
        loop, watchdog(), clicks, binSeconds, features, LocalClock.SYSTEM::seconds);
  }

  /** What the decoder's maker takes the user for. */
  private UserModel standardUser() {
    SimulatedUser model = new SimulatedUser(UserOptions.DEFAULTS, binSeconds);
    return model::intend;
  }

  Map<String, Object> parameters() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("task", task.kind().id());
    all.put("filter", decoder.kind().id());
    all.put("binSeconds", binSeconds);
    all.put("topSpeed", topSpeed);
    all.put("watchdogHold", hold);
    all.put("watchdogFade", fade);
    all.put("refractory", refractory);
    task.describe(all);
    decoder.describe(all);
    return all;
  }
}
