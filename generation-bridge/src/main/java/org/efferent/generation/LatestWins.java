package org.efferent.generation;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.efferent.core.Decoded;
import org.efferent.core.Estimate;
import org.efferent.core.LocalClock;
import org.efferent.core.Sink;

/**
 * A sink for work that is slower than decoding, such as pictures: it runs on a thread of its own,
 * one item waits at the most, and a newer item takes its place. So a pipeline is never delayed and
 * never sees an error of the work; what was replaced, and what failed, is counted. Each item ends
 * in exactly one of {@code finished}, {@code failed} and {@code cancelled}.
 *
 * <p>Longer than 300 lines, so that the lock and all that it guards are read in one place.
 *
 * @param <E> kind of estimate
 * @param <T> what the work makes
 */
public final class LatestWins<E extends Estimate, T> implements Sink<E>, AutoCloseable {

  /**
   * What is done with an estimate.
   *
   * @param <E> kind of estimate
   * @param <T> what it makes
   */
  @FunctionalInterface
  public interface Work<E extends Estimate, T> {
    /**
     * Does it, on the thread of the sink.
     *
     * @param decoded the estimate and the window that it comes from
     * @return the result
     * @throws Exception if it fails; it is counted and reported
     */
    T run(Decoded<E> decoded) throws Exception;
  }

  /**
   * A result with the window that it came from.
   *
   * @param <E> kind of estimate
   * @param <T> kind of result
   * @param decoded the estimate and its window
   * @param value what the work made
   * @param workNanos how long it took
   * @param readyNanos when it was ready ({@link LocalClock})
   */
  public record Result<E extends Estimate, T>(
      Decoded<E> decoded, T value, long workNanos, long readyNanos) {}

  /**
   * Who hears of results, on the thread of the sink. What it throws is counted and goes no further.
   *
   * @param <E> kind of estimate
   * @param <T> kind of result
   */
  public interface Listener<E extends Estimate, T> {
    /**
     * A result is there.
     *
     * @param result the result with its window
     */
    void finished(Result<E, T> result);

    /**
     * The work failed; the next item is tried as if nothing had been.
     *
     * @param decoded what it failed on
     * @param cause why
     */
    void failed(Decoded<E> decoded, Throwable cause);
  }

  /**
   * What became of the items; while the sink runs, one may wait and one be worked on.
   *
   * @param accepted items that came
   * @param finished results that were handed over
   * @param failed items whose work threw
   * @param cancelled items that were replaced by newer ones, or dropped at the end
   * @param listenerFailures calls of the listener that threw
   */
  public record Counts(
      long accepted, long finished, long failed, long cancelled, long listenerFailures) {
    /** Items that wait or are worked on. */
    public long open() {
      return accepted - finished - failed - cancelled;
    }
  }

  private final Work<E, T> work;
  private final Listener<E, T> listener;
  private final LocalClock clock;
  private final Duration patience;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All below are guarded by the lock.
  private Decoded<E> waiting;
  private boolean busy;
  private boolean closed;
  private boolean abandoned;
  private long accepted;
  private long finished;
  private long failed;
  private long cancelled;
  private long listenerFailures;

  /**
   * Starts the thread.
   *
   * @param name of the thread, such as {@code generator}
   * @param work what is done with the newest estimate
   * @param listener who hears of results and failures
   * @param clock measures the work
   * @param patience how long {@link #close()} waits for work that runs, before and after it is
   *     interrupted; positive
   */
  @SuppressWarnings("this-escape") // the thread starts when all fields are set
  public LatestWins(
      String name, Work<E, T> work, Listener<E, T> listener, LocalClock clock, Duration patience) {
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience must be positive; patience=" + patience);
    }
    this.work = Objects.requireNonNull(work, "work");
    this.listener = Objects.requireNonNull(listener, "listener");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.patience = patience;
    this.thread = new Thread(this::run, "efferent-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes an estimate and returns at once; after {@link #close()} it counts as cancelled. */
  @Override
  public void accept(Decoded<E> decoded) {
    Objects.requireNonNull(decoded, "decoded");
    lock.lock();
    try {
      accepted++;
      if (closed) {
        cancelled++;
        return;
      }
      if (waiting != null) {
        cancelled++;
      }
      waiting = decoded;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What became of the items until now. */
  public Counts counts() {
    lock.lock();
    try {
      return new Counts(accepted, finished, failed, cancelled, listenerFailures);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nothing waits and nothing is worked on, its listener heard.
   *
   * @param timeout how long at the most
   * @return whether it is so
   * @throws InterruptedException if the waiting thread is asked to stop
   */
  public boolean awaitIdle(Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (busy || waiting != null) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends in bounded time: what waits is cancelled; work that runs may finish for {@code patience},
   * is then interrupted and given as long again. If it hangs even then, its result is dropped, and
   * its thread, a daemon, is left behind.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      dropWaiting();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (Thread.currentThread() == thread) {
      return; // a listener closes: the thread ends when it returns
    }
    boolean interrupted = !joined();
    if (thread.isAlive()) {
      abandon();
      thread.interrupt();
      interrupted |= !joined();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the wait was not interrupted. */
  private boolean joined() {
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, patience.toNanos());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void abandon() {
    lock.lock();
    try {
      abandoned = true;
    } finally {
      lock.unlock();
    }
  }

  private void dropWaiting() {
    if (waiting != null) {
      waiting = null;
      cancelled++;
    }
  }

  private void run() {
    for (Decoded<E> item = next(); item != null; item = next()) {
      work(item);
    }
  }

  /** The newest item; null at the end. */
  private Decoded<E> next() {
    lock.lock();
    try {
      busy = false;
      changed.signalAll();
      while (waiting == null && !closed) {
        changed.awaitUninterruptibly();
      }
      Decoded<E> item = waiting;
      waiting = null;
      busy = item != null;
      return item;
    } finally {
      lock.unlock();
    }
  }

  private void work(Decoded<E> item) {
    long begun = clock.nanos();
    T value = null;
    Throwable cause = null;
    try {
      value = work.run(item);
    } catch (Throwable e) { // whatever it is, the next item has its chance
      cause = e;
    }
    long ready = clock.nanos();
    if (!count(cause)) {
      return;
    }
    try {
      if (cause == null) {
        listener.finished(new Result<>(item, value, ready - begun, ready));
      } else {
        listener.failed(item, cause);
      }
    } catch (Throwable e) {
      lock.lock();
      try {
        listenerFailures++;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Counts an item; whether its listener is to hear of it. */
  private boolean count(Throwable cause) {
    lock.lock();
    try {
      if (abandoned) {
        cancelled++;
        return false;
      }
      if (cause == null) {
        finished++;
      } else {
        failed++;
      }
      return true;
    } finally {
      lock.unlock();
      Thread.interrupted(); // what the work left behind must not reach the next item
    }
  }
}
