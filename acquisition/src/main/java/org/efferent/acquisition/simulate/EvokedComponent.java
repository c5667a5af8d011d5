package org.efferent.acquisition.simulate;

import java.util.Objects;
import org.efferent.core.UsageException;

/**
 * One wave of an evoked response: a bell in time, and a bell over the head.
 *
 * @param name such as P1, N1, P3b
 * @param electrode of the 10-05 system over which it is strongest
 * @param spreadDegrees standard deviation of the bell over the head, degrees from its centre
 * @param latencySeconds from the stimulus to the peak
 * @param widthSeconds standard deviation of the bell in time
 * @param microvolt height of the peak at its strongest place; negative for a negative wave
 */
public record EvokedComponent(
    String name,
    String electrode,
    double spreadDegrees,
    double latencySeconds,
    double widthSeconds,
    double microvolt) {
  /** Checks the values. */
  public EvokedComponent {
    Objects.requireNonNull(electrode, "electrode");
    if (name.isBlank()) {
      throw new UsageException("a component has a name; name='" + name + "'");
    }
    Limits.check(name + ".spreadDegrees", spreadDegrees, 1, 360);
    Limits.check(name + ".latencySeconds", latencySeconds, 0, 5);
    Limits.check(name + ".widthSeconds", widthSeconds, 0.001, 2);
    Limits.check(name + ".microvolt", microvolt, -1e6, 1e6);
  }
}
