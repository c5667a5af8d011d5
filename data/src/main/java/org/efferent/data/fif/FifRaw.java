package org.efferent.data.fif;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.efferent.core.Marker;
import org.efferent.data.InputFiles;
import org.efferent.data.RegularRecording;

/**
 * Continuous data, with the parts that a long recording is split into. Values are read by range and
 * multiplied with range × cal: volt, tesla, tesla per metre, as the channels say. Where the
 * acquisition skipped, values are 0 and a marker {@code BAD_ACQ_SKIP} says so.
 *
 * <p>Time: stamps are seconds from the first sample, which is 0, as {@code raw.times} of MNE.
 * Markers are on the same clock. Event lists count samples as the acquisition did, from {@link
 * #firstSample()}.
 */
public final class FifRaw implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 18;

  private final Path path;
  private final FifInfo info;
  private final RawBuffers buffers;
  private final List<FifInput> inputs;
  private final List<Marker> annotations;
  private final double[] scale;
  private ByteBuffer chunk = ByteBuffer.allocate(0);
  private short[] shorts = new short[0];
  private int[] ints = new int[0];
  private float[] floats = new float[0];

  FifRaw(
      Path path,
      FifInfo info,
      RawBuffers buffers,
      List<FifInput> inputs,
      List<FifAnnotations> annotations) {
    this.path = path;
    this.info = info;
    this.buffers = buffers;
    this.inputs = List.copyOf(inputs);
    this.scale = info.channels().stream().mapToDouble(FifChannel::scale).toArray();
    List<Marker> markers = new ArrayList<>();
    for (RawBuffers.Buffer b : buffers.all()) {
      if (b.type() == RawBuffers.GAP) {
        markers.add(
            new Marker(
                b.first() / info.sampleRateHz(), b.rows() / info.sampleRateHz(), "BAD_ACQ_SKIP"));
      }
    }
    for (FifAnnotations a : annotations) {
      markers.addAll(a.onClockOf(info, buffers.firstSample()));
    }
    markers.sort(Comparator.comparingDouble(Marker::time));
    this.annotations = List.copyOf(markers);
  }

  /** What the file says about the measurement. */
  public FifInfo info() {
    return info;
  }

  /** Samples, gaps included. */
  public long rows() {
    return buffers.rows();
  }

  /** Number of the first sample since the acquisition began, which may be before the recording. */
  public long firstSample() {
    return buffers.firstSample();
  }

  /** Annotations and gaps in order of time, seconds from the first sample. */
  public List<Marker> annotations() {
    return annotations;
  }

  /**
   * Reads rows.
   *
   * @param from first row, 0-based
   * @param count how many
   * @param into {@code [rows × channels]}, row-major, in the channels' units
   * @param offset where in {@code into} the first goes
   * @throws IOException if the file cannot be read
   */
  public void read(long from, int count, double[] into, int offset) throws IOException {
    Objects.checkFromIndexSize(from, count, rows());
    int channels = scale.length;
    Objects.checkFromIndexSize(offset, (long) count * channels, into.length);
    long row = from;
    long end = from + count;
    int at = offset;
    for (int i = count == 0 ? Integer.MAX_VALUE : buffers.find(from); row < end; i++) {
      RawBuffers.Buffer b = buffers.all().get(i);
      int n = (int) (Math.min(end, b.first() + b.rows()) - row);
      if (b.type() == RawBuffers.GAP) {
        Arrays.fill(into, at, at + n * channels, 0);
      } else {
        readBuffer(b, row - b.first(), n, into, at);
      }
      row += n;
      at += n * channels;
    }
  }

  private void readBuffer(RawBuffers.Buffer b, long from, int count, double[] into, int offset)
      throws IOException {
    int channels = scale.length;
    int step = stepRows(b.type());
    for (int done = 0; done < count; done += step) {
      int n = Math.min(step, count - done);
      load(b, from + done, n);
      decode(b.type(), n * channels);
      int at = offset + done * channels;
      switch (b.type()) {
        case Fiff.T_INT -> scaleInts(n, into, at);
        case Fiff.T_FLOAT -> scaleFloats(n, into, at);
        case Fiff.T_DOUBLE -> {
          chunk.asDoubleBuffer().get(into, at, n * channels);
          scaleDoubles(n, into, at);
        }
        default -> scaleShorts(n, into, at);
      }
    }
  }

  /** Rows that are read at once: a fixed number of bytes, so that memory does not grow. */
  private int stepRows(int type) {
    return Math.max(1, CHUNK_BYTES / (scale.length * RawBuffers.width(type)));
  }

  private void load(RawBuffers.Buffer b, long from, int rows) throws IOException {
    int rowBytes = scale.length * RawBuffers.width(b.type());
    if (chunk.capacity() < rows * rowBytes) {
      chunk = ByteBuffer.allocate(rows * rowBytes);
    }
    chunk.order(b.input().order()).clear().limit(rows * rowBytes);
    b.input().fill(b.at() + from * rowBytes, chunk);
    chunk.flip();
  }

  private void decode(int type, int values) {
    if (type == Fiff.T_INT) {
      ints = ints.length < values ? new int[values] : ints;
      chunk.asIntBuffer().get(ints, 0, values);
    } else if (type == Fiff.T_FLOAT) {
      floats = floats.length < values ? new float[values] : floats;
      chunk.asFloatBuffer().get(floats, 0, values);
    } else if (type != Fiff.T_DOUBLE) {
      shorts = shorts.length < values ? new short[values] : shorts;
      chunk.asShortBuffer().get(shorts, 0, values);
    }
  }

  private void scaleShorts(int rows, double[] into, int at) {
    for (int r = 0, i = 0, o = at; r < rows; r++, i += scale.length, o += scale.length) {
      for (int c = 0; c < scale.length; c++) {
        into[o + c] = shorts[i + c] * scale[c];
      }
    }
  }

  private void scaleInts(int rows, double[] into, int at) {
    for (int r = 0, i = 0, o = at; r < rows; r++, i += scale.length, o += scale.length) {
      for (int c = 0; c < scale.length; c++) {
        into[o + c] = ints[i + c] * scale[c];
      }
    }
  }

  private void scaleFloats(int rows, double[] into, int at) {
    for (int r = 0, i = 0, o = at; r < rows; r++, i += scale.length, o += scale.length) {
      for (int c = 0; c < scale.length; c++) {
        into[o + c] = floats[i + c] * scale[c];
      }
    }
  }

  private void scaleDoubles(int rows, double[] into, int at) {
    for (int r = 0, o = at; r < rows; r++, o += scale.length) {
      for (int c = 0; c < scale.length; c++) {
        into[o + c] *= scale[c];
      }
    }
  }

  /**
   * Finds the events in the trigger channels: {@code STI101}, or {@code STI 014}, or all of the
   * kind. The rows are those of {@code mne.find_events(raw, shortest_event=1)}. All of the file is
   * read for it, which takes seconds where there are gigabytes.
   *
   * @return sample, previous value and value of each, in order of time
   */
  public List<FifEvent> events() {
    List<StimScanner> scanners = new ArrayList<>();
    for (int c : StimScanner.channels(info.channels())) {
      scanners.add(new StimScanner(c));
    }
    if (!scanners.isEmpty()) {
      try {
        for (RawBuffers.Buffer b : buffers.all()) {
          scan(b, scanners);
        }
      } catch (IOException e) {
        throw InputFiles.failed(path, e);
      }
    }
    return StimScanner.merged(scanners);
  }

  private void scan(RawBuffers.Buffer b, List<StimScanner> scanners) throws IOException {
    if (b.type() == RawBuffers.GAP) {
      scanners.forEach(s -> s.next(firstSample() + b.first(), 0));
      return;
    }
    int width = RawBuffers.width(b.type());
    int rowBytes = scale.length * width;
    int step = stepRows(b.type());
    for (long done = 0; done < b.rows(); done += step) {
      int n = (int) Math.min(step, b.rows() - done);
      load(b, done, n);
      for (StimScanner s : scanners) {
        int c = s.channel();
        long sample = firstSample() + b.first() + done;
        for (int r = 0, at = c * width; r < n; r++, at += rowBytes) {
          double value =
              switch (b.type()) {
                case Fiff.T_INT -> chunk.getInt(at);
                case Fiff.T_FLOAT -> chunk.getFloat(at);
                case Fiff.T_DOUBLE -> chunk.getDouble(at);
                default -> chunk.getShort(at);
              };
          s.next(sample + r, value * scale[c]);
        }
      }
    }
  }

  /**
   * This as a recording with its annotations and, scanned for now, its trigger events; the label of
   * an event is its number. Closing it closes this.
   */
  public RegularRecording recording() {
    List<Marker> markers = new ArrayList<>(annotations);
    for (FifEvent e : events()) {
      double time = (e.sample() - firstSample()) / info.sampleRateHz();
      markers.add(new Marker(time, Long.toString(e.id())));
    }
    markers.sort(Comparator.comparingDouble(Marker::time));
    return recording(markers);
  }

  /**
   * This as a recording with markers of the caller, so that nothing is scanned.
   *
   * @param markers in order of time, seconds from the first sample
   */
  public RegularRecording recording(List<Marker> markers) {
    return new RegularRecording(
        info.stream(InputFiles.name(path)), rows(), 0, markers, new RowsOfFile());
  }

  @Override
  public void close() {
    inputs.forEach(FifInput::close);
  }

  /** The rows for a recording. */
  private final class RowsOfFile implements RegularRecording.Rows {
    @Override
    public Path path() {
      return path;
    }

    @Override
    public void read(long from, int rows, double[] into, int offset) throws IOException {
      FifRaw.this.read(from, rows, into, offset);
    }

    @Override
    public void close() {
      FifRaw.this.close();
    }
  }
}
