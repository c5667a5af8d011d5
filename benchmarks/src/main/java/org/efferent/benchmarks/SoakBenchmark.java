package org.efferent.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.efferent.acquisition.LslSource;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.Chunk;
import org.efferent.core.SampleRing;
import org.efferent.core.Source;
import org.efferent.core.StreamInfo;

/**
 * A MEG's worth of samples through LSL into the ring for as long as a session takes: 306 channels
 * at 5 kHz, single precision, over loopback, in real time. Every sample carries its number in every
 * channel, so that a lost, doubled or mixed-up one is seen. {@code benchmarks/soak} calls this; it
 * ends with status 1 if anything was lost or the heap grew.
 */
public final class SoakBenchmark {
  private static final int CHANNELS = 306;
  private static final int RATE_HZ = 5_000;
  private static final int CHUNK = 25;
  private static final int RING_ROWS = 1 << 14;

  /** Numbers up to here are exact in single precision. */
  private static final int WRAP = 1 << 24;

  /** Growth from the first to the last third of the run that is a leak. */
  private static final double GROWTH_MEGABYTES = 8;

  private SoakBenchmark() {}

  /**
   * Runs.
   *
   * @param args seconds; 600 by default
   */
  public static void main(String[] args) throws InterruptedException {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 600;
    String id = "efferent-soak-" + UUID.randomUUID();
    LslStreamInfo info =
        LslStreamInfo.of(StreamInfo.of("Soak", "MEG", RATE_HZ, CHANNELS), ChannelFormat.FLOAT32)
            .withSourceId(id);
    try (LslOutlet outlet = new LslOutlet(info, LslConfig.LOOPBACK);
        LslSource source =
            LslSource.open(
                LslResolver.property("source_id", id),
                Duration.ofSeconds(10),
                LslConfig.LOOPBACK,
                InletOptions.DEFAULTS.withEndOnDisconnect(true))) {
      SampleRing ring = new SampleRing(RING_ROWS, CHANNELS);
      Check check = new Check(ring);
      Thread writer = thread("soak-acquire", () -> acquire(source, ring));
      Thread reader = thread("soak-check", check);
      Thread pusher = thread("soak-push", () -> push(outlet, seconds));
      List<Double> heap = watch(pusher);
      writer.join();
      reader.join();
      long pushed = (long) seconds * RATE_HZ / CHUNK * CHUNK;
      double growth = last(heap) - first(heap);
      System.out.printf(
          Locale.ROOT,
          "%d channels at %d Hz for %d s: pushed %d, arrived %d, wrong %d, lost in the ring %d, in the"
              + " inlet %d, in the outlet %d%nlive heap after collection: %.1f MB in the first third,"
              + " %.1f MB in the last%n",
          CHANNELS,
          RATE_HZ,
          seconds,
          pushed,
          check.rows,
          check.wrong,
          check.lost,
          source.lost(),
          outlet.dropped(),
          first(heap),
          last(heap));
      boolean sound = check.rows == pushed && check.wrong == 0 && growth < GROWTH_MEGABYTES;
      System.out.println(sound ? "Nothing was lost, nothing grew." : "The promise was broken.");
      System.exit(sound ? 0 : 1);
    }
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.start();
    return thread;
  }

  private static void push(LslOutlet outlet, int seconds) {
    double[] rows = new double[CHUNK * CHANNELS];
    long chunks = (long) seconds * RATE_HZ / CHUNK;
    long start = System.nanoTime();
    for (long c = 0; c < chunks; c++) {
      for (int r = 0; r < CHUNK; r++) {
        double number = (c * CHUNK + r) % WRAP;
        java.util.Arrays.fill(rows, r * CHANNELS, (r + 1) * CHANNELS, number);
      }
      long due = start + (c + 1) * CHUNK * 1_000_000_000L / RATE_HZ;
      while (System.nanoTime() - due < 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      outlet.pushChunk(rows, LslOutlet.NOW);
    }
    outlet.close();
  }

  private static void acquire(LslSource source, SampleRing ring) {
    Chunk chunk = new Chunk(256, CHANNELS);
    try {
      while (source.read(chunk, Duration.ofSeconds(1)) != LslSource.END) {
        ring.write(chunk);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ring.end();
    }
  }

  /** The live heap in megabytes, after a collection, every ten seconds while a thread runs. */
  private static List<Double> watch(Thread pusher) throws InterruptedException {
    List<Double> heap = new ArrayList<>();
    while (pusher.isAlive()) {
      TimeUnit.SECONDS.timedJoin(pusher, 10);
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      heap.add((runtime.totalMemory() - runtime.freeMemory()) / 1e6);
    }
    return heap;
  }

  private static double first(List<Double> heap) {
    return median(heap.subList(0, Math.max(1, heap.size() / 3)));
  }

  private static double last(List<Double> heap) {
    return median(heap.subList(heap.size() - Math.max(1, heap.size() / 3), heap.size()));
  }

  private static double median(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /** Reads the ring and checks the number of every sample in every channel. */
  private static final class Check implements Runnable {
    private final SampleRing.Reader reader;
    private long rows;
    private long wrong;
    private long lost;

    private Check(SampleRing ring) {
      reader = ring.reader();
    }

    @Override
    public void run() {
      Chunk chunk = new Chunk(256, CHANNELS);
      try {
        while (true) {
          reader.await(Duration.ofSeconds(1));
          int n = reader.read(chunk);
          if (n == Source.END) {
            break;
          }
          for (int r = 0; r < n; r++) {
            double expected = (rows + r) % WRAP;
            for (int c = 0; c < CHANNELS; c++) {
              wrong += chunk.values()[r * CHANNELS + c] != expected ? 1 : 0;
            }
          }
          rows += n;
        }
        lost = reader.lost();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
