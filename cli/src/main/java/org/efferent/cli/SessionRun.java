package org.efferent.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.efferent.acquisition.LslSource;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.record.Recorder;
import org.efferent.acquisition.record.RecorderOptions;
import org.efferent.core.ChannelInfo;
import org.efferent.core.EfferentException;
import org.efferent.core.LocalClock;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.efferent.filters.session.Command;
import org.efferent.filters.session.CursorSession;
import org.efferent.filters.session.SessionDriver;
import org.efferent.filters.session.SessionRecorder;
import org.efferent.filters.session.SessionState;
import org.efferent.filters.task.TrialBlock;

/**
 * A live session from its first bin to its report.
 *
 * <p>Longer than 300 lines, so that what is opened and closed is read in one place.
 */
final class SessionRun implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  /**
   * How it is run.
   *
   * @param predicate of the stream
   * @param publish name of the cursor's stream
   * @param seconds after which it ends
   * @param timeout how long to look for the stream
   * @param lostAfter silence after which it ends
   * @param features what is made of the stream's rows
   * @param raw whether the streams are recorded
   * @param blockSeconds of the stretches of the task that figures are given for
   * @param headless whether there is no window
   * @param display where the task is shown: a number, or other
   * @param fullScreen whether it fills that display
   * @param atOnce whether it begins at once, and not when the operator goes on
   */
  record Settings(
      String predicate,
      String publish,
      double seconds,
      Duration timeout,
      Duration lostAfter,
      SessionFeatures features,
      boolean raw,
      double blockSeconds,
      boolean headless,
      String display,
      boolean fullScreen,
      boolean atOnce) {}

  private final SessionPlan plan;
  private final Settings settings;
  private final OutputOptions output;
  private final Source source;
  private final CursorSession session;
  private final SessionOutlets outlets;
  private final SessionRecorder bins;
  private final Optional<Recorder> raw;
  private final SessionDriver driver;
  private final SessionDecoders decoders;
  private final SessionBlocks blocks;
  private final Path out;
  private SessionWindow window;

  private SessionRun(
      SessionPlan plan,
      Settings settings,
      Lsl lsl,
      Path out,
      OutputOptions output,
      Source source,
      LslStreamInfo stream)
      throws InterruptedException {
    this.plan = plan;
    this.settings = settings;
    this.output = output;
    this.source = source;
    this.out = out;
    blocks = new SessionBlocks(plan.task(), settings.blockSeconds);
    SessionDriver.Opener opener = wait -> open(lsl, wait);
    session = plan.live(features());
    decoders = new SessionDecoders(out, features(), streamName());
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      outlets = new SessionOutlets(lsl, settings.publish, plan.binSeconds());
      opened.add(outlets);
      raw = settings.raw ? Optional.of(recorder(lsl, out, stream)) : Optional.empty();
      raw.ifPresent(opened::add);
      bins = new SessionRecorder(out.resolve(SessionRecorder.FILE), features(), plan.binSeconds());
    } catch (RuntimeException | InterruptedException e) {
      closeAll(opened);
      session.close();
      throw e;
    }
    driver =
        new SessionDriver(
            session,
            source,
            opener,
            plan.binSeconds(),
            settings.lostAfter,
            this::heard,
            LocalClock.SYSTEM);
  }

  private static void closeAll(List<AutoCloseable> opened) {
    for (AutoCloseable each : opened) {
      try {
        each.close();
      } catch (Exception e) {
        // What is thrown already says more.
      }
    }
  }

  /** Finds the stream and opens what is recorded and published. */
  static SessionRun open(
      SessionPlan plan, Settings settings, Lsl lsl, Path out, OutputOptions output)
      throws InterruptedException {
    LslSource raw = LslSource.open(settings.predicate, settings.timeout, lsl, inlet());
    Source source = settings.features.over(raw, plan.binSeconds());
    try {
      return new SessionRun(plan, settings, lsl, out, output, source, raw.inlet().info());
    } catch (RuntimeException | InterruptedException e) {
      source.close();
      throw e;
    }
  }

  private Source open(Lsl lsl, Duration wait) throws InterruptedException {
    return settings.features.over(
        LslSource.open(settings.predicate, wait, lsl, inlet()), plan.binSeconds());
  }

  /** Ended rather than recovered: what comes back is looked at before it steers. */
  private static InletOptions inlet() {
    return InletOptions.DEFAULTS.withEndOnDisconnect(true);
  }

  private Recorder recorder(Lsl lsl, Path out, LslStreamInfo stream) throws InterruptedException {
    List<LslStreamInfo> streams = new ArrayList<>();
    for (LslStreamInfo own : outlets.infos()) {
      // An outlet does not know under which addresses it is seen.
      List<LslStreamInfo> seen =
          lsl.resolve(LslResolver.property("source_id", own.sourceId()), 1, settings.timeout);
      if (seen.isEmpty()) {
        throw new StreamException(
            "stream '%s' of this session is not in sight, so that it cannot be recorded; give --no-raw to do without raw.xdf"
                .formatted(own.name()));
      }
      streams.add(seen.get(0));
    }
    streams.add(stream);
    return new Recorder(out.resolve("raw.xdf"), lsl, streams, RecorderOptions.DEFAULTS);
  }

  /** Labels of the features. */
  List<String> features() {
    return source.info().channels().stream().map(ChannelInfo::label).toList();
  }

  String streamName() {
    return source.info().name();
  }

  double streamRate() {
    return source.info().sampleRateHz();
  }

  /** On the driver's thread, every bin. */
  private void heard(double[] row, CursorSession now) {
    outlets.accept(row, now);
    decoders.accept(now.loop());
    if (window != null) {
      window.accept(now);
    }
    blocks.accept(now);
    bins.add(LocalClock.SYSTEM.seconds(), row, now.events());
    raw.flatMap(Recorder::failure)
        .ifPresent(
            e -> {
              throw e;
            });
    if (now.loop().seconds() >= settings.seconds - 1e-9) {
      driver.command(Command.STOP);
    }
  }

  /** Runs to the end; the exit status. */
  int run() throws InterruptedException {
    output.note(
        "steering by '%s' (%s); the cursor is on '%s'; Ctrl-C stops",
        streamName(), Channels.words(source.info().channelCount()), settings.publish);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                driver.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (Throwable e) {
                failure.set(e);
              }
            },
            "efferent-session");
    try (Interruption interruption = new Interruption()) {
      if (!settings.headless) {
        window = new SessionWindow(plan, settings.display, settings.fullScreen, driver);
        output.note("%s", window.placement());
      }
      driver.command(Command.START);
      if (!settings.atOnce) {
        driver.command(Command.PAUSE);
        output.note("it waits for the operator: P, or the button, goes on");
      }
      thread.start();
      SessionState told = SessionState.IDLE;
      String warned = "";
      int reported = 0;
      while (thread.isAlive()) {
        thread.join(POLL.toMillis());
        if (interruption.wanted()) {
          driver.command(Command.STOP);
        }
        SessionState state = session.state();
        if (state != told) {
          told = state;
          output.note("%s", state.id());
        }
        String warning = session.warning();
        if (!warning.equals(warned)) {
          warned = warning;
          output.note("features: %s", warning.isEmpty() ? "as they should be" : warning);
        }
        List<TrialBlock> done = blocks.blocks();
        if (done.size() > reported) {
          reported = done.size();
          SessionBlocks.line(done).ifPresent(line -> output.note("%s", line));
          new SessionReport(out, true).tables(done);
        }
      }
      outlets.end(session.state());
      close();
      blocks.end(session.loop());
      decoders.end(session.loop()).ifPresent(reason -> output.note("%s", reason));
      return report(failure.get());
    }
  }

  private int report(Throwable failure) {
    Map<String, Object> result = result();
    SessionReport report = new SessionReport(out, true);
    report.tables(blocks.blocks());
    report.page(words(result), blocks.blocks());
    output.text("%s", text(result));
    output.result(result);
    if (failure instanceof EfferentException known) {
      throw known;
    }
    if (failure != null) {
      CursorLoop.rethrow(failure);
    }
    if (session.state() == SessionState.FAULT) {
      output.note("%s", session.faultReason());
      return 4;
    }
    return 0;
  }

  private Map<String, Object> result() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("task", plan.task().kind().id());
    result.put("filter", plan.decoder().kind().id());
    result.put("state", session.state().id());
    result.put("bins", session.bins());
    result.put("lateBins", session.lateBins());
    result.put("watchdogStops", session.watchdogStops());
    result.put("skippedBins", driver.skipped());
    result.put("clockResets", session.clockResets());
    result.put("reconnections", driver.reconnections());
    result.put("deadlineMisses", driver.deadlineMisses());
    result.put("latencyMicros", CursorScore.micros(driver.latency(), 0.5, 0.95, 0.99));
    result.put("guards", session.loop().guards());
    session
        .loop()
        .versions()
        .ifPresent(
            v -> {
              result.put("decoderVersion", v.current().number());
              result.put("decodersRefused", v.refused());
            });
    result.put("decoders", decoders.saved());
    TrialBlock all = plan.task().block("session", session.loop().finished());
    result.put("trials", all.trials().size());
    result.put("session", all.byName());
    result.put("blocks", blocks.blocks().stream().map(TrialBlock::name).toList());
    if (window != null) {
      window.describe(result);
    }
    raw.ifPresent(r -> result.put("rawDropped", dropped(r)));
    return result;
  }

  private SessionReport.Words words(Map<String, Object> result) {
    Map<String, Object> facts = new LinkedHashMap<>(result);
    facts.remove("session");
    Map<String, Map<String, ?>> tables = new LinkedHashMap<>();
    tables.put("The session", facts);
    tables.put("Parameters", plan.parameters());
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("Repeat", "efferent cursor run --replay " + out + " --headless");
    provenance.put("Stream", streamName());
    provenance.put("Seed", Long.toString(plan.seed()));
    provenance.put("Version", Versions.program());
    provenance.put("Time", java.time.Instant.now().toString());
    return new SessionReport.Words(
        "Live session: " + result.get("task") + " steered with " + result.get("filter"),
        "Figures of the task are of the trials after the calibration; every bin is in bins.xdf, what"
            + " came in and went out in raw.xdf.",
        tables,
        provenance);
  }

  private static long dropped(Recorder recorder) {
    return recorder.streams().stream().mapToLong(s -> s.dropped()).sum();
  }

  private static String text(Map<String, Object> result) {
    StringBuilder lines = new StringBuilder();
    result.forEach(
        (name, value) -> {
          if (!(value instanceof Map)) {
            lines.append(String.format("%-18s %s%n", name, value));
          }
        });
    return lines.toString().stripTrailing();
  }

  @Override
  public void close() {
    session.close();
    decoders.close();
    if (window != null) {
      window.close();
    }
    outlets.close();
    bins.close();
    raw.ifPresent(Recorder::close);
    source.close();
  }
}
