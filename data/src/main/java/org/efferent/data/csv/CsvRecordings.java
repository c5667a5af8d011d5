package org.efferent.data.csv;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.data.AtomicFile;
import org.efferent.data.InputFiles;
import org.efferent.data.NumericCsv;
import org.efferent.data.NumericTable;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.Units;

/**
 * A table of numbers as a recording, in memory: a row a sample.
 *
 * <ul>
 *   <li>A first column called time, timestamp or timestamps is the clock, in seconds. Without one
 *       rows follow each other at a rate that the caller says, from 0 on.
 *   <li>A column whose name begins with marker, trigger or stim (in any case, digits may follow, as
 *       in {@code Marker0}) stays a channel, of kind TRIG, so that nothing of the file is lost;
 *       where it becomes another number that is not zero there is a marker, labelled with the
 *       number, and with the column before it where there are several such columns.
 *   <li>A name that ends with a known unit in brackets, as in {@code Cz [uV]} or {@code Cz (uV)},
 *       is label and unit.
 * </ul>
 */
public final class CsvRecordings {
  private static final Pattern TRIGGER = Pattern.compile("(?i)(marker|trigger|stim)s?[ _-]?\\d*");
  private static final Pattern WITH_UNIT = Pattern.compile("(.*\\S)\\s*[\\[(]([^\\[\\]()]+)[])]");
  private static final int BLOCK_ROWS = 1024;

  private CsvRecordings() {}

  /**
   * Opens a table; one without a clock has no rate, and its stamps count rows.
   *
   * @param path the file
   * @return the recording
   * @throws InputException as {@link NumericCsv#read(Path)}, but that NaN and infinity are kept and
   *     counted in a warning; if there is no column but the clock
   */
  public static RecordingFile open(Path path) {
    return read(path, 0);
  }

  /**
   * Opens a table.
   *
   * @param path the file
   * @param rateHz rows a second, if the table has no clock
   * @return the recording
   * @throws InputException as {@link #open(Path)}
   * @throws UsageException if the rate is not positive
   */
  public static RecordingFile open(Path path, double rateHz) {
    if (!(rateHz > 0) || Double.isInfinite(rateHz)) {
      throw new UsageException("the rate of a table must be positive; rateHz=" + rateHz);
    }
    return read(path, rateHz);
  }

  private static RecordingFile read(Path path, double rateHz) {
    NumericTable table = NumericCsv.read(path, NumericCsv.NonFinite.KEEP);
    int first = table.hasClock() ? 1 : 0;
    int channels = table.columns() - first;
    double[] stamps = new double[table.rows()];
    double[] values = new double[Math.multiplyExact(table.rows(), channels)];
    for (int i = 0; i < stamps.length; i++) {
      stamps[i] = first == 1 ? table.get(i, 0) : rateHz > 0 ? i / rateHz : i;
      System.arraycopy(table.values(), i * table.columns() + first, values, i * channels, channels);
    }
    List<ChannelInfo> infos = new ArrayList<>();
    for (int c = first; c < table.columns(); c++) {
      infos.add(
          table.columnNames().isEmpty()
              ? new ChannelInfo(Integer.toString(c + 1), "", "")
              : channel(table.columnNames().get(c)));
    }
    List<String> warnings = new ArrayList<>();
    if (table.nonFinite() > 0) {
      warnings.add(table.nonFinite() + " values are NaN or infinite");
    }
    long backwards = 0;
    for (int i = 1; i < stamps.length; i++) {
      backwards += stamps[i] < stamps[i - 1] ? 1 : 0;
    }
    if (backwards > 0) {
      warnings.add("its stamps go backwards " + backwards + " times");
    }
    String name = InputFiles.name(path).replaceFirst("\\.[^.]*$", "");
    StreamInfo info =
        new StreamInfo(name, "", first == 1 ? ClockRate.of(stamps) : rateHz, "", infos);
    MemoryRecording recording =
        new MemoryRecording(info, stamps, values, markers(infos, stamps, values));
    return RecordingFile.of(path, "CSV", recording, RecordingAbout.UNKNOWN, warnings);
  }

  private static ChannelInfo channel(String column) {
    Matcher unit = WITH_UNIT.matcher(column);
    boolean known = unit.matches() && Units.toSi(unit.group(2)).isPresent();
    String label = known ? unit.group(1) : column;
    return new ChannelInfo(
        label, TRIGGER.matcher(label).matches() ? "TRIG" : "", known ? unit.group(2) : "");
  }

  private static List<Marker> markers(List<ChannelInfo> infos, double[] stamps, double[] values) {
    int[] triggers = new int[infos.size()];
    int count = 0;
    for (int c = 0; c < infos.size(); c++) {
      if (infos.get(c).kind().equals("TRIG")) {
        triggers[count++] = c;
      }
    }
    double[] before = new double[count];
    List<Marker> markers = new ArrayList<>();
    for (int i = 0; i < stamps.length; i++) {
      for (int k = 0; k < count; k++) {
        double value = values[i * infos.size() + triggers[k]];
        if (value != 0
            && value != before[k]
            && Double.isFinite(value)
            && Double.isFinite(stamps[i])) {
          String label = number(value);
          String column = infos.get(triggers[k]).label();
          markers.add(new Marker(stamps[i], count == 1 ? label : column + " " + label));
        }
        before[k] = value;
      }
    }
    markers.sort(java.util.Comparator.comparingDouble(Marker::time));
    return markers;
  }

  /** Whole numbers without a point. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * Writes a recording as a table: a column {@code time} in seconds, then a column a channel, named
   * {@code label [unit]}; with every digit that is needed to read the same numbers back. Markers
   * are not numbers: {@link #writeMarkers}.
   *
   * @param path where it goes
   * @param recording what is written, by range
   * @param overwrite whether an existing file may be replaced
   * @throws UsageException if the file exists and may not be replaced, or cannot be written
   */
  public static void write(Path path, Recording recording, boolean overwrite) {
    AtomicFile.write(
        path,
        overwrite,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          writer.write("time");
          for (ChannelInfo channel : recording.info().channels()) {
            String unit = channel.unit();
            boolean known = !unit.isEmpty() && Units.toSi(unit).isPresent();
            writer.write(',');
            writer.write(quoted(known ? channel.label() + " [" + unit + "]" : channel.label()));
          }
          writer.write('\n');
          rows(writer, recording);
          writer.flush();
        });
  }

  private static void rows(Writer writer, Recording recording) throws IOException {
    int channels = recording.channels();
    int most = Math.max(1, Math.min(BLOCK_ROWS, (1 << 20) / channels));
    double[] stamps = new double[most];
    double[] values = new double[most * channels];
    for (long from = 0; from < recording.rows(); from += most) {
      int n = (int) Math.min(most, recording.rows() - from);
      recording.readStamps(from, n, stamps, 0);
      recording.read(from, n, values, 0);
      for (int i = 0; i < n; i++) {
        writer.write(Double.toString(stamps[i]));
        for (int c = 0; c < channels; c++) {
          writer.write(',');
          writer.write(Double.toString(values[i * channels + c]));
        }
        writer.write('\n');
      }
    }
  }

  /**
   * Writes markers as BIDS writes events: tab-separated {@code onset}, {@code duration} (seconds,
   * {@code n/a} for a moment) and {@code trial_type}; tabs and line ends in labels become blanks.
   *
   * @param path where they go
   * @param markers what is written
   * @param overwrite whether an existing file may be replaced
   * @throws UsageException as {@link #write}
   */
  public static void writeMarkers(Path path, List<Marker> markers, boolean overwrite) {
    AtomicFile.write(
        path,
        overwrite,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          writer.write("onset\tduration\ttrial_type\n");
          for (Marker marker : markers) {
            String duration =
                marker.durationSeconds() == 0 ? "n/a" : Double.toString(marker.durationSeconds());
            String label = marker.label().replaceAll("\\p{Cntrl}", " ").strip();
            writer.write(
                marker.time() + "\t" + duration + "\t" + (label.isEmpty() ? "n/a" : label) + "\n");
          }
          writer.flush();
        });
  }

  private static String quoted(String name) {
    String plain = name.replaceAll("\\p{Cntrl}", " ");
    boolean needed = plain.chars().anyMatch(c -> c == ',' || c == ';' || c == '"' || c == '\t');
    return needed ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }
}
