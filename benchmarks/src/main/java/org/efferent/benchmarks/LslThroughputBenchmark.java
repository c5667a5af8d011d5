package org.efferent.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.efferent.acquisition.liblsl.LibLsl;
import org.efferent.acquisition.liblsl.NativeLsl;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.JavaLsl;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.core.Chunk;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamInfo;

/**
 * LSL in Java beside liblsl through JNA, in one run over loopback: both inlets behind both outlets,
 * float32. Throughput: a sender pushes as fast as no more than {@link #IN_FLIGHT} samples are under
 * way, so that nothing is dropped. Latency: a chunk a millisecond, from before its push until its
 * last row is pulled. The inlets take turns, {@link #TURNS} each, and the median of a figure's
 * turns counts, so that a noisy machine is noisy to both.
 */
final class LslThroughputBenchmark {
  private static final int IN_FLIGHT = 8_192;
  private static final int ROWS = 1_024;
  private static final int TURNS = 3;

  /**
   * Where the outlet is what limits, both inlets carry the same and noise decides who is first:
   * differences below this share are none.
   */
  private static final double EQUAL = 0.05;

  private static final long WARM_UP_NANOS = 500_000_000;
  private static final long TIMED_NANOS = 1_000_000_000;
  private static final long PACE_NANOS = 1_000_000;
  private static final int WARM_UP_CHUNKS = 500;
  private static final int TIMED_CHUNKS = 1_500;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private LslThroughputBenchmark() {}

  /** One measurement. */
  private record Row(
      String outlet, String inlet, int channels, int chunk, double rate, double p50, double p99) {}

  /**
   * Measures and prints a table.
   *
   * @param liblsl the library's file; the working directory holds a lsl_api.cfg for loopback
   * @return whether Java carried as much as liblsl, with no worse p50 and p99, everywhere, but for
   *     differences of 5 %
   */
  static boolean check(Path liblsl) throws InterruptedException {
    NativeLsl library = NativeLsl.onThisHost(LibLsl.load(liblsl));
    Lsl java = new JavaLsl(LslConfig.LOOPBACK);
    System.out.printf(
        "liblsl %s beside Java %s%n%n", library.library().version(), Runtime.version());
    System.out.println("| outlet | inlet | channels | chunk | samples/s | p50 µs | p99 µs |");
    System.out.println("|---|---|---|---|---|---|---|");
    boolean kept = true;
    for (int channels : new int[] {8, 64, 306}) {
      for (int chunk : new int[] {1, 32}) {
        for (Lsl out : List.of(java, library)) {
          kept &= sideBySide(out, java, library, channels, chunk);
        }
      }
    }
    System.out.println(
        kept ? "\nJava is nowhere behind." : "\nJava is behind somewhere, see above.");
    return kept;
  }

  /** Both inlets behind one outlet, in turns. */
  private static boolean sideBySide(Lsl out, Lsl java, Lsl library, int channels, int chunk)
      throws InterruptedException {
    List<Row> ours = new ArrayList<>();
    List<Row> theirs = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      ours.add(measure(out, java, channels, chunk));
      theirs.add(measure(out, library, channels, chunk));
    }
    Row a = median(ours);
    Row b = median(theirs);
    print(a);
    print(b);
    return a.rate >= b.rate * (1 - EQUAL)
        && a.p50 <= b.p50 * (1 + EQUAL)
        && a.p99 <= b.p99 * (1 + EQUAL);
  }

  private static Row median(List<Row> rows) {
    Row first = rows.get(0);
    return new Row(
        first.outlet,
        first.inlet,
        first.channels,
        first.chunk,
        median(rows, Row::rate),
        median(rows, Row::p50),
        median(rows, Row::p99));
  }

  private static double median(List<Row> rows, ToDoubleFunction<Row> figure) {
    double[] sorted = rows.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static void print(Row row) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %d | %d | %,.0f | %.0f | %.0f |%n",
        row.outlet,
        row.inlet,
        row.channels,
        row.chunk,
        row.rate,
        row.p50,
        row.p99);
  }

  private static Row measure(Lsl out, Lsl in, int channels, int chunk) throws InterruptedException {
    String name = "efferent-benchmark-" + UUID.randomUUID();
    StreamInfo info = StreamInfo.of(name, "Benchmark", 0, channels);
    try (StreamOutlet outlet =
        out.openOutlet(LslStreamInfo.of(info, ChannelFormat.FLOAT32).withSourceId(name))) {
      LslStreamInfo found = in.resolve(LslResolver.property("name", name), 1, PATIENCE).get(0);
      try (StreamInlet inlet = in.openInlet(found, InletOptions.DEFAULTS)) {
        if (!outlet.awaitConsumers(PATIENCE)) {
          throw new IllegalStateException("the outlet has no consumer");
        }
        double rate = rate(outlet, inlet, channels, chunk);
        LatencyHistogram latency = latency(outlet, inlet, channels, chunk);
        if (outlet.dropped() + inlet.dropped() > 0) {
          throw new IllegalStateException("samples were dropped");
        }
        return new Row(
            out.name(),
            in.name(),
            channels,
            chunk,
            rate,
            latency.quantileNanos(0.5) / 1e3,
            latency.quantileNanos(0.99) / 1e3);
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
  private static double rate(StreamOutlet outlet, StreamInlet inlet, int channels, int chunk)
      throws InterruptedException {
    AtomicLong pulled = new AtomicLong();
    AtomicLong pushed = new AtomicLong();
    long end = System.nanoTime() + WARM_UP_NANOS + TIMED_NANOS;
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
    long begin = System.nanoTime() + WARM_UP_NANOS;
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

  private static LatencyHistogram latency(
      StreamOutlet outlet, StreamInlet inlet, int channels, int chunk) throws InterruptedException {
    int chunks = WARM_UP_CHUNKS + TIMED_CHUNKS;
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
        if (++seen % chunk == 0 && seen > (long) WARM_UP_CHUNKS * chunk) {
          latency.record(Math.round((now - into.stamps()[r]) * 1e9));
        }
      }
      if (n <= 0) {
        throw new IllegalStateException("nothing came for 10 s; seen=" + seen);
      }
    }
    sender.join();
    return latency;
  }
}
