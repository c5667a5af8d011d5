package org.efferent.viz.dashboard;

import java.util.List;

/**
 * What a session's counters say, and how rate and loss went.
 *
 * @param stream name of the stream
 * @param nominalRateHz 0 if irregular
 * @param rateHz rows a second over the last seconds; NaN before
 * @param rows since the beginning
 * @param lost rows lost anywhere, since the beginning
 * @param laps how often the ring overtook the pipeline
 * @param deadlineMisses windows that were late
 * @param stale whether nothing comes now
 * @param silences how often nothing came
 * @param latencies what is known, each with percentiles
 * @param seconds one a second, the oldest first, at most {@value HealthModel#SECONDS}
 * @param framesPerSecond of the display; NaN where unknown
 */
public record HealthView(
    String stream,
    double nominalRateHz,
    double rateHz,
    long rows,
    long lost,
    long laps,
    long deadlineMisses,
    boolean stale,
    long silences,
    List<Latency> latencies,
    List<Second> seconds,
    double framesPerSecond) {
  /**
   * How long something takes.
   *
   * @param name what: "decode"
   * @param p50 median, microseconds
   * @param p95 95th percentile
   * @param p99 99th percentile
   * @param max the longest
   * @param count how many
   */
  public record Latency(String name, double p50, double p95, double p99, double max, long count) {}

  /**
   * One second of the past.
   *
   * @param rows that came
   * @param lost that were lost
   */
  public record Second(double rows, long lost) {}

  /** Copies the lists. */
  public HealthView {
    latencies = List.copyOf(latencies);
    seconds = List.copyOf(seconds);
  }
}
