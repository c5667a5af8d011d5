package org.efferent.data.fetch;

import java.time.Duration;
import java.util.Optional;
import org.efferent.core.StreamException;

/** Counts failures in a row and waits longer after each; at last it gives up. */
final class Backoff {
  private final WebOptions options;
  private final Pause pause;
  private final String what;
  private int failures;
  private int all;

  Backoff(WebOptions options, Pause pause, String what) {
    this.options = options;
    this.pause = pause;
    this.what = what;
  }

  /** Failures until now, those before progress included. */
  int failures() {
    return all;
  }

  /** Something was achieved: the count begins anew. */
  void progress() {
    failures = 0;
  }

  /**
   * Notes a failure and waits.
   *
   * @param reason what happened, in a few words
   * @param asked how long the server asks to be left alone
   * @param cause the error, or null
   * @throws StreamException if it was the last attempt
   */
  void again(String reason, Optional<Duration> asked, Throwable cause) throws InterruptedException {
    failures++;
    all++;
    if (failures >= options.attempts()) {
      throw new StreamException(
          "%s: gave up after %d %s: %s; give the command again later, what has arrived is kept"
              .formatted(what, failures, failures == 1 ? "attempt" : "attempts", reason),
          cause);
    }
    Duration longest = options.longestPause();
    Duration wait = options.firstPause();
    for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    if (asked.isPresent() && asked.get().compareTo(wait) > 0) {
      wait = asked.get();
    }
    pause.pause(wait.compareTo(longest) > 0 ? longest : wait);
  }
}
