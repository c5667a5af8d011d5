package org.efferent.data.fetch;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.efferent.core.LocalClock;

/**
 * What a download takes from the machine that it runs on.
 *
 * @param clock measures how long a server stands still
 * @param calendar says which day it is, for the provenance
 * @param pause waits between attempts
 * @param freeSpace says how much room there is
 * @param variables environment variables; only those whose names begin with {@code EFFERENT_TOKEN_}
 *     are looked at
 */
public record FetchEnvironment(
    LocalClock clock,
    Clock calendar,
    Pause pause,
    FreeSpace freeSpace,
    Map<String, String> variables) {
  /** Checks that nothing is null. */
  public FetchEnvironment {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(calendar, "calendar");
    Objects.requireNonNull(pause, "pause");
    Objects.requireNonNull(freeSpace, "freeSpace");
    variables = Map.copyOf(variables);
  }

  /** This machine, this process. */
  public static FetchEnvironment system() {
    return new FetchEnvironment(
        LocalClock.SYSTEM, Clock.systemUTC(), Pause.SYSTEM, FreeSpace.SYSTEM, System.getenv());
  }
}
