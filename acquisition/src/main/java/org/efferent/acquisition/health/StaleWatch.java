package org.efferent.acquisition.health;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.lsl.StreamInlet;

/**
 * Says when an inlet falls silent, whichever way LSL is spoken and whether or not anybody pulls: a
 * signal within a second, beside liblsl's own after 15 s. It looks ten times in the time after
 * which a stream is stale. Streams that come irregularly may be silent: they are not for this.
 */
public final class StaleWatch implements AutoCloseable {
  private static final int LOOKS = 10;
  private static final long JOIN_MILLIS = 2_000;

  /** Hears of silence; called on a thread of the watch, must return at once. */
  public interface Listener {
    /**
     * Nothing has come for too long. Said once a silence.
     *
     * @param silence for how long until now
     */
    void stale(Duration silence);

    /** Samples come again. */
    void resumed();
  }

  private final StreamInlet inlet;
  private final Duration after;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean stale;

  /**
   * Begins to watch.
   *
   * @param inlet what to watch; stays the caller's, and is to be closed after this
   * @param after silence after which it is stale, positive; 250 ms suit a device that sends at
   *     least every 100 ms
   * @param listener hears of silence
   */
  public StaleWatch(StreamInlet inlet, Duration after, Listener listener) {
    if (after.isNegative() || after.isZero()) {
      throw new IllegalArgumentException("after must be positive; after=" + after);
    }
    this.inlet = inlet;
    this.after = after;
    this.listener = Objects.requireNonNull(listener, "listener");
    thread = new Thread(this::watch, "efferent-stale-" + inlet.info().name());
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether nothing comes now. */
  public boolean isStale() {
    return stale;
  }

  private void watch() {
    long pause = Math.max(1, after.toNanos() / LOOKS);
    try {
      while (!closed.await(pause, TimeUnit.NANOSECONDS)) {
        Duration silence = inlet.silence();
        boolean now = silence.compareTo(after) >= 0;
        if (now != stale) {
          stale = now;
          if (now) {
            listener.stale(silence);
          } else {
            listener.resumed();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the watch; the listener is not called any more when this returns, unless it hangs. */
  @Override
  public void close() {
    closed.countDown();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
