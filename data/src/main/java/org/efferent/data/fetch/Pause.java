package org.efferent.data.fetch;

import java.time.Duration;

/** How a download waits between two attempts; passed in, so that tests need not wait. */
@FunctionalInterface
public interface Pause {
  /** Waits on the wall clock. */
  Pause SYSTEM = duration -> Thread.sleep(duration.toMillis());

  /**
   * Waits.
   *
   * @param duration how long
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void pause(Duration duration) throws InterruptedException;
}
