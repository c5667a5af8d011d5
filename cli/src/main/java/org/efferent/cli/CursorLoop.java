package org.efferent.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.LslSource;
import org.efferent.acquisition.health.MonitoredSource;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.LslConfig;
import org.efferent.acquisition.lsl.LslOutlet;
import org.efferent.acquisition.lsl.LslResolver;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.Decoded;
import org.efferent.core.Decoder;
import org.efferent.core.Estimate;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.LocalClock;
import org.efferent.core.Pipeline;
import org.efferent.core.Session;
import org.efferent.core.SessionOptions;
import org.efferent.core.Sink;
import org.efferent.core.StreamException;
import org.efferent.core.StreamInfo;
import org.efferent.core.health.HealthOptions;
import org.efferent.core.health.HealthSnapshot;
import org.efferent.core.health.StreamHealth;

/**
 * Rows that go out through an LSL outlet of this process on loopback, come in again, and are
 * decoded in a {@link Session}. Every estimate is kept, with the time from the push of its row to
 * its arrival in the sink.
 *
 * @param <E> kind of estimate
 */
final class CursorLoop<E extends Estimate> implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 100;

  /** So many polls without an answer to a row are too many: 20 s. */
  static final int ANSWER_POLLS = 200;

  private final LslOutlet outlet;
  private final StreamHealth health;
  private final Session session;
  private final int warmUp;
  private final List<E> estimates = new ArrayList<>();
  private final LatencyHistogram latency = new LatencyHistogram();
  private final Semaphore answered = new Semaphore(0);
  private final Sink<E> more;

  /**
   * Connects outlet, inlet and session.
   *
   * @param info of the stream; a source id is made for it
   * @param decoder what a row means
   * @param options of the session
   * @param warmUp estimates whose latency is not counted
   * @param more hears every estimate, on the pipeline's thread
   */
  CursorLoop(StreamInfo info, Decoder<E> decoder, SessionOptions options, int warmUp, Sink<E> more)
      throws InterruptedException {
    this(info, 0, decoder, options, warmUp, more, List.of());
  }

  /**
   * Connects outlet, inlet and session.
   *
   * @param info of the stream; a source id is made for it
   * @param playedHz rate at which rows are pushed, 0 if at none, which the stream's health is held
   *     against
   * @param decoder what a row means
   * @param options of the session
   * @param warmUp estimates whose latency is not counted
   * @param more hears every estimate, on the pipeline's thread
   * @param beside pipelines that run beside the decoding one
   */
  @SuppressWarnings("TooManyParameters") // What is connected, from the outlet to those who listen.
  CursorLoop(
      StreamInfo info,
      double playedHz,
      Decoder<E> decoder,
      SessionOptions options,
      int warmUp,
      Sink<E> more,
      List<Session.Branch<?>> beside)
      throws InterruptedException {
    StreamInfo played =
        new StreamInfo(info.name(), info.type(), playedHz, info.sourceId(), info.channels());
    health = new StreamHealth(played, HealthOptions.DEFAULTS, event -> {});
    this.warmUp = warmUp;
    this.more = more;
    String id = "efferent-" + UUID.randomUUID();
    outlet =
        new LslOutlet(
            LslStreamInfo.of(info, ChannelFormat.DOUBLE64).withSourceId(id), LslConfig.LOOPBACK);
    try {
      LslSource source =
          LslSource.open(
              LslResolver.property("source_id", id),
              CONNECT,
              LslConfig.LOOPBACK,
              InletOptions.DEFAULTS.withEndOnDisconnect(true));
      session =
          Session.start(
              new MonitoredSource(source, health, LocalClock.SYSTEM),
              options,
              branches(
                  new Session.Branch<>(Pipeline.everySample(decoder), List.of(this::take)),
                  beside));
      if (!outlet.awaitConsumers(CONNECT)) {
        session.close();
        throw new StreamException(
            "stream '" + info.name() + "' was opened but its outlet has no consumer");
      }
    } catch (RuntimeException | InterruptedException e) {
      outlet.close();
      throw e;
    }
  }

  /** A pipeline before others. */
  static List<Session.Branch<?>> branches(Session.Branch<?> first, List<Session.Branch<?>> others) {
    List<Session.Branch<?>> all = new ArrayList<>();
    all.add(first);
    all.addAll(others);
    return all;
  }

  private void take(Decoded<E> decoded) {
    more.accept(decoded);
    long nanos = Math.round((LocalClock.SYSTEM.seconds() - decoded.stamp()) * 1e9);
    synchronized (estimates) {
      estimates.add(decoded.estimate());
      if (estimates.size() > warmUp) {
        latency.record(nanos);
      }
    }
    answered.release();
  }

  /** The outlet that the rows go into. */
  LslOutlet outlet() {
    return outlet;
  }

  Session session() {
    return session;
  }

  /** What was right and wrong with the rows that came in. */
  HealthSnapshot health() {
    return health.snapshot();
  }

  LatencyHistogram latency() {
    return latency;
  }

  /** The estimates so far. */
  List<E> estimates() {
    synchronized (estimates) {
      return List.copyOf(estimates);
    }
  }

  /**
   * Pushes a row and waits for its estimate: lockstep.
   *
   * @param row the values
   * @return the estimate
   */
  E step(double[] row) throws InterruptedException {
    outlet.push(row);
    awaitAnswer();
    synchronized (estimates) {
      return estimates.get(estimates.size() - 1);
    }
  }

  /**
   * Waits for one further estimate of a row that was pushed.
   *
   * @throws StreamException if the session has ended, or the estimate does not come
   */
  private void awaitAnswer() throws InterruptedException {
    for (int waited = 0; !awaitEstimate(); waited++) {
      if (waited > ANSWER_POLLS) {
        throw noAnswer();
      }
    }
  }

  StreamException noAnswer() {
    return new StreamException(
        "no estimate came for %d s after a row was sent; %d rows lost"
            .formatted(ANSWER_POLLS * POLL_MILLIS / 1000, session.lost()));
  }

  /**
   * Waits a moment for one further estimate.
   *
   * @return whether it came
   * @throws StreamException if the session has ended before
   */
  boolean awaitEstimate() throws InterruptedException {
    if (answered.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      return true;
    }
    session.failure().ifPresent(CursorLoop::rethrow);
    return false;
  }

  /** Throws what ended a session: as it is, if that can be. */
  static void rethrow(Throwable cause) {
    if (cause instanceof RuntimeException known) {
      throw known;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new StreamException("the session ended: " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    session.close();
    outlet.close();
  }
}
