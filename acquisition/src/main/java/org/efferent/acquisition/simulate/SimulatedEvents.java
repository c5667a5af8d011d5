package org.efferent.acquisition.simulate;

import java.util.List;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.UsageException;

/**
 * An irregular stream without an end: markers, or numbers. The same events whoever asks and for
 * whatever portions. One thread at a time reads the streams of a simulation, all of them together.
 */
public final class SimulatedEvents implements SimulatedStream {
  private final LslStreamInfo lsl;
  private final Generator generator;

  /** Computes events. */
  @FunctionalInterface
  interface Generator {
    /** The events whose time lies in {@code [from, to)} seconds, in order. */
    List<SimulatedEvent> between(double from, double to);
  }

  SimulatedEvents(LslStreamInfo lsl, Generator generator) {
    this.lsl = lsl;
    this.generator = generator;
  }

  @Override
  public LslStreamInfo lsl() {
    return lsl;
  }

  /**
   * What happens in a stretch of time.
   *
   * @param from seconds from the start of the simulation
   * @param to seconds; what happens in this moment belongs to the next stretch
   * @return in order of time
   */
  public List<SimulatedEvent> between(double from, double to) {
    return generator.between(from, to);
  }

  /**
   * The labels of a stretch of time as markers.
   *
   * @param from seconds from the start of the simulation
   * @param to seconds, exclusive
   * @return in order of time
   */
  public List<Marker> markers(double from, double to) {
    return between(from, to).stream().map(e -> new Marker(e.time(), e.label())).toList();
  }

  /**
   * The numbers of the first seconds as a recording in memory, a row an event.
   *
   * @param seconds how many
   * @return the recording; its clock is 0 at the start of the simulation
   * @throws UsageException if this is a stream of texts
   */
  public Recording recording(double seconds) {
    if (!lsl.format().isNumeric()) {
      throw new UsageException(
          "stream '" + lsl.name() + "' carries texts; ask for its markers instead");
    }
    List<SimulatedEvent> events = between(0, seconds);
    int channels = lsl.channelCount();
    double[] stamps = new double[events.size()];
    double[] values = new double[events.size() * channels];
    for (int i = 0; i < stamps.length; i++) {
      stamps[i] = events.get(i).time();
      for (int c = 0; c < channels; c++) {
        values[i * channels + c] = events.get(i).values().get(c);
      }
    }
    return new MemoryRecording(lsl.toStreamInfo(), stamps, values, List.of());
  }
}
