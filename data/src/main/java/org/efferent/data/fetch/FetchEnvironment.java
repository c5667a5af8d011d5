package org.efferent.data.fetch;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.efferent.core.LocalClock;

/**
 * What a download takes from the machine that it runs on.
 *
 * @param clock measures how long a server stands still
 * @param calendar says which day it is, for the provenance
 * @param pause waits between attempts
 * @param freeSpace says how much room there is
 * @param variables environment variables; those whose names do not begin with {@code
 *     EFFERENT_TOKEN_} are left out
 */
public record FetchEnvironment(
    LocalClock clock,
    Clock calendar,
    Pause pause,
    FreeSpace freeSpace,
    Map<String, String> variables) {
  /** What the names of variables begin with that a card may ask for. */
  static final String TOKEN = "EFFERENT_TOKEN_";

  /** Checks that nothing is null. */
  public FetchEnvironment {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(calendar, "calendar");
    Objects.requireNonNull(pause, "pause");
    Objects.requireNonNull(freeSpace, "freeSpace");
    Map<String, String> tokens = new TreeMap<>(variables);
    tokens.keySet().removeIf(name -> !name.startsWith(TOKEN));
    variables = Map.copyOf(tokens);
  }

  /** Names the tokens that are there and shows none. */
  @Override
  public String toString() {
    return "FetchEnvironment[tokens=" + new TreeMap<>(variables).keySet() + "]";
  }

  /** This machine, this process. */
  public static FetchEnvironment system() {
    return new FetchEnvironment(
        LocalClock.SYSTEM, Clock.systemUTC(), Pause.SYSTEM, FreeSpace.SYSTEM, System.getenv());
  }
}
