package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;

/**
 * Keeps samples flowing from an outlet into a queue, on a thread of its own, over as many
 * connections as it takes: an outlet that was lost is looked for by its source id, as liblsl does
 * ({@code inlet_connection.cpp}). Exactly one candidate is taken; of several none, until one is
 * left.
 */
final class Feed implements AutoCloseable {
  private static final long JOIN_MILLIS = 1_000;

  private final LslConfig config;
  private final InletOptions options;
  private final SampleQueue queue;
  private final int buffer;
  private final Thread network;
  private final Thread watchdog;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile LslStreamInfo info;
  private volatile FeedConnection connection;
  private volatile Era era;

  Feed(LslStreamInfo first, LslConfig config, InletOptions options, SampleQueue queue, int buffer) {
    this.config = config;
    this.options = options;
    this.queue = queue;
    this.buffer = buffer;
    info = first;
    era = new Era(0, 0, options.timeCorrection() ? follow(first) : null);
    try {
      connection = FeedConnection.open(first, config, buffer, options.maxChunk());
    } catch (RuntimeException e) {
      close(era.follower());
      throw e;
    }
    network = thread(this::run, "efferent-lsl-inlet-" + first.name());
    watchdog =
        isRecoverable() ? thread(this::watch, "efferent-lsl-watchdog-" + first.name()) : null;
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private ClockFollower follow(LslStreamInfo stream) {
    Duration patience = config.tuning().handshake();
    return new ClockFollower(
        ClockFollower.measure(stream, config, LocalClock.SYSTEM, patience),
        stream,
        config,
        LocalClock.SYSTEM);
  }

  /** The stream as it is connected now. */
  LslStreamInfo info() {
    return info;
  }

  /** The era of samples that come now. */
  Era era() {
    return era;
  }

  /** How often the stream was lost and found again. */
  int recoveries() {
    return era.connection();
  }

  /** How often it was found again as another outlet, whose clock may be another. */
  int resets() {
    return era.clock();
  }

  /** Nanoseconds since the last sample came, or since the connection was made. */
  long silenceNanos() {
    return System.nanoTime() - connection.lastArrivalNanos();
  }

  private boolean isRecoverable() {
    return options.recover() && !info.sourceId().isEmpty();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void run() {
    try {
      while (true) {
        Ending ending = receive();
        connection.close();
        connection.stampWhatWaits(queue);
        if (isClosed() || !ending.isRecoverable || !isRecoverable()) {
          queue.end(isClosed() ? null : ending.failure);
          return;
        }
        recover();
      }
    } catch (InterruptedException e) {
      queue.end(null); // closed while it looked for the stream
    } catch (RuntimeException e) {
      String where = FeedConnection.where(info);
      queue.end(new StreamException(where + " was lost and cannot be looked for: " + e, e));
    } finally {
      connection.close();
    }
  }

  /** Why a connection ended; without failure it was in good order. */
  private record Ending(StreamException failure, boolean isRecoverable) {}

  private Ending receive() {
    String where = FeedConnection.where(info);
    try {
      boolean between = connection.receive(queue, era);
      if (between && options.endOnDisconnect()) {
        return new Ending(null, false);
      }
      String place = between ? "" : " in the middle of a sample";
      return lost(where + " was lost: the outlet closed the connection" + place, null);
    } catch (IOException e) {
      return lost(where + " was lost: " + e.getMessage(), e);
    } catch (StreamException e) {
      return lost(where + " broke the protocol: " + e.getMessage(), e);
    } catch (RuntimeException | OutOfMemoryError e) {
      return new Ending(new StreamException(where + " cannot be received: " + e, e), false);
    }
  }

  private static Ending lost(String message, Exception cause) {
    return new Ending(new StreamException(message, cause), true);
  }

  /** Looks for the stream until it is there again and connected. */
  private void recover() throws InterruptedException {
    Duration pause = config.tuning().recoverPause();
    while (true) {
      if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new InterruptedException();
      }
      List<LslStreamInfo> candidates = candidates();
      LslStreamInfo same = find(candidates);
      if (same != null || candidates.size() == 1) {
        LslStreamInfo next = same != null ? same : candidates.get(0);
        if (reconnect(next, same == null)) {
          return;
        }
      }
    }
  }

  private LslStreamInfo find(List<LslStreamInfo> candidates) {
    return candidates.stream()
        .filter(c -> c.origin().uid().equals(info.origin().uid()))
        .findFirst()
        .orElse(null);
  }

  /** Listens for two waves, as one answer does not say that there is no other; two say so. */
  private List<LslStreamInfo> candidates() throws InterruptedException {
    Duration waves = config.tuning().waveInterval().multipliedBy(2);
    try {
      return LslResolver.resolve(recoveryPredicate(info), 2, waves, config);
    } catch (StreamException e) {
      // No socket or no network for now, which may be why the stream was lost.
      return List.of();
    }
  }

  /** liblsl's query for recovery; the session comes with the configuration. */
  static String recoveryPredicate(LslStreamInfo info) {
    return "channel_count='%d' and %s and %s and %s and channel_format='%s'"
        .formatted(
            info.channelCount(),
            LslResolver.property("name", info.name()),
            LslResolver.property("type", info.type()),
            LslResolver.property("source_id", info.sourceId()),
            info.format().token());
  }

  private boolean reconnect(LslStreamInfo next, boolean another) {
    ClockFollower clock = null;
    try {
      clock = options.timeCorrection() ? follow(next) : null;
      FeedConnection found = FeedConnection.open(next, config, buffer, options.maxChunk());
      close(era.follower()); // samples that still wait are moved by what it said last
      info = next;
      connection = found;
      era = new Era(era.connection() + 1, era.clock() + (another ? 1 : 0), clock);
      if (isClosed()) {
        found.close();
        close(clock);
      }
      return true;
    } catch (StreamException e) {
      // It went away again, or is not ready yet: it is looked for once more.
      close(clock);
      return false;
    }
  }

  private static void close(ClockFollower follower) {
    if (follower != null) {
      follower.close();
    }
  }

  /**
   * A peer whose host died says nothing, not even goodbye. After {@link
   * LslTuning#watchdogThreshold()} of silence the stream is looked for; if it lives elsewhere, the
   * dead connection is given up.
   */
  private void watch() {
    LslTuning tuning = config.tuning();
    try {
      while (!closed.await(tuning.watchdogInterval().toNanos(), TimeUnit.NANOSECONDS)) {
        if (silenceNanos() > tuning.watchdogThreshold().toNanos()) {
          List<LslStreamInfo> candidates = candidates();
          if (candidates.size() == 1 && find(candidates) == null) {
            connection.close();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    queue.end(null);
    queue.clear();
    connection.close();
    network.interrupt();
    if (watchdog != null) {
      watchdog.interrupt();
    }
    close(era.follower());
    try {
      network.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
