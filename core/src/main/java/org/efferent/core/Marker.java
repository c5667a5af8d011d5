package org.efferent.core;

import java.util.Objects;

/**
 * Something that happened, with a name.
 *
 * @param time seconds on the clock of the recording or session
 * @param label what happened
 */
public record Marker(double time, String label) {
  /** Checks that the label is there. */
  public Marker {
    Objects.requireNonNull(label, "label");
  }
}
