package org.efferent.acquisition.lsl;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.efferent.core.LocalClock;
import org.efferent.core.StreamException;

/** Keeps the correction of a peer's clock up to date, on a thread of its own. */
final class ClockFollower implements AutoCloseable {
  private final LslStreamInfo info;
  private final LslConfig config;
  private final LocalClock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile TimeCorrection current;

  ClockFollower(TimeCorrection first, LslStreamInfo info, LslConfig config, LocalClock clock) {
    this.current = first;
    this.info = info;
    this.config = config;
    this.clock = clock;
    Thread thread = new Thread(this::follow, "efferent-lsl-clock-" + info.name());
    thread.setDaemon(true);
    thread.start();
  }

  static TimeCorrection measure(
      LslStreamInfo info, LslConfig config, LocalClock clock, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      TimeProber prober = new TimeProber(info.v4(), config, clock);
      while (true) {
        Optional<TimeCorrection> correction = prober.wave();
        if (correction.isPresent()) {
          return correction.get();
        }
        if (System.nanoTime() - deadline >= 0) {
          throw new StreamException(
              "stream '%s' at %s:%d: a time correction needs %d answers of %d probes; %d came"
                  .formatted(
                      info.name(),
                      info.v4().address(),
                      info.v4().servicePort(),
                      config.tuning().timeMinProbes(),
                      config.tuning().timeProbes(),
                      prober.answered()));
        }
      }
    } catch (IOException e) {
      throw new StreamException(
          "stream '%s': cannot ask for the time: %s".formatted(info.name(), e.getMessage()), e);
    }
  }

  TimeCorrection current() {
    return current;
  }

  double seconds() {
    return current.seconds();
  }

  private void follow() {
    try {
      TimeProber prober = new TimeProber(info.v4(), config, clock);
      long pause = config.tuning().timeUpdateInterval().toNanos();
      while (!closed.await(pause, TimeUnit.NANOSECONDS)) {
        wave(prober).ifPresent(correction -> current = correction);
      }
    } catch (IOException e) {
      // No socket any more; the last correction stands.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<TimeCorrection> wave(TimeProber prober) {
    try {
      return prober.wave();
    } catch (IOException e) {
      // The network is away for now: the last correction stands, clocks drift by microseconds, and
      // the next wave tries again.
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
