package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efferent.core.Marker;
import org.efferent.core.Recording;

/**
 * A simulator: a signal whose truth is known. All of it is a function of its options and its seed,
 * not of how or when it is read; time starts at 0 and has no end. {@link SimulationRun} publishes
 * it, {@link #recording} is the same offline, and a {@link org.efferent.acquisition.ReplaySource}
 * over that is a source without LSL. One thread at a time reads the streams of a simulation, all of
 * them together.
 */
public interface Simulation {
  /** The signal. */
  SimulatedSignal signal();

  /** The markers that go with the signal, as an experiment would send them; none in some. */
  default Optional<SimulatedEvents> markers() {
    return Optional.empty();
  }

  /** What an experiment would not know; the most important stream first. */
  List<SimulatedStream> truth();

  /** All its streams: the signal, the markers if there are any, the truth. */
  default List<SimulatedStream> streams() {
    List<SimulatedStream> all = new ArrayList<>();
    all.add(signal());
    markers().ifPresent(all::add);
    all.addAll(truth());
    return all;
  }

  /**
   * The first seconds of the signal, with its markers.
   *
   * @param seconds how many
   * @return a recording that is computed when it is read
   * @throws org.efferent.core.UsageException if the time is negative or longer than 10,000,000 s
   */
  default Recording recording(double seconds) {
    List<Marker> events = markers().map(m -> m.markers(0, seconds)).orElse(List.of());
    return signal().recording(seconds, events);
  }
}
