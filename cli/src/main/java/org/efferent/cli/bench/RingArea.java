package org.efferent.cli.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.efferent.core.Chunk;
import org.efferent.core.SampleRing;

/**
 * Chunks of 32 rows into the ring and out again, on one thread. Beside it the JDK's queue of rows,
 * each an array of its own, and a ring of numpy with one copy in and one out.
 */
final class RingArea implements BenchArea {
  private static final int ROWS = 32;
  private static final int CAPACITY = 1 << 12;

  @Override
  public List<Measured> measure(BenchSettings settings) throws InterruptedException {
    List<Measured> all = new ArrayList<>();
    int chunks = settings.size(5_000, 100_000);
    for (int channels : new int[] {10, 64, 306}) {
      all.add(
          new Turns(
                  "ring",
                  "write and read, %d channels".formatted(channels),
                  "ns a row",
                  false,
                  settings.rounds())
              .beside("JDK ArrayBlockingQueue", () -> queue(channels, chunks))
              .python(settings.python(), "numpy", "numpy", "ring", channels, ROWS, chunks / 10)
              .run(() -> ring(channels, chunks)));
    }
    double[] bytes = {allocated(64, chunks)};
    all.add(
        new Measured(
            "ring",
            "allocated, 64 channels",
            "bytes a row",
            false,
            Spread.of(bytes),
            1,
            List.of(
                Measured.Peer.absent(
                    "none", "a queue of rows allocates each of them: 8 bytes a value"))));
    return all;
  }

  private static Chunk full(int channels) {
    Chunk chunk = new Chunk(ROWS, channels);
    while (!chunk.isFull()) {
      chunk.append(1);
    }
    return chunk;
  }

  private static double ring(int channels, int chunks) {
    SampleRing ring = new SampleRing(CAPACITY, channels);
    SampleRing.Reader reader = ring.reader();
    Chunk in = full(channels);
    Chunk out = new Chunk(ROWS, channels);
    long begin = System.nanoTime();
    long read = 0;
    for (int i = 0; i < chunks; i++) {
      ring.write(in);
      read += reader.read(out);
    }
    return (System.nanoTime() - begin) / (double) read;
  }

  private static double queue(int channels, int chunks) {
    ArrayBlockingQueue<double[]> queue = new ArrayBlockingQueue<>(CAPACITY);
    double[] in = new double[channels];
    double[] out = new double[channels];
    long begin = System.nanoTime();
    for (int i = 0; i < chunks; i++) {
      for (int r = 0; r < ROWS; r++) {
        queue.add(in.clone());
      }
      for (int r = 0; r < ROWS; r++) {
        System.arraycopy(queue.remove(), 0, out, 0, channels);
      }
    }
    return (System.nanoTime() - begin) / ((double) chunks * ROWS);
  }

  private static double allocated(int channels, int chunks) {
    SampleRing ring = new SampleRing(CAPACITY, channels);
    SampleRing.Reader reader = ring.reader();
    Chunk in = full(channels);
    Chunk out = new Chunk(ROWS, channels);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < chunks; i++) {
      ring.write(in);
      reader.read(out);
    }
    return (threads.getThreadAllocatedBytes(thread) - before) / ((double) chunks * ROWS);
  }
}
