package org.efferent.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A live run: one thread reads the {@link Source} into a {@link SampleRing}, one thread a pipeline
 * reads the ring, decodes, and calls the sinks. It owns the source and closes it. A session that
 * exists is running; it ends when the source ends or fails, a sink or decoder fails, or {@link
 * #close()} is called.
 *
 * <p>Longer than 300 lines, so that threads, failure and the orderly end are read in one place.
 */
public final class Session implements AutoCloseable {
  private static final Duration JOIN = Duration.ofSeconds(2);
  private static final Duration WAIT = Duration.ofMillis(100);

  /**
   * A pipeline with its listeners.
   *
   * @param <E> kind of estimate
   * @param pipeline what to do with the samples
   * @param sinks who listens, in order
   */
  public record Branch<E extends Estimate>(Pipeline<E> pipeline, List<Sink<E>> sinks) {
    /** Copies the list. */
    public Branch {
      Objects.requireNonNull(pipeline, "pipeline");
      sinks = List.copyOf(sinks);
    }
  }

  private final Source source;
  private final SessionOptions options;
  private final SampleRing ring;
  private final Thread acquisition;
  private final List<Thread> workers = new ArrayList<>();
  private final List<PipelineStatistics> statistics = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean stopping;
  private volatile long watchdogStops;

  private Session(Source source, SessionOptions options, List<Branch<?>> branches) {
    this.source = source;
    this.options = options;
    this.ring = new SampleRing(options.ringRows(), source.info().channelCount());
    this.acquisition = daemon("efferent-acquisition", this::acquire);
    for (Branch<?> branch : branches) {
      PipelineStatistics counts = new PipelineStatistics();
      statistics.add(counts);
      workers.add(worker(branch, ring.reader(), counts, workers.size()));
    }
  }

  /**
   * Starts a session.
   *
   * @param source where samples come from; the session owns it from now on
   * @param options how to run
   * @param branches the pipelines with their sinks, at least one
   * @return the running session
   */
  public static Session start(Source source, SessionOptions options, List<Branch<?>> branches) {
    if (branches.isEmpty()) {
      source.close();
      throw new IllegalArgumentException("a session needs at least one pipeline");
    }
    Session session;
    try {
      session = new Session(source, options, branches);
    } catch (RuntimeException | Error e) {
      source.close();
      throw e;
    }
    session.workers.forEach(Thread::start);
    session.acquisition.start();
    return session;
  }

  /**
   * Starts a session of one pipeline.
   *
   * @param source where samples come from; the session owns it from now on
   * @param options how to run
   * @param pipeline what to do with the samples
   * @param sink who listens
   * @param <E> kind of estimate
   * @return the running session
   */
  public static <E extends Estimate> Session start(
      Source source, SessionOptions options, Pipeline<E> pipeline, Sink<E> sink) {
    return start(source, options, List.of(new Branch<>(pipeline, List.of(sink))));
  }

  /** Samples that came from the source. */
  public long samples() {
    return ring.written();
  }

  /** Samples lost anywhere: before the source, or in the ring by the slowest pipeline. */
  public long lost() {
    return source.lost() + statistics.stream().mapToLong(PipelineStatistics::lost).max().orElse(0);
  }

  /** How often the watchdog found the stream silent. */
  public long watchdogStops() {
    return watchdogStops;
  }

  /**
   * What a pipeline counts.
   *
   * @param branch which, from 0
   * @return its live counters
   */
  public PipelineStatistics statistics(int branch) {
    return statistics.get(branch);
  }

  /** Why the session ended before its source did, if it did. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Whether anything of it still runs. */
  public boolean isRunning() {
    return acquisition.isAlive() || workers.stream().anyMatch(Thread::isAlive);
  }

  /**
   * Waits until source and pipelines are done.
   *
   * @param timeout how long at the most
   * @return whether they are
   * @throws InterruptedException if the waiting thread is asked to stop
   */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean done = join(acquisition, deadline);
    for (Thread worker : workers) {
      done &= join(worker, deadline);
    }
    return done;
  }

  private static boolean join(Thread thread, long deadline) throws InterruptedException {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left > 0) {
      thread.join(left);
    }
    return !thread.isAlive();
  }

  /**
   * Stops in good order: what is in the ring is still decoded, for at most two seconds; then the
   * pipelines are stopped, and no sink is called any more when this returns, unless one hangs.
   */
  @Override
  public void close() {
    stopping = true;
    boolean interrupted = false;
    acquisition.interrupt();
    try {
      if (!awaitEnd(JOIN)) {
        workers.forEach(Thread::interrupt);
        awaitEnd(JOIN);
      }
    } catch (InterruptedException e) {
      interrupted = true;
      workers.forEach(Thread::interrupt);
    }
    source.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void acquire() {
    Chunk chunk = new Chunk(options.chunkRows(), ring.channels());
    long lastArrival = options.clock().nanos();
    boolean stale = false;
    try {
      while (!stopping) {
        int rows = source.read(chunk, stale ? WAIT : options.staleAfter());
        if (rows == Source.END) {
          options.listener().accept(SessionEvent.ENDED);
          return;
        }
        if (rows > 0) {
          ring.write(chunk);
          lastArrival = options.clock().nanos();
          if (stale) {
            stale = false;
            options.listener().accept(SessionEvent.RESUMED);
          }
          continue;
        }
        long silence = options.clock().nanos() - lastArrival;
        if (!stale && silence >= options.staleAfter().toNanos()) {
          stale = true;
          noteStale();
        }
        if (silence >= options.lostAfter().toNanos()) {
          throw new StreamException(
              "stream '%s' sent nothing for %.1f s; is its device still on?"
                  .formatted(source.info().name(), silence / 1e9));
        }
      }
    } catch (InterruptedException e) {
      if (!stopping) {
        fail(e);
      }
    } catch (Throwable e) {
      fail(e);
    } finally {
      ring.end();
      source.close();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // the acquisition thread alone writes
  private void noteStale() {
    watchdogStops++;
    options.listener().accept(SessionEvent.STALE);
  }

  private <E extends Estimate> Thread worker(
      Branch<E> branch, SampleRing.Reader reader, PipelineStatistics counts, int number) {
    return daemon("efferent-pipeline-" + number, () -> decode(branch, reader, counts));
  }

  private <E extends Estimate> void decode(
      Branch<E> branch, SampleRing.Reader reader, PipelineStatistics counts) {
    Pipeline<E> pipeline = branch.pipeline();
    Chunk chunk = new Chunk(options.chunkRows(), ring.channels());
    Cutter cutter = Cutter.of(pipeline, ring.channels());
    try (reader) {
      pipeline.transforms().forEach(Transform::reset);
      pipeline.decoder().reset();
      Cutter.Target target =
          window -> {
            if (!Thread.currentThread().isInterrupted()) {
              deliver(branch, window, counts);
            }
          };
      while (!Thread.currentThread().isInterrupted()) {
        int rows = reader.read(chunk);
        if (rows == Source.END) {
          return;
        }
        if (rows == 0) {
          reader.await(WAIT);
          continue;
        }
        counts.losses(reader.lost(), reader.laps());
        for (Transform transform : pipeline.transforms()) {
          transform.apply(chunk);
        }
        cutter.feed(chunk, target);
      }
    } catch (InterruptedException e) {
      if (!stopping) {
        fail(e);
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  private <E extends Estimate> void deliver(
      Branch<E> branch, Window window, PipelineStatistics counts) {
    LocalClock clock = options.clock();
    long begun = clock.nanos();
    E estimate = branch.pipeline().decoder().decode(window);
    long decoded = clock.nanos();
    Decoded<E> message = Decoded.of(estimate, window, decoded, decoded - begun);
    for (Sink<E> sink : branch.sinks()) {
      sink.accept(message);
    }
    counts.window(
        window.arrivalNanos(), begun, decoded, clock.nanos(), options.deadline().toNanos());
  }

  private void fail(Throwable cause) {
    if (failure.compareAndSet(null, cause)) {
      stopping = true;
      acquisition.interrupt();
      options.listener().accept(SessionEvent.FAILED);
    }
  }

  private static Thread daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }
}
