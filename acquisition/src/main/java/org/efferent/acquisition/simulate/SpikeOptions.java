package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.List;
import org.efferent.core.UsageException;

/**
 * Simulated units and the movement that they are tuned to.
 *
 * @param name of the stream
 * @param units the units, at least one
 * @param refractorySeconds least time between two spikes of a unit, 0 to 5 ms
 * @param reachSeconds how long a reach takes
 * @param restSeconds mean rest between two reaches
 */
public record SpikeOptions(
    String name,
    List<SpikeUnit> units,
    double refractorySeconds,
    double reachSeconds,
    double restSeconds) {
  private static final double LEAST_BASELINE_HZ = 5;
  private static final double MOST_BASELINE_HZ = 25;
  private static final double LEAST_DEPTH = 0.3;

  /** Checks the values and copies the list. */
  public SpikeOptions {
    units = List.copyOf(units);
    if (name.isBlank() || units.isEmpty()) {
      throw new UsageException(
          "spikes have a name and at least one unit; name='%s', units=%d"
              .formatted(name, units.size()));
    }
    Limits.check("refractorySeconds", refractorySeconds, 0, 0.005);
    Limits.check("reachSeconds", reachSeconds, 0.05, 60);
    Limits.check("restSeconds", restSeconds, 0, 60);
    for (SpikeUnit unit : units) {
      double most = unit.baselineHz() + unit.depthHz();
      if (most * refractorySeconds > 0.5) {
        throw new UsageException(
            "a unit must not need half its time for refractoriness; rateHz=%s, refractorySeconds=%s"
                .formatted(most, refractorySeconds));
      }
    }
  }

  /**
   * Units as in motor cortex: baselines of 5 to 25 spikes a second, depths of 0.3 to 1 times that,
   * so that no rate is cut at 0 and tuning is a cosine exactly; 2 ms of refractoriness; reaches of
   * 0.7 s with rests of 0.5 s.
   *
   * @param name of the stream
   * @param count how many units, 1 to 10,000
   * @param seed of their tuning
   * @return the options
   */
  public static SpikeOptions of(String name, int count, long seed) {
    Limits.check("units", count, 1, 10_000);
    long key = Draws.key(seed, "tuning");
    List<SpikeUnit> units = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double baseline =
          LEAST_BASELINE_HZ
              + (MOST_BASELINE_HZ - LEAST_BASELINE_HZ) * Draws.uniform(key, 3L * i + 1);
      double depth = LEAST_DEPTH + (1 - LEAST_DEPTH) * Draws.uniform(key, 3L * i + 2);
      units.add(
          new SpikeUnit(2 * Math.PI * Draws.uniform(key, 3L * i), baseline, depth * baseline));
    }
    return new SpikeOptions(name, units, 0.002, 0.7, 0.5);
  }
}
