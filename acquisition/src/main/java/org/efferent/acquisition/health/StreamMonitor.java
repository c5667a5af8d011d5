package org.efferent.acquisition.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.core.Chunk;
import org.efferent.core.Source;
import org.efferent.core.StreamException;
import org.efferent.core.health.HealthEvent;
import org.efferent.core.health.HealthOptions;
import org.efferent.core.health.HealthSnapshot;

/**
 * Listens to an LSL stream only to look at its health, on a thread of its own: numbers or texts. A
 * monitor that exists is connected.
 */
public final class StreamMonitor implements AutoCloseable {
  private static final int CHUNK_ROWS = 512;
  private static final long JOIN_MILLIS = 2_000;

  /** How late a silence may be heard of. */
  private static final Duration LOOK = Duration.ofMillis(25);

  private final StreamInlet inlet;
  private final InletHealth health;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closed;
  private volatile String failure;

  /**
   * Connects to a stream. An outlet that closes ends it; it is not waited for.
   *
   * @param lsl how LSL is spoken
   * @param found the stream as a resolver found it
   * @param options from when on something is wrong
   * @param listener hears what begins and ends, on the monitor's thread
   * @throws StreamException if the stream cannot be reached
   */
  public StreamMonitor(
      Lsl lsl, LslStreamInfo found, HealthOptions options, Consumer<HealthEvent> listener) {
    LslStreamInfo info = lsl.fullInfo(found);
    health = new InletHealth(info, options, listener);
    inlet = lsl.openInlet(info, InletOptions.DEFAULTS.withEndOnDisconnect(true));
    thread = new Thread(() -> listen(info), "efferent-monitor-" + info.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void listen(LslStreamInfo info) {
    try {
      if (info.format() == ChannelFormat.STRING) {
        texts(new String[info.channelCount()]);
      } else {
        numbers(new Chunk(CHUNK_ROWS, Math.max(1, info.channelCount())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = closed ? null : e.getMessage() == null ? e.toString() : e.getMessage();
    } finally {
      health.end();
      ended.countDown();
    }
  }

  private void numbers(Chunk chunk) throws InterruptedException {
    while (!closed) {
      int n = inlet.pull(chunk, LOOK);
      before();
      if (n == Source.END) {
        return;
      }
      if (n > 0) {
        health.rows(chunk);
      } else {
        health.nothing();
      }
    }
  }

  private void texts(String[] row) throws InterruptedException {
    while (!closed) {
      double stamp = inlet.pull(row, LOOK);
      before();
      if (!Double.isNaN(stamp)) {
        health.row(stamp);
      } else if (inlet.isEnded()) {
        return;
      } else {
        health.nothing();
      }
    }
  }

  private void before() {
    health.dropped(inlet.dropped());
    if (inlet.wasClockReset()) {
      health.clockReset();
    }
  }

  /** The figures so far. */
  public HealthSnapshot snapshot() {
    return health.snapshot();
  }

  /** Why the stream ended too early, if it did. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Waits until the stream has ended.
   *
   * @param timeout how long at the most
   * @return whether it has
   * @throws InterruptedException if the waiting thread is asked to stop
   */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Leaves the stream, in bounded time. */
  @Override
  public void close() {
    closed = true;
    inlet.close();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
