package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.efferent.acquisition.SimulatedUnits;
import org.efferent.acquisition.SimulatedUser;
import org.efferent.acquisition.UserOptions;
import org.efferent.core.UsageException;
import org.efferent.filters.loop.ClosedLoop;
import org.efferent.filters.loop.DecoderRecipe;
import org.efferent.filters.loop.DecoderTraining;
import org.efferent.filters.loop.LoopOptions;
import org.efferent.filters.loop.LoopSetup;
import org.efferent.filters.loop.OpenLoopQuality;
import org.efferent.filters.loop.UserModel;
import org.efferent.filters.loop.VelocityDecoder;
import org.efferent.filters.task.TaskFigures;
import org.efferent.filters.task.TrialBlock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cursor simulate}: a closed-loop session with a simulated user, in simulated time. */
@Command(
    name = "simulate",
    description =
        "A closed-loop session with a simulated user, from calibration to a score, in simulated time.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent cursor simulate --task radial8 --filter dkf-nw --minutes 5 --seed 3",
      "",
      "Gain and smoothing are chosen on bins of the calibration, by steering in the head with a model",
      "user of standard habits, whatever the habits of the simulated one."
    })
final class CursorSimulateCommand implements Callable<Integer> {
  @Mixin private SimulatedTaskOptions task;
  @Mixin private SimulatedDecoderOptions decoder;
  @Mixin private SimulatedUserOptions user;
  @Mixin private OutputOptions output;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "In all, the calibration included (default: ${DEFAULT-VALUE}).")
  private double minutes = 5;

  @Option(
      names = "--seed",
      description = "Of units, spikes and targets (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--score-from",
      paramLabel = "S",
      description =
          "Trials that ended before, since the session began, do not count (default: the"
              + " calibration's end).")
  private double scoreFrom;

  @Option(
      names = "--bad-channel-offset",
      paramLabel = "Z",
      description =
          "After the calibration the most informative channel reads so many standard deviations too"
              + " much (default: ${DEFAULT-VALUE}).")
  private double badChannelOffset;

  @Option(
      names = "--block-seconds",
      paramLabel = "S",
      description = "Figures are given for blocks of this length, too (default: ${DEFAULT-VALUE}).")
  private double blockSeconds = 60;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write report.html, pictures, tables (CSV), figures.json and run.json.")
  private Path out;

  @Option(names = "--force", description = "Replace files that exist.")
  private boolean force;

  @Override
  public Integer call() {
    LoopOptions options = options();
    if (!(minutes <= 600) || minutes * 60 <= options.calibrationSeconds()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "minutes must be more than the calibration takes, %.1f, and at most 600; minutes=%s",
              options.calibrationSeconds() / 60,
              minutes));
    }
    if (!(blockSeconds >= 1)) {
      throw new UsageException(
          "a block of figures must last at least 1 s; blockSeconds=" + blockSeconds);
    }
    if (out != null) {
      RunRecord.folder(out, force);
    }
    UnfilteredError unfiltered = new UnfilteredError(badChannelOffset);
    ClosedLoop loop = run(options, unfiltered);
    TrialBlock all = task.block("all", loop.finished());
    List<TrialBlock> blocks = blocks(all, options.calibrationSeconds());
    Map<String, Object> result =
        result(loop, TrialBlock.session("session", blocks), options.calibrationSeconds());
    result.put("unfilteredAngularError", unfiltered.mean());
    result.putAll(SessionReport.figures(blocks));
    result.put("parameters", parameters());
    if (out != null) {
      new CursorSimulateReport(out, force, seed).write(result, blocks);
      TrialBlock session = TrialBlock.session("session", blocks);
      SimulatedScreen.write(
          SimulatedScreen.last(loop, task, session), out.resolve("screen.png"), force);
      output.note("wrote %s", out);
    }
    output.text("%s", CursorSimulateReport.text(result));
    output.result(result);
    return 0;
  }

  private LoopOptions options() {
    double bin = user.binSeconds();
    return new LoopOptions(
        task.calibration(),
        task.calibrationSetup(bin, user.topSpeed()),
        task.setup(bin, user.topSpeed()),
        decoder.labelRamp(),
        UserOptions.DEFAULTS.reactionSeconds(),
        decoder.adaptation(),
        decoder.upkeep());
  }

  private ClosedLoop run(LoopOptions options, UnfilteredError unfiltered) {
    double bin = user.binSeconds();
    SplittableRandom seeds = new SplittableRandom(seed);
    SimulatedUnits units = new SimulatedUnits(user.unitsOptions(), seeds.nextLong());
    SimulatedUser person = new SimulatedUser(user.userOptions(), bin);
    LoopSetup setup = options.setup();
    DecoderRecipe recipe = decoder.recipe();
    DecoderTraining training =
        new DecoderTraining(
            recipe,
            setup,
            () -> standardUser(bin),
            decoder.gain(),
            decoder.velocitySmoothing(),
            seeds.nextLong());
    ClosedLoop loop = new ClosedLoop(options, training, recipe, seeds.nextLong());
    double[] wanted = new double[2];
    double[] counts = new double[units.size()];
    long bins = Math.round(minutes * 60 / bin);
    for (long t = 0; t < bins; t++) {
      person.intend(loop.cursorX(), loop.cursorY(), loop.target().x(), loop.target().y(), wanted);
      units.fire(wanted[0], wanted[1], counts);
      unfiltered.spoil(loop, counts);
      loop.step(counts);
      unfiltered.compare(loop, wanted);
    }
    return loop;
  }

  /** What the decoder's maker takes the user for: the defaults, not the options of this run. */
  private static UserModel standardUser(double bin) {
    SimulatedUser model = new SimulatedUser(UserOptions.DEFAULTS, bin);
    return model::intend;
  }

  private List<TrialBlock> blocks(TrialBlock all, double calibrationSeconds) {
    List<TrialBlock> blocks = new ArrayList<>();
    double begin = Math.max(scoreFrom, calibrationSeconds);
    for (double from = begin; from < minutes * 60 - 1e-9; from += blockSeconds) {
      blocks.add(all.between("block " + (blocks.size() + 1), from, from + blockSeconds));
    }
    return blocks;
  }

  private Map<String, Object> result(
      ClosedLoop loop, TrialBlock session, double calibrationSeconds) {
    TaskFigures figures = session.figures();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("task", task.kind().id());
    result.put("trials", figures.trials());
    result.put("success", figures.success());
    result.put("medianAcquisitionSeconds", figures.medianAcquisitionSeconds());
    result.put("bitsPerSecond", figures.bitsPerSecond());
    result.put("pathEfficiency", figures.pathEfficiency());
    session
        .typing()
        .ifPresent(
            typed -> result.put("correctCharactersPerMinute", typed.correctCharactersPerMinute()));
    result.put("calibrationSeconds", calibrationSeconds);
    result.put("filter", decoder.kind().id());
    result.put("seed", seed);
    OpenLoopQuality quality = loop.openLoopQuality().orElseThrow();
    result.put("openLoop", Map.of("r2", quality.r2(), "angularError", quality.angularError()));
    result.put("decoder", decoder(loop));
    return result;
  }

  private static Map<String, Object> decoder(ClosedLoop loop) {
    var versions = loop.versions().orElseThrow();
    DecoderTraining.Trained trained = versions.current().value();
    VelocityDecoder.Control control = trained.decoder().control();
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("gain", control.gain());
    said.put("velocitySmoothing", control.smoothingSeconds());
    said.put("featureSmoothing", trained.featureSmoothing());
    said.put("scale", control.scale());
    said.put("rows", trained.rows());
    said.put("heldOutAngularError", trained.angularError());
    said.put("hyperparameters", trained.decoder().decoder().hyperparameters());
    said.put("version", versions.current().number());
    said.put("refused", versions.refused());
    said.put("fallbacks", trained.decoder().decoder().fallbacks());
    said.put("repairs", trained.decoder().decoder().repairs());
    return said;
  }

  private Map<String, Object> parameters() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("minutes", minutes);
    all.put("scoreFrom", scoreFrom);
    all.put("blockSeconds", blockSeconds);
    all.put("badChannelOffset", badChannelOffset);
    user.describe(all);
    task.describe(all);
    decoder.describe(all);
    return all;
  }
}
