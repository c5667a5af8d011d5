package org.efferent.acquisition.simulate;

import org.efferent.acquisition.lsl.LslStreamInfo;

/** One stream of a {@link Simulation}: regular samples, or events. */
public sealed interface SimulatedStream permits SimulatedSignal, SimulatedEvents {
  /** The stream as it is published; {@code desc} says what is simulated. */
  LslStreamInfo lsl();
}
