package org.efferent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.viz.DisplayChoice;
import org.efferent.viz.TaskWindow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code cursor session}: a live session in closed loop. */
@Command(
    name = "session",
    description =
        "A live session in closed loop: calibrates, steers, clicks, adapts, stops safely, and keeps"
            + " every bin.",
    footerHeading = "%nExample:%n",
    footer = {
      "  efferent cursor session --stream Units --task radial8 --filter dkf-nw --out session1",
      "  efferent cursor session --stream Units --task grid \\",
      "    --decoder session1/decoder.safetensors --out session2"
    })
final class CursorSessionCommand implements Callable<Integer> {
  /** File of what a session was, in its folder. */
  static final String FILE = "session.json";

  private static final double MOST_MINUTES = 24 * 60;

  private static final List<String> CALIBRATING = List.of("--open-seconds", "--closed-seconds");
  private static final List<String> TRAINING =
      List.of(
          "--policy",
          "--set",
          "--feature-smoothing",
          "--channels",
          "--components",
          "--clip",
          "--labels",
          "--label-ramp",
          "--skip",
          "--gain",
          "--velocity-smoothing");

  @Mixin private SessionPlan plan;
  @Mixin private SessionFeatures features;
  @Mixin private LslOptions lsl;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Option(
      names = "--stream",
      required = true,
      paramLabel = "NAME|TYPE|PREDICATE",
      description = "The LSL stream of features: a row a bin, or counts that are summed to bins.")
  private String stream;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description =
          "A new folder: bins.xdf, raw.xdf, session.json, tables, pictures, report.html;"
              + " decoder-N.safetensors, each decoder that came into use, and decoder.safetensors, the"
              + " one in use at the end.")
  private Path out;

  @Option(
      names = "--publish",
      paramLabel = "NAME",
      description = "Name of the cursor's stream (default: ${DEFAULT-VALUE}).")
  private String publish = "EfferentCursor";

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description =
          "Of the session's own time, the calibration included; pauses, silences and trainings do not"
              + " count (default: until it is stopped).")
  private double minutes = Double.POSITIVE_INFINITY;

  @Option(
      names = "--wait",
      paramLabel = "S",
      description = "How long to look for the stream (default: ${DEFAULT-VALUE}).")
  private double wait = 10;

  @Option(
      names = "--lost-after",
      paramLabel = "S",
      description =
          "Silence after which the session ends with a fault; until then it waits for the stream to"
              + " come back (default: ${DEFAULT-VALUE}).")
  private double lostAfter = 60;

  @Option(
      names = "--raw",
      negatable = true,
      fallbackValue = "true",
      description =
          "Record the stream, the cursor and the markers, too (default: ${DEFAULT-VALUE}).")
  private boolean raw = true;

  @Option(names = "--headless", description = "No window; the session begins at once.")
  private boolean headless;

  @Option(
      names = "--start",
      description =
          "Begin at once with a window, too; else it waits, paused, until the operator goes on (P).")
  private boolean start;

  @Option(
      names = "--display",
      paramLabel = "N|other",
      description =
          "Display of the task: a number, or the largest other than the operator's (default:"
              + " ${DEFAULT-VALUE}).")
  private String display = "other";

  @Option(names = "--full-screen", description = "The task fills its display.")
  private boolean fullScreen;

  @Option(
      names = "--block-seconds",
      paramLabel = "S",
      description =
          "Figures are told and written after stretches of this length (default: ${DEFAULT-VALUE}).")
  private double blockSeconds = 60;

  @Override
  public Integer call() throws InterruptedException {
    refuseIdle();
    refuseMissing();
    plan.check();
    if (!(minutes > 0) || (minutes > MOST_MINUTES && minutes != Double.POSITIVE_INFINITY)) {
      throw new UsageException("--minutes must lie in 0 to 1440; minutes=" + minutes);
    }
    if (!(wait > 0 && wait <= 86_400) || !(lostAfter >= 1 && lostAfter <= 86_400)) {
      throw new UsageException(
          "--wait and --lost-after must be positive seconds, the latter at least 1; wait="
              + wait
              + ", lost-after="
              + lostAfter);
    }
    double calibration = plan.calibrationSeconds();
    if (minutes * 60 < calibration) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the calibration alone takes %.1f minutes; give --minutes more, shorter --open-seconds"
                  + " and --closed-seconds, or --decoder; minutes=%s",
              calibration / 60,
              minutes));
    }
    if (!headless) {
      TaskWindow.check(DisplayChoice.parse(display));
    }
    if (!(blockSeconds >= 1 && blockSeconds <= 86_400)) {
      throw new UsageException(
          "--block-seconds must lie in 1 to 86400; block-seconds=" + blockSeconds);
    }
    refuseUsedFolder();
    Lsl way = lsl.lsl();
    SessionRun.Settings settings =
        new SessionRun.Settings(
            CursorStream.predicate(stream),
            publish,
            minutes * 60,
            seconds(wait),
            seconds(lostAfter),
            features,
            raw,
            blockSeconds,
            headless,
            display,
            fullScreen,
            start || headless);
    try (SessionRun run = SessionRun.open(plan, settings, way, out, output)) {
      write(run);
      return run.run();
    }
  }

  private static Duration seconds(double value) {
    return Duration.ofNanos((long) (value * 1e9));
  }

  /** What has no say where a session begins with a decoder, though it was given. */
  private void refuseIdle() {
    ParseResult given = spec.commandLine().getParseResult();
    if (plan.start().isEmpty()) {
      return;
    }
    for (String option : CALIBRATING) {
      if (given.hasMatchedOption(option)) {
        throw new UsageException(
            "--decoder begins without calibration, which %s is of; give one of the two"
                .formatted(option));
      }
    }
    for (String option : TRAINING) {
      if (given.hasMatchedOption(option) && plan.decoder().adaptation().isEmpty()) {
        throw new UsageException(
            "--decoder is used as it was trained, which %s is of; leave it out, or give --adapt-every, which trains anew"
                .formatted(option));
      }
    }
  }

  private void refuseMissing() {
    plan.start()
        .filter(file -> !Files.isRegularFile(file))
        .ifPresent(
            file -> {
              throw new UsageException(file + ": there is no such decoder");
            });
    plan.click()
        .filter(file -> !Files.isRegularFile(file))
        .ifPresent(
            file -> {
              throw new UsageException(file + ": there is no such click decoder");
            });
  }

  private void refuseUsedFolder() {
    try {
      Files.createDirectories(out);
      try (var files = Files.list(out)) {
        if (files.findAny().isPresent()) {
          throw new UsageException(
              out + " is not empty; a session needs a folder of its own: choose another");
        }
      }
    } catch (IOException e) {
      throw new UsageException(
          out + ": cannot be used: " + e.getMessage() + "; choose another place", e);
    }
  }

  /** What the session is, before it begins: a kill leaves it. */
  private void write(SessionRun run) {
    plan.keep(out);
    Map<String, Object> fields = new LinkedHashMap<>();
    List<String> words = spec.commandLine().getParseResult().originalArgs();
    fields.put("arguments", words);
    fields.put("features", run.features());
    fields.put("stream", Map.of("name", run.streamName(), "rate", run.streamRate()));
    fields.put("parameters", plan.parameters());
    RunRecord record = new RunRecord("cursor session", fields, plan.seed());
    plan.start().ifPresent(record::input);
    plan.click().ifPresent(record::input);
    record.write(out.resolve(FILE), false);
    output.note("session in %s; %s says what it is", out, InputFiles.name(out.resolve(FILE)));
  }
}
