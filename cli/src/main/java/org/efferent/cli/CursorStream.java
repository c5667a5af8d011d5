package org.efferent.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.acquisition.LslSource;
import org.efferent.acquisition.health.MonitoredSource;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.core.EfferentException;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.LocalClock;
import org.efferent.core.Pipeline;
import org.efferent.core.Session;
import org.efferent.core.SessionOptions;
import org.efferent.core.Sink;
import org.efferent.core.UsageException;
import org.efferent.core.health.HealthOptions;
import org.efferent.core.health.StreamHealth;
import org.efferent.filters.CursorDecoder;

/**
 * Decodes a stream that somebody else publishes, until it ends, its time is over, or it is lost.
 * What was decoded until then is reported in every case.
 */
record CursorStream(OutputOptions output, Lsl lsl, String stream, double timeout, double duration) {

  CursorStream {
    if (!(timeout > 0 && timeout <= 86_400) || !(duration > 0)) {
      throw new UsageException(
          "--timeout and --duration must be positive seconds; timeout="
              + timeout
              + ", duration="
              + duration);
    }
  }

  /** Takes a result. */
  @FunctionalInterface
  interface Finish {
    int with(Map<String, Object> result, List<Gaussian> live, double[][] truth);
  }

  /** A word is a name or a type; anything with an operator or a call is a predicate. */
  static String predicate(String stream) {
    if (stream.matches(".*([=<>]|[a-z-]\\().*")) {
      return stream;
    }
    return LslResolver.property("name", stream) + " or " + LslResolver.property("type", stream);
  }

  @SuppressWarnings("try") // closed before the results are read, and again at the end
  int decode(CursorDecoder decoder, CursorDisplay display, Finish finish)
      throws InterruptedException {
    Duration patience = Duration.ofNanos((long) (timeout * 1e9));
    LslSource source =
        LslSource.open(
            predicate(stream), patience, lsl, InletOptions.DEFAULTS.withEndOnDisconnect(true));
    StreamHealth health = new StreamHealth(source.info(), HealthOptions.DEFAULTS, event -> {});
    List<Gaussian> live = new ArrayList<>();
    try {
      CursorScore.checkShape(decoder, source.info().channelCount());
    } catch (EfferentException e) {
      source.close();
      throw e;
    }
    if (source.candidates() > 1) {
      output.note("%d streams match; this is the one that was opened last", source.candidates());
    }
    output.note(
        "decoding '%s' (%s, %s Hz); Ctrl-C ends",
        source.info().name(),
        Channels.words(source.info().channelCount()),
        source.info().sampleRateHz());
    Sink<Gaussian> keep =
        decoded -> {
          synchronized (live) {
            live.add(decoded.estimate());
          }
        };
    List<Session.Branch<?>> beside;
    try {
      beside = display.beside(source.info());
    } catch (EfferentException e) {
      source.close();
      throw e;
    }
    SessionOptions options =
        SessionOptions.DEFAULTS
            .withListener(display::event)
            .withSilences(SessionOptions.DEFAULTS.staleAfter(), patience);
    try (Interruption interruption = new Interruption();
        Session session =
            Session.start(
                new MonitoredSource(source, health, LocalClock.SYSTEM),
                options,
                CursorLoop.branches(
                    new Session.Branch<>(Pipeline.everySample(decoder), List.of(keep, display)),
                    beside))) {
      display.watch(session, session.statistics(0).total());
      long began = System.nanoTime();
      boolean ended = false;
      while (!ended
          && !display.stopped()
          && !interruption.wanted()
          && (System.nanoTime() - began) / 1e9 < duration) {
        ended = session.awaitEnd(Duration.ofMillis(100));
      }
      session.close();
      synchronized (live) {
        int status = finish.with(result(session, decoder, health), live, null);
        if (ended && session.failure().isEmpty()) {
          output.note("the outlet closed the stream after %d samples", session.samples());
        }
        return session.failure().isEmpty() ? status : failed(session.failure().get());
      }
    }
  }

  private int failed(Throwable cause) {
    if (cause instanceof EfferentException known) {
      output.note("%s", known.getMessage());
      return known.exitStatus();
    }
    CursorLoop.rethrow(cause);
    return 1;
  }

  private static Map<String, Object> result(
      Session session, CursorDecoder decoder, StreamHealth health) {
    Map<String, Object> result = new LinkedHashMap<>();
    CursorScore.describe(result, decoder);
    result.put("samples", session.samples());
    result.put("lost", session.lost());
    result.put("fallbacks", decoder.fallbacks());
    result.put("repairs", decoder.repairs());
    result.put("latencyMicros", CursorScore.micros(session.statistics(0).total(), 0.5, 0.95, 0.99));
    result.put("deadlineMisses", session.statistics(0).deadlineMisses());
    result.put("watchdogStops", session.watchdogStops());
    result.put("health", HealthReport.json(health.snapshot()));
    return result;
  }
}
