package org.efferent.acquisition.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;

/**
 * A simulation on its way through LSL, on a thread of its own. A run that exists can be found and
 * runs; it ends after its time or with {@link #close}.
 *
 * <p>Stamps are the start plus the time in the simulation, whatever the speed and however late a
 * sample is pushed: regular ones lie {@code 1/rate} apart. Samples go out in packets, each computed
 * ahead and pushed at once when its last sample is due; what is due does not depend on what came
 * late before.
 */
public final class SimulationRun implements AutoCloseable {
  private static final long JOIN_MILLIS = 5_000;

  /** Without a pace, so many packets at once. */
  private static final int UNPACED_PACKETS = 10;

  private final SimulationRunOptions options;
  private final SimulationListener listener;
  private final LocalClock stamps;
  private final List<RunTrack> tracks = new ArrayList<>();
  private final Thread thread;
  private volatile double played;
  private final AtomicLong late = new AtomicLong();
  private volatile long packets;
  private volatile long worstNanos;
  private volatile Throwable failure;
  private volatile boolean stopping;

  /**
   * Publishes all streams of a simulation and starts it.
   *
   * @param simulation what is published; nobody else reads it from now on
   * @param lsl the way
   * @param options how
   * @param listener hears every number that is pushed
   * @throws StreamException if the ports cannot be had
   */
  public SimulationRun(
      Simulation simulation, Lsl lsl, SimulationRunOptions options, SimulationListener listener) {
    this.options = options;
    this.listener = listener;
    this.stamps = lsl.clock();
    try {
      for (SimulatedStream stream : simulation.streams()) {
        StreamOutlet outlet = lsl.openOutlet(stream.lsl());
        tracks.add(
            stream instanceof SimulatedSignal signal
                ? new RunTrack.Signal(outlet, signal)
                : new RunTrack.Events(outlet, (SimulatedEvents) stream));
      }
    } catch (RuntimeException e) {
      tracks.forEach(track -> track.outlet.close());
      throw e;
    }
    thread = new Thread(this::run, "efferent-simulate-" + simulation.signal().info().name());
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      awaitConsumers();
      play();
    } catch (InterruptedException e) {
      if (!stopping) {
        failure = e;
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      tracks.forEach(track -> track.outlet.close());
    }
  }

  private void awaitConsumers() throws InterruptedException {
    long deadline = System.nanoTime() + options.awaitConsumers().toNanos();
    for (RunTrack track : tracks) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!options.awaitConsumers().isZero() && !track.outlet.awaitConsumers(left)) {
        throw new StreamException(
            "nobody listens to stream '%s' within %s s; nothing was simulated"
                .formatted(track.outlet.info().name(), options.awaitConsumers().toNanos() / 1e9));
      }
    }
  }

  private void play() throws InterruptedException {
    boolean paced = !Double.isInfinite(options.speed());
    double length = options.packetSeconds() * (paced ? options.speed() : UNPACED_PACKETS);
    double to = Math.min(border(1, length), options.seconds());
    // Before the clock starts: the first packet costs more than any other.
    double last = compute(0, to);
    long start = options.clock().nanos();
    double origin = stamps.seconds();
    for (long packet = 1; !stopping; packet++) {
      if (last >= 0 && paced) {
        long due = start + Math.round(last / options.speed() * 1e9);
        options.waiter().until(due);
        account(options.clock().nanos() - due);
      }
      for (int i = 0; i < tracks.size(); i++) {
        tracks.get(i).push(origin, i, listener);
      }
      packets = packet;
      played = to;
      if (to >= options.seconds()) {
        return;
      }
      double from = to;
      to = Math.min(border(packet + 1, length), options.seconds());
      last = compute(from, to);
    }
  }

  /**
   * Where a packet begins: whole nanoseconds, so that samples fall on the side that they should.
   */
  private static double border(long packet, double length) {
    return Math.rint(packet * length * 1e9) / 1e9;
  }

  /** Time of the last sample of a packet, negative if it has none. */
  private double compute(double from, double to) {
    double last = -1;
    for (RunTrack track : tracks) {
      last = Math.max(last, track.compute(from, to));
    }
    return last;
  }

  /** Late is what goes out more than a packet after it was due. */
  private void account(long lateNanos) {
    if (lateNanos > options.packetSeconds() * 1e9) {
      late.incrementAndGet();
    }
    worstNanos = Math.max(worstNanos, lateNanos);
  }

  /** What became of each stream so far, in the order of {@link Simulation#streams()}. */
  public List<SimulatedStreamStatus> streams() {
    return tracks.stream().map(RunTrack::status).toList();
  }

  /** The streams as they are published, in the order of {@link Simulation#streams()}. */
  public List<LslStreamInfo> published() {
    return tracks.stream().map(track -> track.outlet.info()).toList();
  }

  /** Seconds of the simulation that were pushed. */
  public double played() {
    return played;
  }

  /** Packets that were due so far. */
  public long packets() {
    return packets;
  }

  /** Packets that went out more than a packet's length after they were due. */
  public long late() {
    return late.get();
  }

  /** How late the latest packet was, seconds. */
  public double worstLateSeconds() {
    return worstNanos / 1e9;
  }

  /** Why it ended too early, if it did. */
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

  /** Ends all streams; consumers still get what was pushed. */
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
