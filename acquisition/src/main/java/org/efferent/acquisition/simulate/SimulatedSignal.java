package org.efferent.acquisition.simulate;

import java.util.List;
import java.util.Objects;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;

/**
 * A regular stream without an end whose rows are computed when they are read: the same rows whoever
 * reads them, in whatever portions and order; in order is fast. One thread at a time reads the
 * streams of a simulation, all of them together.
 */
public final class SimulatedSignal implements SimulatedStream {
  private final LslStreamInfo lsl;
  private final StreamInfo info;
  private final Timeline timeline;
  private final Generator generator;

  /** Computes samples. */
  @FunctionalInterface
  interface Generator {
    /**
     * Computes some samples, each a function of its number alone.
     *
     * @param from first sample number
     * @param count how many
     * @param into modified: {@code [count × channels]} from {@code offset} on, all of it
     * @param offset where the first goes
     */
    void fill(long from, int count, double[] into, int offset);
  }

  SimulatedSignal(LslStreamInfo lsl, StreamInfo info, Timeline timeline, Generator generator) {
    this.lsl = lsl;
    this.info = info;
    this.timeline = timeline;
    this.generator = generator;
  }

  @Override
  public LslStreamInfo lsl() {
    return lsl;
  }

  /** What the samples are, with the positions of the sensors. */
  public StreamInfo info() {
    return info;
  }

  /**
   * When a row is.
   *
   * @param row from 0
   * @return seconds from the start of the simulation
   */
  public double time(long row) {
    return timeline.time(timeline.sample(row));
  }

  /**
   * The first row at or after a moment; so many rows come before it.
   *
   * @param seconds from the start of the simulation
   * @return its index
   */
  public long rowAt(double seconds) {
    return timeline.row(timeline.sampleAt(seconds));
  }

  /**
   * Which sample of the device a row is: samples that were lost are counted.
   *
   * @param row from 0
   * @return the sample, from 0
   */
  public long sample(long row) {
    return timeline.sample(row);
  }

  /**
   * Computes some rows.
   *
   * @param from first row, not negative
   * @param rows how many
   * @param into modified: {@code [rows × channels]}, row-major, in the units of the channels
   * @param offset where in {@code into} the first row starts
   */
  public void read(long from, int rows, double[] into, int offset) {
    if (from < 0) {
      throw new IndexOutOfBoundsException("a row is not negative; from=" + from);
    }
    int channels = info.channelCount();
    Objects.checkFromIndexSize(offset, rows * channels, into.length);
    int done = 0;
    while (done < rows) {
      int n = (int) Math.min(rows - done, timeline.run(from + done));
      generator.fill(timeline.sample(from + done), n, into, offset + done * channels);
      done += n;
    }
  }

  /**
   * The first seconds of this stream as a recording that is computed when it is read.
   *
   * @param seconds how many
   * @param markers what happened meanwhile, in order of time
   * @return the recording; its clock is 0 at the start of the simulation
   * @throws UsageException if the time is negative or longer than 10,000,000 s
   */
  public Recording recording(double seconds, List<Marker> markers) {
    if (!(seconds >= 0 && seconds <= 1e7)) {
      throw new UsageException(
          "a simulated recording lasts 0 to 10000000 seconds; seconds=" + seconds);
    }
    return new Computed(this, rowAt(seconds), markers);
  }

  /** The rows before a certain one. */
  private record Computed(SimulatedSignal signal, long rows, List<Marker> markers)
      implements Recording {
    Computed {
      markers = List.copyOf(markers);
    }

    @Override
    public StreamInfo info() {
      return signal.info();
    }

    @Override
    public void read(long from, int count, double[] into, int offset) {
      Objects.checkFromIndexSize(from, count, rows);
      signal.read(from, count, into, offset);
    }

    @Override
    public void readStamps(long from, int count, double[] into, int offset) {
      Objects.checkFromIndexSize(from, count, rows);
      for (int i = 0; i < count; i++) {
        into[offset + i] = signal.time(from + i);
      }
    }
  }
}
