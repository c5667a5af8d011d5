package org.efferent.acquisition.simulate;

import java.util.List;
import java.util.Objects;

/**
 * Something that happens in a simulation.
 *
 * @param time seconds from the start of the simulation
 * @param label what it is
 * @param values what is known of it, one a channel of its stream; empty in a stream of texts
 */
public record SimulatedEvent(double time, String label, List<Double> values) {
  /** Checks that nothing is null and copies the list. */
  public SimulatedEvent {
    Objects.requireNonNull(label, "label");
    values = List.copyOf(values);
  }
}
