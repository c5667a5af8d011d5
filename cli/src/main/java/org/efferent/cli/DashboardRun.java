package org.efferent.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.EfferentException;
import org.efferent.core.Estimate.Scores;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.Pipeline;
import org.efferent.core.Session;
import org.efferent.core.SessionOptions;
import org.efferent.core.Source;
import org.efferent.core.StreamInfo;
import org.efferent.core.Transform;
import org.efferent.viz.dashboard.DashboardModels;

/** A session whose pipeline feeds the models of a dashboard. */
final class DashboardRun implements AutoCloseable {
  private static final Scores NOTHING = new Scores();
  private static final Duration FOREVER = Duration.ofDays(365);

  private final Session session;
  private final DashboardModels models;

  private DashboardRun(Session session, DashboardModels models) {
    this.session = session;
    this.models = models;
  }

  /**
   * Starts it.
   *
   * @param source owned from now on
   * @param models what is fed
   * @param filters between what quality and what signals see
   * @param replay whose markers are handed on; null for a live stream
   */
  static DashboardRun of(
      Source source, DashboardModels models, List<Transform> filters, DashboardReplay replay) {
    StreamInfo info = source.info();
    List<Transform> all = new ArrayList<>();
    all.add(models.raw());
    all.addAll(filters);
    if (replay != null) {
      all.add(replay.markers(models));
    }
    all.add(models.shown());
    int rows = LiveDashboard.rows(info);
    double stale = info.sampleRateHz() > 0 ? Math.max(0.5, 5 / info.sampleRateHz()) : 86_400;
    SessionOptions options =
        SessionOptions.DEFAULTS
            .withRingRows(ring(info.channelCount()))
            .withListener(models.health()::event)
            .withSilences(Duration.ofNanos((long) (stale * 1e9)), FOREVER);
    Session session =
        Session.start(
            source, options, new Pipeline<>(all, rows, rows, window -> NOTHING), decoded -> {});
    models.health().watch(session.statistics(0), false);
    return new DashboardRun(session, models);
  }

  /** As many rows as 64 million values, a power of two from 16,384 to 65,536. */
  private static int ring(int channels) {
    return Math.max(16_384, Math.min(65_536, Integer.highestOneBit(64_000_000 / channels)));
  }

  DashboardModels models() {
    return models;
  }

  long samples() {
    return session.samples();
  }

  /** Waits for the end of the stream; meanwhile the counters go to the dashboard. */
  boolean awaitEnd(Duration timeout) throws InterruptedException {
    models.health().counts(session.samples(), session.lost(), System.nanoTime());
    return session.awaitEnd(timeout);
  }

  /** Ends it; what is there stays. */
  void stop() {
    session.close();
    models.health().counts(session.samples(), session.lost(), System.nanoTime());
  }

  /** What the session counts. */
  Map<String, Object> describe() {
    StreamInfo info = models.info();
    Map<String, Object> stream = new LinkedHashMap<>();
    stream.put("name", info.name());
    stream.put("type", info.type());
    stream.put("channels", info.channelCount());
    stream.put("rate", info.sampleRateHz());
    stream.put("samples", session.samples());
    stream.put("lost", session.lost());
    LatencyHistogram total = session.statistics(0).total();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("streams", List.of(stream));
    // What the pipeline decodes for are the models; at full speed samples wait for one another.
    LatencyHistogram feeding = models.feeding();
    result.put("decodeP99Micros", feeding.quantileNanos(0.99) / 1e3);
    result.put("arrivalP99Micros", total.quantileNanos(0.99) / 1e3);
    return result;
  }

  /** The exit status: what ended the session before its time is said. */
  int status(OutputOptions output) {
    Throwable failure = session.failure().orElse(null);
    if (failure == null) {
      return 0;
    }
    if (failure instanceof EfferentException known) {
      output.note("%s", known.getMessage());
      return known.exitStatus();
    }
    CursorLoop.rethrow(failure);
    return 1;
  }

  @Override
  public void close() {
    session.close();
  }
}
