package org.efferent.data.brainvision;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Recording;
import org.efferent.core.UnsupportedInputException;
import org.efferent.core.UsageException;
import org.efferent.data.AtomicFile;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;

/**
 * Writes a BrainVision recording of version 1.0: header, markers and multiplexed data side by side.
 * Floats keep every value that a 32-bit float holds; 16-bit numbers are within half a resolution
 * step.
 */
public final class BrainVisionWriter {
  private static final int ROWS = 4096;

  private BrainVisionWriter() {}

  /**
   * Writes a recording.
   *
   * @param out the header, {@code NAME.vhdr}; {@code NAME.vmrk} and {@code NAME.eeg} go beside it
   * @param recording what to write; markers are {@code type/description}, those without a slash get
   *     the type Comment
   * @param about whom and what it is of: the format holds the start alone, as the date of a New
   *     Segment at the first sample
   * @param options how
   * @return what could not be kept exactly, one line each
   * @throws UnsupportedInputException if the recording has no steady rate, gaps, or values that are
   *     no numbers where 16 bits are wanted
   * @throws UsageException if the name does not end in {@code .vhdr}, or a file exists and may not
   *     be replaced
   */
  public static List<String> write(
      Path out, Recording recording, RecordingAbout about, BrainVisionOptions options) {
    String name = InputFiles.name(out);
    if (!name.endsWith(".vhdr")) {
      throw new UsageException(out + ": a BrainVision header is called NAME.vhdr; choose that end");
    }
    String base = name.substring(0, name.length() - 5);
    Path data = out.resolveSibling(base + ".eeg");
    Path markers = out.resolveSibling(base + ".vmrk");
    if (!options.overwrite()) {
      for (Path path : List.of(data, markers, out)) {
        if (Files.exists(path)) {
          throw new UsageException(
              path + ": exists already; choose another name, or allow it to be overwritten");
        }
      }
    }
    double start = steadyStart(name, recording);
    double[] resolution = resolution(name, recording, options.int16());
    List<String> notes = new ArrayList<>();
    String markerText = MarkerText.of(base, recording.markers(), recording, start, about, notes);
    AtomicFile.write(
        data,
        options.overwrite(),
        stream -> values(stream, recording, resolution, options.int16()));
    AtomicFile.write(
        markers,
        options.overwrite(),
        stream -> stream.write(markerText.getBytes(StandardCharsets.UTF_8)));
    // The header comes last: who finds it finds the others.
    String header = header(base, recording, resolution, options.int16());
    AtomicFile.write(
        out, options.overwrite(), stream -> stream.write(header.getBytes(StandardCharsets.UTF_8)));
    return notes;
  }

  private static double steadyStart(String name, Recording recording) {
    double rate = recording.info().sampleRateHz();
    if (!(rate > 0)) {
      throw new UnsupportedInputException(
          "%s: BrainVision holds signals of a steady rate; '%s' has none; resample it first"
              .formatted(name, recording.info().name()));
    }
    double[] stamps = new double[ROWS];
    double start = 0;
    for (long row = 0; row < recording.rows(); row += ROWS) {
      int rows = (int) Math.min(ROWS, recording.rows() - row);
      recording.readStamps(row, rows, stamps, 0);
      start = row == 0 ? stamps[0] : start;
      for (int i = 0; i < rows; i++) {
        double late = stamps[i] - start - (row + i) / rate;
        if (!(Math.abs(late) <= 2 / rate + 1e-4 * (row + i) / rate)) {
          throw new UnsupportedInputException(
              "%s: gaps cannot be written; '%s', row %d is %.4f s off its steady time; cut or resample it first"
                  .formatted(name, recording.info().name(), row + i, late));
        }
      }
    }
    return start;
  }

  private static double[] resolution(String name, Recording recording, boolean int16) {
    int n = recording.channels();
    double[] resolution = new double[n];
    if (!int16) {
      Arrays.fill(resolution, 1);
      return resolution;
    }
    double[] values = new double[ROWS * n];
    boolean[] fraction = new boolean[n];
    for (long row = 0; row < recording.rows(); row += ROWS) {
      int rows = (int) Math.min(ROWS, recording.rows() - row);
      recording.read(row, rows, values, 0);
      for (int i = 0; i < rows * n; i++) {
        double v = values[i];
        if (!Double.isFinite(v)) {
          throw new UnsupportedInputException(
              "%s: 16-bit numbers are finite; channel '%s', row %d: %s; write floats"
                  .formatted(name, recording.info().channels().get(i % n).label(), row + i / n, v));
        }
        resolution[i % n] = Math.max(resolution[i % n], Math.abs(v));
        fraction[i % n] |= v != Math.rint(v);
      }
    }
    for (int c = 0; c < n; c++) {
      boolean whole = resolution[c] == 0 || (!fraction[c] && resolution[c] <= Short.MAX_VALUE);
      resolution[c] = whole ? 1 : resolution[c] / Short.MAX_VALUE;
    }
    return resolution;
  }

  private static void values(
      OutputStream out, Recording recording, double[] resolution, boolean int16)
      throws IOException {
    int n = recording.channels();
    double[] values = new double[ROWS * n];
    byte[] bytes = new byte[ROWS * n * (int16 ? 2 : 4)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (long row = 0; row < recording.rows(); row += ROWS) {
      int rows = (int) Math.min(ROWS, recording.rows() - row);
      recording.read(row, rows, values, 0);
      buffer.clear();
      for (int i = 0; i < rows * n; i++) {
        if (int16) {
          buffer.putShort((short) Math.round(values[i] / resolution[i % n]));
        } else {
          buffer.putFloat((float) values[i]);
        }
      }
      out.write(bytes, 0, buffer.position());
    }
  }

  private static String header(
      String base, Recording recording, double[] resolution, boolean int16) {
    StringBuilder text = new StringBuilder();
    text.append("Brain Vision Data Exchange Header File Version 1.0\r\n")
        .append("; Written by Efferent\r\n\r\n[Common Infos]\r\nCodepage=UTF-8\r\n")
        .append("DataFile=" + base + ".eeg\r\nMarkerFile=" + base + ".vmrk\r\n")
        .append("DataFormat=BINARY\r\nDataOrientation=MULTIPLEXED\r\n")
        .append("NumberOfChannels=" + recording.channels() + "\r\n")
        .append("SamplingInterval=" + 1e6 / recording.info().sampleRateHz() + "\r\n")
        .append("\r\n[Binary Infos]\r\nBinaryFormat=")
        .append(int16 ? "INT_16" : "IEEE_FLOAT_32")
        .append("\r\n\r\n[Channel Infos]\r\n");
    StringBuilder places = new StringBuilder();
    for (int c = 0; c < recording.channels(); c++) {
      ChannelInfo channel = recording.info().channels().get(c);
      String unit = channel.unit().isBlank() ? "n/a" : MarkerText.field(channel.unit());
      text.append(
          "Ch%d=%s,,%s,%s\r\n"
              .formatted(c + 1, MarkerText.field(channel.label()), resolution[c], unit));
      // Radius 0 says that the place is not known; readers want a line for every channel.
      String place = channel.position().map(Spherical::text).orElse("0,0,0");
      places.append("Ch" + (c + 1) + "=" + place + "\r\n");
    }
    if (recording.info().channels().stream().anyMatch(c -> c.position().isPresent())) {
      text.append("\r\n[Coordinates]\r\n").append(places);
    }
    return text.toString();
  }
}
