package org.efferent.cli;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.efferent.core.SessionEvent;

/** Follows a stream that may go and come back, until somebody wants an end. Used by one thread. */
final class DashboardFollow implements AutoCloseable {
  private static final long STEP_MILLIS = 100;

  /** Looks once for a stream that has gone; null where it is not there yet. */
  @FunctionalInterface
  interface Reopen {
    DashboardRun run() throws InterruptedException;
  }

  private final Reopen reopen;
  private final boolean replay;
  private final double seconds;
  private final OutputOptions output;
  private DashboardRun run;

  /**
   * Nothing has passed yet.
   *
   * @param begun owned from now on
   * @param reopen how to find the stream again; null where it stays in sight when it has ended
   * @param replay whether it is a recording: it ends by itself
   * @param seconds after which it ends; infinite for never
   * @param output for remarks
   */
  DashboardFollow(
      DashboardRun begun, Reopen reopen, boolean replay, double seconds, OutputOptions output) {
    this.run = begun;
    this.reopen = reopen;
    this.replay = replay;
    this.seconds = seconds;
    this.output = output;
  }

  /**
   * Waits, and takes the stream up again where it returns.
   *
   * @param enough whether to end now
   * @return the last session, stopped
   */
  DashboardRun until(BooleanSupplier enough) throws InterruptedException {
    long began = System.nanoTime();
    boolean ended = false;
    while (!enough.getAsBoolean()
        && (replay || (System.nanoTime() - began) / 1e9 < seconds)
        && !(ended && replay && !Double.isInfinite(seconds))) {
      if (!ended) {
        ended = run.awaitEnd(Duration.ofMillis(STEP_MILLIS));
        if (ended && !replay) {
          output.note("the stream has gone; it is shown again when it returns");
          run.models().health().event(SessionEvent.STALE);
        }
      } else if (reopen == null) {
        Thread.sleep(STEP_MILLIS); // a replay that has ended stays in sight
      } else {
        DashboardRun again = reopen.run();
        if (again != null) {
          run.close();
          run = again;
          ended = false;
          run.models().health().event(SessionEvent.RESUMED);
        }
      }
    }
    run.stop();
    return run;
  }

  @Override
  public void close() {
    run.close();
  }
}
