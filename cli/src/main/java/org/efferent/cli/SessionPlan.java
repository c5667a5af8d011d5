package org.efferent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.efferent.acquisition.SimulatedUser;
import org.efferent.acquisition.UserOptions;
import org.efferent.core.InputException;
import org.efferent.core.LocalClock;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.filters.click.ClickDecoder;
import org.efferent.filters.click.ClickFile;
import org.efferent.filters.loop.ClosedLoop;
import org.efferent.filters.loop.DecoderRecipe;
import org.efferent.filters.loop.DecoderTraining;
import org.efferent.filters.loop.LoopOptions;
import org.efferent.filters.loop.LoopSetup;
import org.efferent.filters.loop.SessionDecoderFile;
import org.efferent.filters.loop.UserModel;
import org.efferent.filters.loop.VelocityDecoder;
import org.efferent.filters.session.Clicks;
import org.efferent.filters.session.CursorSession;
import org.efferent.filters.session.WatchdogOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All that determines a live session, so that it can be made again from its arguments. */
final class SessionPlan {
  /** Copy of the decoder that a session began with, in its folder. */
  static final String START = "start.safetensors";

  /** Copy of the click decoder, in its folder. */
  static final String CLICK = "click.safetensors";

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
          "Speed of the cursor where the user wants all of it (default: that of --decoder, else"
              + " 15).")
  private Double topSpeed;

  @Option(
      names = "--decoder",
      paramLabel = "FILE",
      description =
          "Begin with the task, without calibration, with a decoder that a session left"
              + " (decoder.safetensors in its folder). Its filter and top speed are used; --filter is"
              + " not needed. Features and bins must be those that it was trained on.")
  private Path start;

  @Option(
      names = "--click",
      paramLabel = "FILE",
      description =
          "A click decoder, as cursor click saves it; clicks select besides staying (default: staying"
              + " alone).")
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

  private SessionDecoderFile started;
  private ClickDecoder clicks;

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

  Optional<Path> start() {
    return Optional.ofNullable(start);
  }

  /** Takes the decoders that a session kept in its folder in place of those that it was given. */
  void use(Path folder) {
    start = start == null ? null : kept(folder.resolve(START));
    click = click == null ? null : kept(folder.resolve(CLICK));
  }

  private static Path kept(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file
              + ": is missing; the session was given it, and is not repeated without it: copy it"
              + " there");
    }
    return file;
  }

  /** Keeps the decoders that it begins with in a session's folder, so that it can be repeated. */
  void keep(Path folder) {
    if (started != null) {
      started.save(folder.resolve(START), false);
    }
    if (clicks != null) {
      ClickFile.save(clicks, folder.resolve(CLICK), false);
    }
  }

  /** Reads the decoders that it begins with, once. */
  private void load() {
    if (start != null && started == null) {
      started = SessionDecoderFile.load(start);
      started.checkBin(start, binSeconds);
      VelocityDecoder saved = started.trained().decoder();
      decoder.use(saved.decoder().kind(), InputFiles.name(start));
      if (topSpeed != null && topSpeed != saved.topSpeed()) {
        throw new UsageException(
            "%s has the top speed %s; --top-speed %s differs: leave --top-speed out"
                .formatted(InputFiles.name(start), saved.topSpeed(), topSpeed));
      }
      topSpeed = saved.topSpeed();
    }
    if (click != null && clicks == null) {
      clicks = ClickFile.load(click);
    }
  }

  private double topSpeed() {
    return topSpeed == null ? UserOptions.DEFAULTS.topSpeed() : topSpeed;
  }

  /** Checks what can be checked before a stream is looked for. */
  void check() {
    load();
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

  /** How long the calibration takes; 0 where there is none. */
  double calibrationSeconds() {
    return start == null ? loopOptions().calibrationSeconds() : 0;
  }

  LoopOptions loopOptions() {
    return new LoopOptions(
        task.calibration(),
        task.calibrationSetup(binSeconds, topSpeed()),
        task.setup(binSeconds, topSpeed()),
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
    load();
    if (started != null) {
      started.check(start, features, binSeconds);
    }
    if (clicks != null && clicks.discriminant().inputs() != features.size()) {
      throw new InputException(
          "%s: a click decoder reads the features that it was trained on; it has %d, the session %d: choose the same stream and features, or train anew with cursor click"
              .formatted(InputFiles.name(click), clicks.discriminant().inputs(), features.size()));
    }
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
    return new CursorSession(
        loop(options, training, recipe, targets, taken),
        watchdog(),
        Optional.ofNullable(clicks).map(c -> new Clicks(c, refractory)),
        binSeconds,
        features,
        LocalClock.SYSTEM::seconds);
  }

  private ClosedLoop loop(
      LoopOptions options,
      DecoderTraining training,
      DecoderRecipe recipe,
      long targets,
      LongPredicate taken) {
    if (started == null) {
      return taken == null
          ? ClosedLoop.live(options, training, recipe, targets)
          : ClosedLoop.recorded(options, training, recipe, targets, taken);
    }
    ClosedLoop.Start first = new ClosedLoop.Start(started.trained(), "loaded");
    return taken == null
        ? ClosedLoop.live(options, training, recipe, targets, first)
        : ClosedLoop.recorded(options, training, recipe, targets, first, taken);
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
    all.put("topSpeed", topSpeed());
    all.put("decoder", start == null ? null : start.toString());
    all.put("click", click == null ? null : click.toString());
    all.put("watchdogHold", hold);
    all.put("watchdogFade", fade);
    all.put("refractory", refractory);
    task.describe(all);
    decoder.describe(all);
    return all;
  }
}
