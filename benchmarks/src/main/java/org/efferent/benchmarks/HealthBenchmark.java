package org.efferent.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.efferent.core.Chunk;
import org.efferent.core.SampleRing;
import org.efferent.core.StreamInfo;
import org.efferent.core.health.HealthOptions;
import org.efferent.core.health.StreamHealth;

/**
 * What {@link StreamHealth} costs at 5 kHz, in processor time, so that other work on the machine
 * does not count: chunks of 32 rows looked at, beside the same chunks copied, and written into the
 * ring. The values are noise; of a hundred channels one is flat and one NaN.
 */
final class HealthBenchmark {
  private static final int ROWS = 32;
  private static final double RATE_HZ = 5_000;
  private static final int CHUNKS = 64;
  private static final int ROUNDS = 15;
  private static final int CHUNKS_A_ROUND = 2_000;

  /** Share of a core that 306 channels at 5 kHz may cost. */
  private static final double MOST_PERCENT = 10;

  private final Chunk[] noise = new Chunk[CHUNKS];
  private final StreamHealth health;
  private final SampleRing ring;
  private final double[] copy;
  private long rows;

  private HealthBenchmark(int channels) {
    StreamInfo info = StreamInfo.of("Noise", "MEG", RATE_HZ, channels);
    health = new StreamHealth(info, HealthOptions.DEFAULTS, event -> {});
    ring = new SampleRing(1 << 12, channels);
    copy = new double[ROWS * channels];
    Random random = new Random(1);
    for (int n = 0; n < CHUNKS; n++) {
      noise[n] = new Chunk(ROWS, channels);
      while (!noise[n].isFull()) {
        int at = noise[n].append(0);
        for (int c = 0; c < channels; c++) {
          noise[n].values()[at + c] = value(c, random);
        }
      }
    }
  }

  private static double value(int channel, Random random) {
    return switch (channel % 100) {
      case 7 -> 1;
      case 8 -> Double.NaN;
      default -> random.nextGaussian();
    };
  }

  private Chunk next() {
    Chunk chunk = noise[(int) (rows / ROWS % CHUNKS)];
    for (int r = 0; r < ROWS; r++) {
      chunk.stamps()[r] = rows++ / RATE_HZ;
    }
    chunk.arrivedAt((long) (rows * 1e9 / RATE_HZ));
    return chunk;
  }

  /** Measures and holds the cost against what the house promises. */
  static boolean check() {
    boolean kept = true;
    for (int channels : new int[] {8, 64, 306}) {
      HealthBenchmark benchmark = new HealthBenchmark(channels);
      double copy = benchmark.microsAChunk(benchmark::copy);
      double ring = benchmark.microsAChunk(benchmark::ring);
      double health = benchmark.microsAChunk(benchmark::health);
      double percent = 100 * health * RATE_HZ / ROWS / 1e6;
      System.out.printf(
          Locale.ROOT,
          "%d channels, chunk of %d rows, processor time in microseconds: copied %.2f, into the ring"
              + " %.2f, looked at %.2f (%.1f times the copy, %.2f ns a value)%n",
          channels,
          ROWS,
          copy,
          ring,
          health,
          health / copy,
          1e3 * health / (ROWS * channels));
      kept &=
          Main.promise(
              "health, " + channels + " channels at 5 kHz, percent of a core",
              percent,
              MOST_PERCENT);
    }
    return kept;
  }

  private void copy() {
    System.arraycopy(next().values(), 0, copy, 0, copy.length);
  }

  private void ring() {
    ring.write(next());
  }

  private void health() {
    health.feed(next());
  }

  /** The median of some rounds, after as many to warm up. */
  private double microsAChunk(Runnable work) {
    double[] micros = new double[ROUNDS];
    for (int round = 0; round < 2 * ROUNDS; round++) {
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int n = 0; n < CHUNKS_A_ROUND; n++) {
        work.run();
      }
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
      micros[round % ROUNDS] = nanos / 1e3 / CHUNKS_A_ROUND;
    }
    Arrays.sort(micros);
    return micros[ROUNDS / 2];
  }
}
