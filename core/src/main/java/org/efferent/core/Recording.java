package org.efferent.core;

import java.util.List;
import java.util.Objects;

/**
 * A stream of numbers that was recorded: {@code [rows × channels]} with a stamp a row (seconds),
 * and the markers that go with it. Rows are read by range, so a recording may be larger than
 * memory; one thread at a time reads.
 */
public interface Recording extends AutoCloseable {
  /** What the samples are: channels with kind, unit and position, and the nominal rate. */
  StreamInfo info();

  /** Samples. */
  long rows();

  /** Values a sample. */
  default int channels() {
    return info().channelCount();
  }

  /**
   * Reads some rows.
   *
   * @param from first row, 0-based
   * @param rows how many; {@code from + rows} lies within the recording
   * @param into where the values go, {@code [rows × channels]}, row-major, in the channels' units
   * @param offset where in {@code into} the first row starts
   * @throws IndexOutOfBoundsException if the rows lie outside the recording
   * @throws InputException if a file below turns out to be damaged
   */
  void read(long from, int rows, double[] into, int offset);

  /**
   * Reads the stamps of some rows.
   *
   * @param from first row, 0-based
   * @param rows how many
   * @param into where the stamps go, {@code [rows]}, seconds on the clock of the recording
   * @param offset where in {@code into} the first goes
   * @throws IndexOutOfBoundsException if the rows lie outside the recording
   */
  void readStamps(long from, int rows, double[] into, int offset);

  /** Markers in order of time. */
  List<Marker> markers();

  /**
   * All rows in memory.
   *
   * @return a copy, or this if it is in memory already
   * @throws UnsupportedInputException if one array cannot hold them
   */
  default MemoryRecording load() {
    return slice(0, rows());
  }

  /**
   * A copy of some rows in memory, with the markers of their time.
   *
   * @param from first row, 0-based
   * @param to row after the last
   * @return the rows
   * @throws UnsupportedInputException if one array cannot hold them
   */
  default MemoryRecording slice(long from, long to) {
    Objects.checkFromToIndex(from, to, rows());
    if ((to - from) * channels() > Integer.MAX_VALUE - 8) {
      throw new UnsupportedInputException(
          "%s: %d rows of %d channels are more than one array holds; read them by range"
              .formatted(info().name(), to - from, channels()));
    }
    int rows = (int) (to - from);
    double[] stamps = new double[rows];
    double[] values = new double[rows * channels()];
    readStamps(from, rows, stamps, 0);
    read(from, rows, values, 0);
    List<Marker> inside = markers();
    if (from > 0 || to < rows()) {
      inside =
          rows == 0
              ? List.of()
              : inside.stream()
                  .filter(m -> m.time() >= stamps[0] && m.time() <= stamps[rows - 1])
                  .toList();
    }
    return new MemoryRecording(info(), stamps, values, inside);
  }

  /** Gives up the file below, if there is one; may be called twice. */
  @Override
  default void close() {}
}
