package org.efferent.acquisition.simulate;

import org.efferent.core.UsageException;

/**
 * A simulated user who steers a cursor that obeys perfectly: what a calibration looks like.
 *
 * @param name of the stream
 * @param units how many units are heard
 * @param binSeconds length of a bin
 * @param delayBins bins from what happens to what the user sees
 * @param topSpeed positions a second at the user's top speed; 1.0 is the shortest side of the
 *     screen
 * @param holdSeconds how long the cursor stays on a target before the next one comes
 */
public record SteeringOptions(
    String name, int units, double binSeconds, int delayBins, double topSpeed, double holdSeconds) {
  /** The user of the demo: 40 units, 20 bins a second. */
  public static final SteeringOptions DEFAULTS =
      new SteeringOptions("SimCursor", 40, 0.05, 3, 0.6, 0.5);

  /** Checks the values. */
  public SteeringOptions {
    if (name.isBlank()) {
      throw new UsageException("a stream has a name; name='" + name + "'");
    }
    Limits.check("units", units, 1, 10_000);
    Limits.check("binSeconds", binSeconds, 0.001, 1);
    Limits.check("delayBins", delayBins, 0, 1000);
    Limits.check("topSpeed", topSpeed, 0.01, 100);
    Limits.check("holdSeconds", holdSeconds, 0, 60);
  }
}
