package org.efferent.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;

/**
 * A recording that a file holds at a steady rate: row r is at {@code start + r / rate} seconds.
 * Values are read from the file when they are asked for.
 */
public final class RegularRecording implements Recording {
  private final StreamInfo info;
  private final long rows;
  private final double startSeconds;
  private final List<Marker> markers;
  private final Rows source;

  /** Where the values come from. */
  public interface Rows extends AutoCloseable {
    /** The file, for errors. */
    Path path();

    /**
     * Reads rows, all of which exist.
     *
     * @param from first row, 0-based
     * @param rows how many
     * @param into {@code [rows × channels]}, row-major, in the channels' units
     * @param offset where in {@code into} the first row starts
     * @throws IOException if the file cannot be read
     */
    void read(long from, int rows, double[] into, int offset) throws IOException;

    @Override
    void close();
  }

  /**
   * A recording.
   *
   * @param info what the samples are; the rate is positive
   * @param rows samples
   * @param startSeconds stamp of the first
   * @param markers in order of time, on the same clock
   * @param source where the values come from; closed with this recording
   */
  public RegularRecording(
      StreamInfo info, long rows, double startSeconds, List<Marker> markers, Rows source) {
    this.info = Objects.requireNonNull(info, "info");
    this.rows = rows;
    this.startSeconds = startSeconds;
    this.markers = List.copyOf(markers);
    this.source = Objects.requireNonNull(source, "source");
    if (!(info.sampleRateHz() > 0) || rows < 0) {
      throw new IllegalArgumentException(
          "a regular recording has a positive rate and no negative number of rows; rate="
              + info.sampleRateHz()
              + ", rows="
              + rows);
    }
  }

  @Override
  public StreamInfo info() {
    return info;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public List<Marker> markers() {
    return markers;
  }

  @Override
  public void read(long from, int count, double[] into, int offset) {
    Objects.checkFromIndexSize(from, count, rows);
    Objects.checkFromIndexSize(offset, count * channels(), into.length);
    try {
      source.read(from, count, into, offset);
    } catch (IOException e) {
      throw InputFiles.failed(source.path(), e);
    }
  }

  @Override
  public void readStamps(long from, int count, double[] into, int offset) {
    Objects.checkFromIndexSize(from, count, rows);
    for (int i = 0; i < count; i++) {
      into[offset + i] = startSeconds + (from + i) / info.sampleRateHz();
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
