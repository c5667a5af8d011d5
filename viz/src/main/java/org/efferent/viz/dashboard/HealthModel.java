package org.efferent.viz.dashboard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.PipelineStatistics;
import org.efferent.core.SessionEvent;
import org.efferent.core.StreamInfo;

/**
 * Latency, loss and rate of a session. The session's threads tell {@link #event} and {@link
 * #counts}; any thread asks. Time is passed in.
 */
public final class HealthModel {
  /** Seconds of the past that are kept. */
  public static final int SECONDS = 60;

  private static final int RATE_SECONDS = 3;
  private static final long NANOS = 1_000_000_000L;

  private final StreamInfo info;
  private final ArrayDeque<HealthView.Second> seconds = new ArrayDeque<>();
  private long rows;
  private long lost;
  private long secondBegan = Long.MIN_VALUE;
  private long rowsAtBegin;
  private long lostAtBegin;
  private boolean stale;
  private long silences;
  private PipelineStatistics statistics;
  private boolean decoding;
  private double framesPerSecond = Double.NaN;

  /**
   * A model that has seen nothing.
   *
   * @param info the stream
   */
  public HealthModel(StreamInfo info) {
    this.info = info;
  }

  /**
   * Names the counters of the pipeline whose latencies are shown.
   *
   * @param of a pipeline
   * @param decodes whether it decodes something; if not, only the way of its samples is shown
   */
  public synchronized void watch(PipelineStatistics of, boolean decodes) {
    statistics = of;
    decoding = decodes;
  }

  /** Hears what the session's watchdog says. */
  public synchronized void event(SessionEvent event) {
    if (event == SessionEvent.STALE) {
      stale = true;
      silences++;
    } else if (event == SessionEvent.RESUMED) {
      stale = false;
    }
  }

  /** Says how many frames a second the display shows. */
  public synchronized void frames(double perSecond) {
    framesPerSecond = perSecond;
  }

  /**
   * Takes the counters as they are.
   *
   * @param allRows rows since the beginning
   * @param allLost rows lost since the beginning
   * @param nanos by {@link System#nanoTime()}
   */
  public synchronized void counts(long allRows, long allLost, long nanos) {
    rows = allRows;
    lost = allLost;
    if (secondBegan == Long.MIN_VALUE) {
      secondBegan = nanos;
      return;
    }
    double passed = (nanos - secondBegan) / (double) NANOS;
    if (passed >= 1) {
      if (seconds.size() == SECONDS) {
        seconds.removeFirst();
      }
      seconds.addLast(
          new HealthView.Second((allRows - rowsAtBegin) / passed, allLost - lostAtBegin));
      secondBegan = nanos;
      rowsAtBegin = allRows;
      lostAtBegin = allLost;
    }
  }

  /** What there is now. */
  public synchronized HealthView snapshot() {
    List<HealthView.Latency> latencies = new ArrayList<>();
    if (statistics != null) {
      latencies.add(latency("wait in the ring", statistics.queue()));
      if (decoding) {
        latencies.add(latency("decode", statistics.decode()));
      }
      latencies.add(
          latency(decoding ? "arrival to sinks" : "arrival to panels", statistics.total()));
    }
    List<HealthView.Second> past = List.copyOf(seconds);
    double rate =
        past.subList(Math.max(0, past.size() - RATE_SECONDS), past.size()).stream()
            .mapToDouble(HealthView.Second::rows)
            .average()
            .orElse(Double.NaN);
    return new HealthView(
        info.name(),
        info.sampleRateHz(),
        rate,
        rows,
        lost,
        statistics == null ? 0 : statistics.laps(),
        statistics == null ? 0 : statistics.deadlineMisses(),
        stale,
        silences,
        latencies,
        past,
        framesPerSecond);
  }

  private static HealthView.Latency latency(String name, LatencyHistogram of) {
    boolean known = of.count() > 0;
    return new HealthView.Latency(
        name,
        known ? of.quantileNanos(0.5) / 1e3 : Double.NaN,
        known ? of.quantileNanos(0.95) / 1e3 : Double.NaN,
        known ? of.quantileNanos(0.99) / 1e3 : Double.NaN,
        known ? of.maxNanos() / 1e3 : Double.NaN,
        of.count());
  }
}
