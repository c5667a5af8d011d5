package org.efferent.data.edf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.AtomicFile;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;

/**
 * Writes EDF+C, EDF+D, BDF+C and BDF+D.
 *
 * <p>Each channel gets the smallest physical range that holds its values and can be written in
 * eight characters, so that a value is off by half a digital step at most; whole numbers that fit
 * are kept exactly; recordings that {@link EdfFile} opened keep their ranges and are copied
 * exactly. Volts and teslas whose range eight characters cannot hold are written in a unit that
 * can. Sensor positions have no place in EDF.
 */
public final class EdfWriter {
  private static final int MOST_SIGNALS = 9999;

  private EdfWriter() {}

  /**
   * Writes all recordings of a file, with its markers.
   *
   * @param out an {@code .edf} or {@code .bdf} file
   * @param file what to write; the recordings begin and end together
   * @param options how
   * @return what could not be kept exactly, one line each
   * @throws UnsupportedInputException if EDF cannot hold it: no number, no steady rate, gaps, too
   *     many channels
   * @throws org.efferent.core.UsageException if the file exists and may not be replaced
   */
  public static List<String> write(Path out, RecordingFile file, EdfOptions options) {
    return write(out, file.recordings(), file.markers(), file.about(), options);
  }

  /**
   * Writes one recording with its markers.
   *
   * @param out an {@code .edf} or {@code .bdf} file
   * @param recording what to write
   * @param about whom and what it is of; {@link RecordingAbout#anonymized()} for nobody
   * @param options how
   * @return what could not be kept exactly, one line each
   * @throws UnsupportedInputException as {@link #write(Path, RecordingFile, EdfOptions)}
   * @throws org.efferent.core.UsageException if the file exists and may not be replaced
   */
  public static List<String> write(
      Path out, Recording recording, RecordingAbout about, EdfOptions options) {
    return write(out, List.of(recording), recording.markers(), about, options);
  }

  private static List<String> write(
      Path out,
      List<Recording> recordings,
      List<Marker> markers,
      RecordingAbout about,
      EdfOptions options) {
    String name = InputFiles.name(out);
    List<String> notes = new ArrayList<>();
    int channels = recordings.stream().mapToInt(Recording::channels).sum();
    if (recordings.isEmpty() || channels >= MOST_SIGNALS) {
      throw new UnsupportedInputException(
          "%s: EDF holds 1 to %d channels beside the annotations; channels=%d"
              .formatted(name, MOST_SIGNALS - 1, channels));
    }
    EdfPlan plan = EdfPlan.of(name, recordings, options.recordSeconds());
    if (plan.records > 99_999_999) {
      throw new UnsupportedInputException(
          "%s: EDF holds at most 99999999 data records; records=%d; choose a longer recordSeconds"
              .formatted(name, plan.records));
    }
    double[] onsets = EdfTiming.onsets(name, recordings, plan);
    double start = EdfTiming.start(recordings.get(0));
    List<Marker> shifted =
        markers.stream()
            .map(m -> new Marker(m.time() - start, m.durationSeconds(), m.label()))
            .sorted(java.util.Comparator.comparingDouble(Marker::time))
            .toList();
    EdfAnnotations annotations = new EdfAnnotations(name, shifted, onsets);
    List<List<EdfSurvey.Channel>> surveys = new ArrayList<>();
    for (int i = 0; i < recordings.size(); i++) {
      Recording r = recordings.get(i);
      surveys.add(EdfSurvey.of(name, r, options.bdf()));
      long more = plan.records * plan.samples[i] - r.rows();
      if (more > 0) {
        notes.add(
            "'%s': %d samples were added at the end to fill the last data record; they repeat the last one"
                .formatted(r.info().name(), more));
      }
    }
    boolean gaps = recordings.get(0) instanceof EdfRecording e && e.onsets() != null;
    byte[] header =
        header(
            plan,
            surveys,
            annotations.bytes,
            about,
            (options.bdf() ? "BDF+" : "EDF+") + (gaps ? "D" : "C"),
            notes);
    AtomicFile.write(
        out,
        options.overwrite(),
        stream -> {
          stream.write(header);
          records(stream, recordings, surveys, plan, annotations, options.bdf() ? 3 : 2);
        });
    return notes;
  }

  private static void records(
      OutputStream out,
      List<Recording> recordings,
      List<List<EdfSurvey.Channel>> surveys,
      EdfPlan plan,
      EdfAnnotations annotations,
      int width)
      throws IOException {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < recordings.size(); i++) {
      rows.add(new double[plan.samples[i] * recordings.get(i).channels()]);
    }
    byte[] list = new byte[annotations.bytes];
    for (long record = 0; record < plan.records; record++) {
      for (int i = 0; i < recordings.size(); i++) {
        Recording r = recordings.get(i);
        int samples = plan.samples[i];
        long from = record * samples;
        int there = (int) Math.max(0, Math.min(samples, r.rows() - from));
        double[] values = rows.get(i);
        double[] last = there < samples ? values.clone() : values;
        r.read(Math.min(from, r.rows()), there, values, 0);
        for (int row = there; row < samples; row++) {
          // What is repeated is the row before, in this data record or the one before.
          double[] source = row == 0 ? last : values;
          int at = (row == 0 ? samples - 1 : row - 1) * r.channels();
          System.arraycopy(source, at, values, row * r.channels(), r.channels());
        }
        signals(out, values, samples, surveys.get(i), width);
      }
      annotations.fill((int) record, list);
      out.write(list);
    }
  }

  private static void signals(
      OutputStream out, double[] values, int samples, List<EdfSurvey.Channel> channels, int width)
      throws IOException {
    byte[] bytes = new byte[samples * width];
    for (int c = 0; c < channels.size(); c++) {
      EdfSurvey.Channel channel = channels.get(c);
      EdfRange range = channel.range();
      double step = range.step();
      double offset = range.offset();
      for (int s = 0; s < samples; s++) {
        double value = values[s * channels.size() + c] * channel.factor();
        double whole = channel.low16() ? (int) value & 0xFFFF : value;
        long nearest = Math.round((whole - offset) / step);
        int digital = (int) Math.max(range.digitalMin(), Math.min(range.digitalMax(), nearest));
        bytes[s * width] = (byte) digital;
        bytes[s * width + 1] = (byte) (digital >> 8);
        if (width == 3) {
          bytes[s * width + 2] = (byte) (digital >> 16);
        }
      }
      out.write(bytes);
    }
  }

  private static byte[] header(
      EdfPlan plan,
      List<List<EdfSurvey.Channel>> surveys,
      int annotationBytes,
      RecordingAbout about,
      String variant,
      List<String> notes) {
    boolean bdf = variant.startsWith("BDF");
    List<EdfSignal> signals = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (int i = 0; i < surveys.size(); i++) {
      for (EdfSurvey.Channel c : surveys.get(i)) {
        String label = label(c.label(), used, notes);
        signals.add(new EdfSignal(label, "", c.unit(), c.range(), "", plan.samples[i], 0));
      }
    }
    int half = bdf ? 1 << 23 : 1 << 15;
    signals.add(
        new EdfSignal(
            bdf ? "BDF Annotations" : "EDF Annotations",
            "",
            "",
            new EdfRange(-1, 1, -half, half - 1),
            "",
            annotationBytes / (bdf ? 3 : 2),
            0));
    EdfHeaderBytes bytes = new EdfHeaderBytes();
    // Without a start the specification wants 1985 in the field that cannot be empty.
    LocalDateTime start = about.start().orElse(LocalDateTime.of(1985, 1, 1, 0, 0));
    bytes.bytes(
        bdf ? "\u00FFBIOSEMI".getBytes(StandardCharsets.ISO_8859_1) : EdfText.field("0", 8));
    bytes.text(EdfIdentification.patient(about), 80);
    bytes.text(EdfIdentification.recording(about), 80);
    bytes.text(
        "%02d.%02d.%02d"
            .formatted(start.getDayOfMonth(), start.getMonthValue(), start.getYear() % 100),
        8);
    bytes.text(
        "%02d.%02d.%02d".formatted(start.getHour(), start.getMinute(), start.getSecond()), 8);
    bytes.text(Integer.toString(256 * (signals.size() + 1)), 8);
    bytes.text(variant, 44);
    bytes.text(Long.toString(plan.records), 8);
    bytes.text(plan.seconds, 8);
    bytes.text(Integer.toString(signals.size()), 4);
    bytes.signals(signals);
    return bytes.toByteArray();
  }

  private static String label(String label, Set<String> used, List<String> notes) {
    String plain = EdfText.ascii(label);
    String fits = plain.length() > 16 ? plain.substring(0, 16) : plain;
    for (int i = 1; !used.add(fits); i++) {
      String end = "-" + i;
      fits = plain.substring(0, Math.min(plain.length(), 16 - end.length())) + end;
    }
    if (!fits.equals(label)) {
      notes.add("channel '%s' is called '%s'".formatted(label, fits));
    }
    return fits;
  }
}
