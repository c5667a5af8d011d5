package org.efferent.cli.bench;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.core.Chunk;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;

/**
 * An outlet and an inlet over loopback, float32. Throughput: a sender pushes as fast as no more
 * than 8,192 samples are under way, so that nothing is dropped. Latency: a chunk a millisecond,
 * from before its push until its last row is pulled.
 */
public final class LslLoopback {
  private static final int IN_FLIGHT = 8_192;
  private static final int ROWS = 1_024;
  private static final long PACE_NANOS = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * How long it is looked at.
   *
   * @param warmUpNanos of throughput, not counted
   * @param timedNanos of throughput, counted
   * @param warmUpChunks of latency, not counted
   * @param timedChunks of latency, counted
   */
  public record Span(long warmUpNanos, long timedNanos, int warmUpChunks, int timedChunks) {}

  /**
   * One measurement.
   *
   * @param rate samples a second, all channels one sample
   * @param p50 median latency, microseconds
   * @param p99 99 % of the chunks are faster, microseconds
   */
  public record Result(double rate, double p50, double p99) {}

  private final Span span;

  /**
   * Measurements of one length.
   *
   * @param span that length
   */
  public LslLoopback(Span span) {
    this.span = span;
  }

  /**
   * Measures one pair.
   *
   * @param out who sends
   * @param in who receives
   * @param channels values a sample
   * @param chunk samples a push
   * @return its figures
   * @throws StreamException if nothing comes, or samples are dropped
   * @throws InterruptedException if it is asked to stop
   */
  public Result measure(Lsl out, Lsl in, int channels, int chunk) throws InterruptedException {
    String name = "efferent-benchmark-" + UUID.randomUUID();
    StreamInfo info = StreamInfo.of(name, "Benchmark", 0, channels);
    try (StreamOutlet outlet =
        out.openOutlet(LslStreamInfo.of(info, ChannelFormat.FLOAT32).withSourceId(name))) {
      LslStreamInfo found = in.resolve(LslResolver.property("name", name), 1, PATIENCE).get(0);
      try (StreamInlet inlet = in.openInlet(found, InletOptions.DEFAULTS)) {
        if (!outlet.awaitConsumers(PATIENCE)) {
          throw new StreamException("the outlet has no consumer");
        }
        double rate = rate(outlet, inlet, channels, chunk);
        LatencyHistogram latency = latency(outlet, inlet, channels, chunk);
        if (outlet.dropped() + inlet.dropped() > 0) {
          throw new StreamException("samples were dropped");
        }
        return new Result(
            rate, latency.quantileNanos(0.5) / 1e3, latency.quantileNanos(0.99) / 1e3);
      }
    }
  }

  private static void push(StreamOutlet outlet, double[] rows, int chunk, double stamp) {
    if (chunk == 1) {
      outlet.push(rows, stamp);
    } else {
      outlet.pushChunk(rows, stamp);
    }
  }

  private static double[] values(int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = Math.sin(i);
    }
    return values;
  }

  /** Samples a second. */
  private double rate(StreamOutlet outlet, StreamInlet inlet, int channels, int chunk)
      throws InterruptedException {
    AtomicLong pulled = new AtomicLong();
    AtomicLong pushed = new AtomicLong();
    long end = System.nanoTime() + span.warmUpNanos() + span.timedNanos();
    Thread sender =
        new Thread(
            () -> {
              double[] rows = values(channels * chunk);
              for (long n = 0; System.nanoTime() < end; n += chunk) {
                while (n - pulled.get() > IN_FLIGHT) {
                  Thread.onSpinWait();
                }
                push(outlet, rows, chunk, StreamOutlet.NOW);
                pushed.set(n + chunk);
              }
            });
    sender.start();
    Chunk into = new Chunk(ROWS, channels);
    long begin = System.nanoTime() + span.warmUpNanos();
    long before = 0;
    long counted = 0;
    long last = begin;
    while (sender.isAlive() || pulled.get() < pushed.get()) {
      int n = inlet.pull(into, Duration.ofMillis(100));
      pulled.addAndGet(n);
      long now = System.nanoTime();
      if (now < begin) {
        before = pulled.get();
      } else if (now < end) {
        counted = pulled.get() - before;
        last = now;
      }
    }
    sender.join();
    return counted * 1e9 / (last - begin);
  }

  private LatencyHistogram latency(StreamOutlet outlet, StreamInlet inlet, int channels, int chunk)
      throws InterruptedException {
    int chunks = span.warmUpChunks() + span.timedChunks();
    Thread sender =
        new Thread(
            () -> {
              double[] rows = values(channels * chunk);
              long due = System.nanoTime();
              for (int i = 0; i < chunks; i++) {
                due += PACE_NANOS;
                while (System.nanoTime() < due) {
                  LockSupport.parkNanos(due - System.nanoTime());
                }
                // Its stamp is the moment before the push, for all rows of an irregular stream.
                push(outlet, rows, chunk, LocalClock.SYSTEM.seconds());
              }
            });
    sender.start();
    LatencyHistogram latency = new LatencyHistogram();
    Chunk into = new Chunk(ROWS, channels);
    long seen = 0;
    while (seen < (long) chunks * chunk) {
      int n = inlet.pull(into, PATIENCE);
      double now = LocalClock.SYSTEM.seconds();
      for (int r = 0; r < n; r++) {
        if (++seen % chunk == 0 && seen > (long) span.warmUpChunks() * chunk) {
          latency.record(Math.round((now - into.stamps()[r]) * 1e9));
        }
      }
      if (n <= 0) {
        throw new StreamException("nothing came for 10 s; seen=" + seen);
      }
    }
    sender.join();
    return latency;
  }
}
