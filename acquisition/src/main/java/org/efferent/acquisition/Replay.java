package org.efferent.acquisition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.efferent.core.Marker;
import org.efferent.core.Recording;

/**
 * Plays a recording, on a thread of its own, to whoever wants its rows: an LSL outlet ({@link
 * LslReplayTarget}) or any {@link ReplayTarget}. A replay that exists is playing; it ends with the
 * recording.
 */
public final class Replay implements AutoCloseable {
  private static final long JOIN_MILLIS = 5_000;

  private final Recording recording;
  private final ReplayTarget target;
  private final ReplayOptions options;
  private final Begin begin;
  private final Thread thread;
  private volatile long played;
  private volatile Throwable failure;
  private volatile boolean stopping;

  /**
   * A moment of a recording and when it is due. Streams of one recording that are played with the
   * same beginning keep the time between them, to the last digit.
   *
   * @param recorded the moment, seconds on the clock of the recording
   * @param nanos when it is due, on {@link ReplayOptions#clock()}
   */
  public record Begin(double recorded, long nanos) {}

  /**
   * Starts to play; the first row or marker is due when the target has begun.
   *
   * @param recording what to play; its stamps say when
   * @param target who gets it
   * @param options how fast, and how it is stamped
   */
  public Replay(Recording recording, ReplayTarget target, ReplayOptions options) {
    this(recording, target, options, null);
  }

  /**
   * Starts to play with others.
   *
   * @param recording what to play; its stamps say when
   * @param target who gets it
   * @param options how fast, and how it is stamped
   * @param begin which recorded moment is due when; null for the first row or marker when the
   *     target has begun
   */
  public Replay(Recording recording, ReplayTarget target, ReplayOptions options, Begin begin) {
    this.recording = recording;
    this.target = target;
    this.options = options;
    this.begin = begin;
    thread = new Thread(this::run, "efferent-replay-" + recording.info().name());
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      target.begin();
      play();
    } catch (InterruptedException e) {
      if (!stopping) {
        failure = e;
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      target.end();
    }
  }

  private void play() throws InterruptedException {
    RowBlocks blocks = new RowBlocks(recording);
    List<Marker> markers = recording.markers();
    double base =
        blocks.rows() > 0 ? blocks.stamp(0) : markers.isEmpty() ? 0 : markers.get(0).time();
    Schedule schedule =
        new Schedule(options, begin == null ? new Begin(base, options.clock().nanos()) : begin);
    int marker = 0;
    for (long row = 0; row < blocks.rows() && !stopping; row++) {
      double stamp = blocks.stamp(row);
      while (marker < markers.size() && markers.get(marker).time() <= stamp) {
        mark(schedule, markers.get(marker++));
      }
      schedule.await(stamp);
      options.gate().await(row);
      target.row(schedule.stamp(stamp), blocks.values(), blocks.offset(row));
      played = row + 1;
    }
    while (marker < markers.size() && !stopping) {
      mark(schedule, markers.get(marker++));
    }
  }

  private void mark(Schedule schedule, Marker marker) throws InterruptedException {
    schedule.await(marker.time());
    target.marker(schedule.stamp(marker.time()), marker.label());
  }

  /** Rows that were played. */
  public long played() {
    return played;
  }

  /** Why it ended before the recording did, if it did. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Waits for the end.
   *
   * @param timeout how long at the most
   * @return whether it is over
   * @throws InterruptedException if the waiting thread is asked to stop
   */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    thread.join(Math.max(1, timeout.toMillis()));
    return !thread.isAlive();
  }

  /** Stops playing. */
  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
