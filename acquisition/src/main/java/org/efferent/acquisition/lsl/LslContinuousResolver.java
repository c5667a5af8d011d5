package org.efferent.acquisition.lsl;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;

/**
 * Keeps looking for streams, on a thread of its own: liblsl's continuous resolver. A stream that
 * has not answered for a while is forgotten.
 */
public final class LslContinuousResolver implements AutoCloseable {
  /** After which silence liblsl forgets a stream. */
  public static final Duration FORGET_AFTER = Duration.ofSeconds(5);

  private static final long JOIN_MILLIS = 1_000;

  private final String predicate;
  private final LslConfig config;
  private final long forgetNanos;
  private final LocalClock clock;
  private final Map<String, Seen> seen = new HashMap<>();
  private final AtomicLong failed = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  private record Seen(LslStreamInfo info, long nanos) {}

  /**
   * Starts to look.
   *
   * @param predicate XPath on the stream description; empty for all streams
   * @param config where
   * @param forgetAfter silence after which a stream is forgotten, {@link #FORGET_AFTER} by default
   */
  public LslContinuousResolver(String predicate, LslConfig config, Duration forgetAfter) {
    this(predicate, config, forgetAfter, LocalClock.SYSTEM);
  }

  LslContinuousResolver(
      String predicate, LslConfig config, Duration forgetAfter, LocalClock clock) {
    this.predicate = predicate;
    this.config = config;
    this.forgetNanos = forgetAfter.toNanos();
    this.clock = clock;
    thread = new Thread(this::look, "efferent-lsl-resolver");
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    Duration wave = config.tuning().waveInterval().multipliedBy(2);
    try {
      while (!closed) {
        try {
          note(LslResolver.resolve(predicate, Integer.MAX_VALUE, wave, config));
        } catch (StreamException e) {
          // No socket or no network for now; the next look may have one.
          failed.incrementAndGet();
          TimeUnit.NANOSECONDS.sleep(wave.toNanos());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(List<LslStreamInfo> found) {
    synchronized (seen) {
      for (LslStreamInfo info : found) {
        seen.put(info.origin().uid(), new Seen(info, clock.nanos()));
      }
      seen.notifyAll();
    }
  }

  /** Looks that failed because there was no socket or no network. */
  public long failed() {
    return failed.get();
  }

  /**
   * The streams that are there.
   *
   * @return in no order; empty in the first moments
   */
  public List<LslStreamInfo> results() {
    synchronized (seen) {
      long now = clock.nanos();
      seen.values().removeIf(s -> now - s.nanos() > forgetNanos);
      return seen.values().stream().map(Seen::info).toList();
    }
  }

  /**
   * Waits until streams are there.
   *
   * @param minimum how many
   * @param timeout how long at the most
   * @return the streams that are there then
   * @throws InterruptedException if the waiting thread is asked to stop
   */
  public List<LslStreamInfo> await(int minimum, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    synchronized (seen) {
      while (results().size() < minimum) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          break;
        }
        seen.wait(left);
      }
      return results();
    }
  }

  /** Stops looking. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
