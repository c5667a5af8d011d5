package org.efferent.cli;

import java.time.Duration;
import org.efferent.core.UsageException;
import org.efferent.core.health.HealthOptions;
import picocli.CommandLine.Option;

/** From when on something is wrong with a stream. */
final class HealthSettings {
  private static final double LONGEST_SECONDS = 86_400;

  @Option(
      names = "--rails",
      paramLabel = "LOW:HIGH",
      description =
          "Values at or beyond these are saturated, in the unit of the channels (default: rails are"
              + " found where a signal sticks to its extreme).")
  private String rails;

  @Option(
      names = "--flat",
      paramLabel = "S",
      description =
          "A channel that stands still for this many seconds is flat (default: ${DEFAULT-VALUE}).")
  private double flat = seconds(HealthOptions.DEFAULTS.flatAfter());

  @Option(
      names = "--stale",
      paramLabel = "S",
      description =
          "A stream of which nothing comes for this many seconds is stale, and three periods of it"
              + " at least (default: ${DEFAULT-VALUE}).")
  private double stale = seconds(HealthOptions.DEFAULTS.staleAfter());

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /**
   * The options.
   *
   * @throws UsageException if a value is out of range
   */
  HealthOptions options() {
    HealthOptions options =
        HealthOptions.DEFAULTS
            .withFlat(duration("--flat", flat), 0)
            .withTimes(duration("--stale", stale), HealthOptions.DEFAULTS.recovery());
    if (rails == null) {
      return options;
    }
    String[] ends = rails.split(":", -1);
    try {
      double low = Double.parseDouble(ends[0]);
      double high = Double.parseDouble(ends[ends.length - 1]);
      if (ends.length == 2 && low < high) {
        return options.withRails(low, high, true);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for whatever are no rails.
    }
    throw new UsageException("--rails is LOW:HIGH, two numbers that grow; rails=" + rails);
  }

  private static Duration duration(String name, double seconds) {
    if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
      throw new UsageException(
          "%s must lie above 0 and not above %.0f seconds; %s=%s"
              .formatted(name, LONGEST_SECONDS, name.substring(2), seconds));
    }
    return Duration.ofNanos(Math.max(1, Math.round(seconds * 1e9)));
  }
}
