package org.efferent.core;

import java.util.Objects;

/**
 * Something that happened, with a name.
 *
 * @param time seconds on the clock of the recording or session
 * @param durationSeconds how long it lasted; 0 for a moment
 * @param label what happened
 */
public record Marker(double time, double durationSeconds, String label) {
  /** Checks that the label is there and the duration is not negative. */
  public Marker {
    Objects.requireNonNull(label, "label");
    if (!(durationSeconds >= 0)) {
      throw new IllegalArgumentException(
          "durationSeconds must not be negative; durationSeconds=" + durationSeconds);
    }
  }

  /**
   * A moment.
   *
   * @param time seconds on the clock of the recording or session
   * @param label what happened
   */
  public Marker(double time, String label) {
    this(time, 0, label);
  }
}
