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
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.filters.loop.ClosedLoop.Finished;
import org.efferent.filters.session.Command;
import org.efferent.filters.session.CursorSession;
import org.efferent.filters.session.SessionDriver;
import org.efferent.filters.session.SessionRecorder;
import org.efferent.filters.session.SessionState;
import org.efferent.filters.task.TaskFigures;

/** A live session from its first bin to its report. */
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
   * @param raw whether the streams are recorded
   * @param headless whether there is no window
   */
  record Settings(
      String predicate,
      String publish,
      double seconds,
      Duration timeout,
      Duration lostAfter,
      boolean raw,
      boolean headless) {}

  private final SessionPlan plan;
  private final Settings settings;
  private final OutputOptions output;
  private final Source source;
  private final CursorSession session;
  private final SessionOutlets outlets;
  private final SessionRecorder bins;
  private final Optional<Recorder> raw;
  private final SessionDriver driver;

  private SessionRun(
      SessionPlan plan, Settings settings, Lsl lsl, Path out, OutputOptions output, Source source)
      throws InterruptedException {
    this.plan = plan;
    this.settings = settings;
    this.output = output;
    this.source = source;
    SessionDriver.Opener opener = wait -> open(lsl, wait);
    session = plan.live(source.info().channelCount());
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      outlets = new SessionOutlets(lsl, settings.publish, plan.binSeconds());
      opened.add(outlets);
      raw = settings.raw ? Optional.of(recorder(lsl, out)) : Optional.empty();
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
    Source source = LslSource.open(settings.predicate, settings.timeout, lsl, inlet());
    try {
      checkRate(plan, source.info());
      return new SessionRun(plan, settings, lsl, out, output, source);
    } catch (RuntimeException | InterruptedException e) {
      source.close();
      throw e;
    }
  }

  private Source open(Lsl lsl, Duration wait) throws InterruptedException {
    return LslSource.open(settings.predicate, wait, lsl, inlet());
  }

  /** Ended rather than recovered: what comes back is looked at before it steers. */
  private static InletOptions inlet() {
    return InletOptions.DEFAULTS.withEndOnDisconnect(true);
  }

  private static void checkRate(SessionPlan plan, StreamInfo info) {
    double rate = info.sampleRateHz();
    if (rate > 0 && Math.abs(rate * plan.binSeconds() - 1) > 0.01) {
      throw new UsageException(
          "stream '%s' has %s rows a second; --bin-seconds %s needs %s: give --bin-seconds %s"
              .formatted(info.name(), rate, plan.binSeconds(), 1 / plan.binSeconds(), 1 / rate));
    }
  }

  private Recorder recorder(Lsl lsl, Path out) throws InterruptedException {
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
    if (source instanceof LslSource live) {
      streams.add(live.inlet().info());
    }
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
        "steering by '%s' (%d channels); the cursor is on '%s'; Ctrl-C stops",
        streamName(), source.info().channelCount(), settings.publish);
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
      driver.command(Command.START);
      thread.start();
      SessionState told = SessionState.IDLE;
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
      }
      close();
      return report(failure.get());
    }
  }

  private int report(Throwable failure) {
    Map<String, Object> result = result();
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
    List<Finished> finished = session.loop().finished();
    TaskFigures figures =
        TaskFigures.of(finished.stream().map(Finished::trial).toList(), plan.task().choices());
    result.put("trials", figures.trials());
    result.put("session", figures.byName());
    raw.ifPresent(r -> result.put("rawDropped", dropped(r)));
    return result;
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
    outlets.close();
    bins.close();
    raw.ifPresent(Recorder::close);
    source.close();
  }
}
