package org.efferent.core;

/**
 * What one pipeline of a session counts; safe to read while it runs.
 *
 * <p>Latencies run from the arrival of a window's last sample: {@link #queue()} until the pipeline
 * has it, {@link #decode()} inside the decoder, {@link #total()} until every sink has returned.
 */
public final class PipelineStatistics {
  private final LatencyHistogram queue = new LatencyHistogram();
  private final LatencyHistogram decode = new LatencyHistogram();
  private final LatencyHistogram total = new LatencyHistogram();
  private volatile long windows;
  private volatile long lost;
  private volatile long laps;
  private volatile long deadlineMisses;

  PipelineStatistics() {}

  /** Windows decoded. */
  public long windows() {
    return windows;
  }

  /** Samples lost because this pipeline was too slow for the ring. */
  public long lost() {
    return lost;
  }

  /** How often the ring's writer overtook this pipeline. */
  public long laps() {
    return laps;
  }

  /** Windows whose sinks had not returned {@link SessionOptions#deadline()} after their arrival. */
  public long deadlineMisses() {
    return deadlineMisses;
  }

  /** From arrival until the pipeline has the sample. */
  public LatencyHistogram queue() {
    return queue;
  }

  /** Inside the decoder. */
  public LatencyHistogram decode() {
    return decode;
  }

  /** From arrival until every sink has returned. */
  public LatencyHistogram total() {
    return total;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // the pipeline's thread alone writes
  void window(long arrival, long begun, long decoded, long done, long deadlineNanos) {
    windows++;
    queue.record(begun - arrival);
    decode.record(decoded - begun);
    total.record(done - arrival);
    if (done - arrival > deadlineNanos) {
      deadlineMisses++;
    }
  }

  void losses(long rows, long times) {
    lost = rows;
    laps = times;
  }
}
