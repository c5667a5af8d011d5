package org.efferent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.efferent.acquisition.Replay;
import org.efferent.acquisition.ReplayOptions;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.core.EfferentException;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.LocalClock;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Offline;
import org.efferent.core.Pipeline;
import org.efferent.core.SessionOptions;
import org.efferent.core.UsageException;
import org.efferent.filters.CursorDecoder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cursor run}: a live session. */
@Command(
    name = "run",
    description = "Decodes a stream live: LSL in, ring, filter, cursor out.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  efferent cursor run --features flint_x.csv --states flint_z.csv --train 0:5000 \\",
      "    --test 5000:6000 --filter dkf-nw --speed max --headless",
      "  efferent cursor run --decoder my.decoder --stream Features"
    })
final class CursorRunCommand implements Callable<Integer> {
  private static final int WARM_UP = 200;
  private static final Duration FOREVER = Duration.ofDays(365);

  @Mixin private CursorOptions options;
  @Mixin private LslOptions lsl;
  @Mixin private OutputOptions output;
  @ArgGroup private Input input;

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      description =
          "How fast files are played: a multiple of real time, or max: the next row when the"
              + " estimate of the one before has arrived (default: ${DEFAULT-VALUE}).")
  private String speed = "1";

  @Option(names = "--headless", description = "No window.")
  private boolean headless;

  @Option(
      names = "--dashboard",
      description = "One window of panels: features, quality, decoded state, latency and loss.")
  private boolean dashboard;

  @Option(
      names = "--bin-seconds",
      paramLabel = "S",
      description = "Length of a bin of --features (default: ${DEFAULT-VALUE}).")
  private double binSeconds = 0.1;

  @Option(
      names = "--duration",
      paramLabel = "S",
      description = "End a --stream session after this many seconds (default: when it ends).")
  private double duration = Double.POSITIVE_INFINITY;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description =
          "How long to look for a --stream, and how long it may be silent (default:"
              + " ${DEFAULT-VALUE}).")
  private double timeout = 10;

  @Option(
      names = "--estimates",
      paramLabel = "OUT.csv",
      description = "Write mean and covariance (row-major), one row a bin; OUT.run.json beside it.")
  private Path estimates;

  /** What is decoded, where it is not the test rows of the files. */
  static final class Input {
    @Option(
        names = "--replay",
        paramLabel = "RECORDING|SESSION",
        description =
            "Play this recording (XDF or CSV) and decode it; or step through a session's folder once"
                + " more, as fast as possible, and compare every bin with what was recorded.")
    private Path replay;

    @Option(
        names = "--stream",
        paramLabel = "NAME|TYPE|PREDICATE",
        description = "Decode this LSL stream.")
    private String stream;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (input != null && input.replay != null && Files.isDirectory(input.replay)) {
      return new SessionRepeat(input.replay, output).run();
    }
    if (dashboard && headless) {
      throw new UsageException("--dashboard goes without --headless");
    }
    ReplayPace pace = ReplayPace.parse(speed);
    double rateHz = CursorData.rateHz(binSeconds);
    CursorData data =
        options.features == null && options.states == null
            ? null
            : CursorData.read(options.features, options.states);
    boolean fromFiles = input == null;
    if (fromFiles && data == null) {
      throw new UsageException(
          "say what to decode: --features and --states with --test, --replay or --stream");
    }
    RunRecord.refuseExistingWithRecord(estimates, options.force);
    Lsl way = lsl.lsl(); // what is wrong with it is said before the training
    CursorData.Rows test = fromFiles ? data.rows("--test", options.test) : null;
    CursorOptions.Trained trained = options.trained(data, output);
    CursorDecoder decoder = trained.decoder();
    try (CursorDisplay display =
        dashboard
            ? CursorDisplay.dashboard(words -> output.note("%s", words))
            : CursorDisplay.open(headless, decoder)) {
      if (fromFiles) {
        CursorScore.checkShape(decoder, test);
        display.truth(test.states(), binSeconds);
        MemoryRecording rows = test.recording("EfferentCursor", rateHz);
        return played(rows, decoder, pace, display, test.states());
      }
      if (input.replay != null) {
        MemoryRecording recording =
            Recordings.signal(input.replay, decoder.inputs(), rateHz, output);
        return played(recording, decoder, pace, display, null);
      }
      return new CursorStream(output, way, input.stream, timeout, duration)
          .decode(decoder, display, this::finish);
    }
  }

  /** Plays rows through LSL, decodes them live, and holds that against offline. */
  private int played(
      MemoryRecording rows,
      CursorDecoder decoder,
      ReplayPace pace,
      CursorDisplay display,
      double[][] truth)
      throws InterruptedException {
    CursorScore.checkShape(decoder, rows.channels());
    // The command itself is the source: a pause in the recording is no lost stream.
    SessionOptions session =
        SessionOptions.DEFAULTS
            .withListener(display::event)
            .withSilences(SessionOptions.DEFAULTS.staleAfter(), FOREVER);
    long fallbacks = decoder.fallbacks();
    EfferentException failure = null;
    try (Interruption interruption = new Interruption();
        CursorLoop<Gaussian> loop =
            new CursorLoop<>(
                rows.info(),
                pace.isMax() ? 0 : rows.info().sampleRateHz() * pace.factor(),
                decoder,
                session,
                WARM_UP,
                display,
                display.beside(rows.info()))) {
      display.watch(loop.session(), loop.latency());
      BooleanSupplier stop = () -> display.stopped() || interruption.wanted();
      try {
        play(loop, rows, pace, stop);
      } catch (EfferentException e) {
        failure = e; // what was decoded until then is reported all the same
      }
      loop.session().close(); // from here on the decoder is this thread's
      List<Gaussian> live = loop.estimates();
      Map<String, Object> result = new LinkedHashMap<>();
      CursorScore.describe(result, decoder);
      result.put("samples", loop.session().samples());
      result.put("lost", loop.session().lost() + loop.outlet().dropped());
      result.put("fallbacks", decoder.fallbacks() - fallbacks);
      result.put("repairs", decoder.repairs());
      result.put("latencyMicros", CursorScore.micros(loop.latency(), 0.5, 0.95, 0.99));
      result.put("deadlineMisses", loop.session().statistics(0).deadlineMisses());
      result.put("watchdogStops", loop.session().watchdogStops());
      result.put("health", HealthReport.json(loop.health()));
      MemoryRecording played = rows.slice(0, live.size());
      result.put("maxDifferenceFromOffline", difference(live, played, decoder));
      display.describe(result);
      int status = finish(result, live, truth);
      if (failure != null) {
        throw failure;
      }
      return status;
    }
  }

  private static void play(
      CursorLoop<Gaussian> loop, MemoryRecording rows, ReplayPace pace, BooleanSupplier stop)
      throws InterruptedException {
    if (!pace.isMax()) {
      pace(loop, rows, pace.factor(), stop);
      return;
    }
    for (int row = 0; row < rows.rows() && !stop.getAsBoolean(); row++) {
      loop.step(rows.row(row));
    }
  }

  private static void pace(
      CursorLoop<Gaussian> loop, MemoryRecording rows, double factor, BooleanSupplier stop)
      throws InterruptedException {
    // Stamped at the push, so that the latency is that of the way and not of the timer.
    try (Replay replay =
        new Replay(
            rows,
            (stamp, values, offset) ->
                loop.outlet().pushAt(values, offset, LocalClock.SYSTEM.seconds()),
            ReplayOptions.DEFAULTS.withSpeed(factor))) {
      int silence = 0;
      for (int answered = 0; answered < rows.rows() && !stop.getAsBoolean(); ) {
        if (loop.awaitEstimate()) {
          answered++;
          silence = 0;
          continue;
        }
        ReplayPace.rethrow(replay.failure());
        silence = replay.played() > answered ? silence + 1 : 0;
        if (silence > CursorLoop.ANSWER_POLLS) {
          throw loop.noAnswer();
        }
      }
    }
  }

  private static double difference(
      List<Gaussian> live, MemoryRecording rows, CursorDecoder decoder) {
    List<Gaussian> offline = Offline.run(rows, Pipeline.everySample(decoder));
    double largest = 0;
    for (int i = 0; i < live.size(); i++) {
      Gaussian a = live.get(i);
      Gaussian b = offline.get(i);
      for (int j = 0; j < a.dimensions(); j++) {
        largest = Math.max(largest, Math.abs(a.mean(j) - b.mean(j)));
        for (int k = 0; k < a.dimensions(); k++) {
          largest = Math.max(largest, Math.abs(a.covariance(j, k) - b.covariance(j, k)));
        }
      }
    }
    return largest;
  }

  /** Scores where the truth is known, writes what was asked for, says the result. */
  private int finish(Map<String, Object> result, List<Gaussian> live, double[][] truth) {
    result.put("bins", live.size());
    if (truth != null && !live.isEmpty()) {
      CursorScore.figures(
          result, CursorScore.score(live, java.util.Arrays.copyOf(truth, live.size())));
    }
    if (estimates != null && !live.isEmpty()) {
      CursorScore.writeEstimates(estimates, live, options.force);
      RunRecord record = new RunRecord("cursor run", configuration(), options.seed);
      Path replayed = input == null ? null : input.replay;
      for (Path file : new Path[] {options.features, options.states, options.decoder, replayed}) {
        if (file != null) {
          record.input(file);
        }
      }
      record.figures(result);
      record.write(RunRecord.beside(estimates), options.force);
    }
    output.text("%s", CursorScore.text(result));
    output.result(result);
    return 0;
  }

  private Map<String, Object> configuration() {
    Map<String, Object> all = options.configuration();
    all.put("speed", speed);
    if (input != null && input.replay != null) {
      all.put("replay", input.replay.toString());
    } else if (input != null) {
      all.put("stream", input.stream);
    }
    return all;
  }
}
