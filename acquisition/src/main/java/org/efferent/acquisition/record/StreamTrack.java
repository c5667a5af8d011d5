package org.efferent.acquisition.record;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.acquisition.health.InletHealth;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.acquisition.lsl.TimeCorrection;
import org.efferent.core.Chunk;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.efferent.data.xdf.XdfFileWriter;
import org.efferent.data.xdf.XdfStreamWriter;

/** One stream on its way into the file: a thread that pulls, and one that measures the clock. */
final class StreamTrack implements AutoCloseable {
  private static final int CHUNK_ROWS = 512;
  private static final int CHUNK_VALUES = 1 << 20;
  private static final long JOIN_MILLIS = 5_000;

  /** liblsl's patience for the first measurement. */
  private static final Duration CLOCK_PATIENCE = Duration.ofSeconds(5);

  private final Lsl lsl;
  private final LslStreamInfo info;
  private final StreamInlet inlet;
  private final InletHealth health;
  private final RecorderOptions options;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicLong samples = new AtomicLong();
  private final AtomicInteger offsets = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger resets = new AtomicInteger();
  private final Runnable onEnd;
  private volatile String failure;
  private volatile boolean ended;
  private XdfStreamWriter writer;
  private Thread puller;
  private Thread clock;

  /**
   * Connects to a stream.
   *
   * @param onEnd told when nothing more will come
   */
  StreamTrack(Lsl lsl, LslStreamInfo found, RecorderOptions options, Runnable onEnd) {
    this.lsl = lsl;
    this.options = options;
    this.onEnd = onEnd;
    info = lsl.fullInfo(found);
    health = new InletHealth(info, options.health(), options.listener());
    inlet = lsl.openInlet(info, options.inlet());
  }

  /** Writes the header. */
  void header(XdfFileWriter file) {
    writer =
        file.addStream(
            info.fullXml(),
            org.efferent.data.xdf.ChannelFormat.valueOf(info.format().name()),
            info.channelCount(),
            info.nominalRateHz());
  }

  /** Begins: all headers are written by now. */
  void start() {
    puller = thread(this::pull, "efferent-record-" + info.name());
    clock = thread(this::measure, "efferent-record-clock-" + info.name());
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  RecordedStream status() {
    return new RecordedStream(
        info.name(),
        info.type(),
        samples.get(),
        inlet.dropped(),
        offsets.get(),
        unanswered.get(),
        resets.get(),
        ended,
        Optional.ofNullable(failure),
        health.snapshot());
  }

  private void pull() {
    Duration patience = options.pullInterval().dividedBy(4);
    long due = System.nanoTime() + options.pullInterval().toNanos();
    try {
      Puller pull = puller();
      while (stop.getCount() > 0) {
        if (pull.some(patience) == Source.END) {
          break;
        }
        if (System.nanoTime() - due >= 0) {
          writer.write();
          due = System.nanoTime() + options.pullInterval().toNanos();
        }
      }
      // What came until now belongs to the recording.
      for (int n = 1; n > 0; ) {
        n = pull.some(Duration.ZERO);
      }
    } catch (StreamException e) {
      failure = e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | OutOfMemoryError e) {
      failure = e.getMessage() == null ? e.toString() : e.getMessage();
    } finally {
      health.end();
      ended = true;
      onEnd.run();
    }
  }

  /** Moves samples from the inlet to the writer; how many, or {@link Source#END}. */
  @FunctionalInterface
  private interface Puller {
    int some(Duration patience) throws InterruptedException;
  }

  private Puller puller() {
    int channels = info.channelCount();
    if (info.format() == ChannelFormat.STRING) {
      String[] row = new String[channels];
      return patience -> {
        double stamp = inlet.pull(row, patience);
        return one(stamp, () -> health.row(stamp), () -> writer.add(stamp, row));
      };
    }
    if (info.format() == ChannelFormat.INT64) {
      long[] row = new long[channels];
      return patience -> {
        double stamp = inlet.pull(row, patience);
        return one(stamp, () -> health.row(stamp, row), () -> writer.add(stamp, row));
      };
    }
    Chunk chunk = new Chunk(rows(channels), channels);
    return patience -> {
      int n = inlet.pull(chunk, patience);
      for (int r = 0; r < n; r++) {
        writer.add(chunk.stamps()[r], chunk.values(), r * channels);
      }
      look(n, () -> health.rows(chunk));
      return n;
    };
  }

  private int one(double stamp, Runnable looker, Runnable adder) {
    int n = Double.isNaN(stamp) ? (inlet.isEnded() ? Source.END : 0) : 1;
    if (n == 1) {
      adder.run();
    }
    look(n, looker);
    return n;
  }

  /** Fewer where a peer has a million channels. */
  static int rows(int channels) {
    return Math.max(1, Math.min(CHUNK_ROWS, CHUNK_VALUES / Math.max(1, channels)));
  }

  /** What was written is looked at. */
  private void look(int n, Runnable looker) {
    if (inlet.wasClockReset()) {
      resets.incrementAndGet();
      health.clockReset();
    }
    health.dropped(inlet.dropped());
    if (n > 0) {
      samples.addAndGet(n);
      looker.run();
    } else if (n == 0) {
      health.nothing();
    }
  }

  /**
   * Measures the clock: at once, then again and again. The time of a measurement is on the stream's
   * clock, as LabRecorder writes it.
   */
  private void measure() {
    try {
      do {
        try {
          TimeCorrection correction = inlet.timeCorrection(CLOCK_PATIENCE);
          double offset = correction.seconds();
          writer.clockOffset(lsl.clock().seconds() - offset, offset);
          offsets.incrementAndGet();
        } catch (StreamException e) {
          // The next measurement may have an answer; the number of them tells.
          unanswered.incrementAndGet();
        }
      } while (!stop.await(options.offsetInterval().toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e.getMessage() == null ? e.toString() : e.getMessage();
    }
  }

  /** Stops, and waits until all that came is handed to the writer. */
  void stop() {
    stop.countDown();
    join(puller);
    clock.interrupt();
    join(clock);
  }

  private static void join(Thread thread) {
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes the footer. */
  void finish() {
    writer.end();
  }

  @Override
  public void close() {
    stop.countDown();
    inlet.close();
  }
}
