package org.efferent.data.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.Recording;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.brainvision.BrainVisionOptions;
import org.efferent.data.brainvision.BrainVisionWriter;
import org.efferent.data.csv.CsvRecordings;
import org.efferent.data.edf.EdfOptions;
import org.efferent.data.edf.EdfWriter;

/**
 * Writes a recording in another format, which the name of the new file says. What a format cannot
 * hold is named in the remarks, never dropped in silence.
 */
public final class Conversion {
  private Conversion() {}

  /** Writes a file in one format. */
  @FunctionalInterface
  private interface Writer {
    /** Returns remarks. */
    List<String> write(Path out, RecordingFile file, ConvertOptions options);
  }

  private static Map<String, Writer> writers() {
    Map<String, Writer> writers = new LinkedHashMap<>();
    writers.put(".edf", (out, file, options) -> edf(out, file, options, EdfOptions.DEFAULTS));
    writers.put(
        ".bdf", (out, file, options) -> edf(out, file, options, EdfOptions.DEFAULTS.withBdf()));
    writers.put(".xdf", XdfExport::write);
    writers.put(".vhdr", Conversion::brainVision);
    writers.put(".csv", Conversion::csv);
    writers.put(".npy", TensorFiles::npy);
    writers.put(".npz", TensorFiles::npz);
    writers.put(".safetensors", TensorFiles::safetensors);
    return writers;
  }

  /** How names of files that can be written end. */
  public static List<String> extensions() {
    return List.copyOf(writers().keySet());
  }

  /**
   * Converts a file.
   *
   * @param in a file of any format that is read
   * @param out the new file; its name says the format
   * @param options how
   * @return remarks: what was left out or changed, one line each
   * @throws UsageException if the new name says no format that is written, or the file exists
   * @throws InputException if the old file cannot be read or has no signal
   */
  public static List<String> convert(Path in, Path out, ConvertOptions options) {
    String name = InputFiles.name(out).toLowerCase(Locale.ROOT);
    Writer writer =
        writers().entrySet().stream()
            .filter(e -> name.endsWith(e.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "%s: the name says no format that is written; it must end with one of %s"
                            .formatted(InputFiles.name(out), String.join(" ", extensions()))));
    try (RecordingFile file = RecordingFiles.open(in)) {
      List<String> remarks = new ArrayList<>(file.warnings());
      for (String content : file.contents()) {
        remarks.add("not converted: " + content);
      }
      file.main();
      RecordingFile given = options.anonymize() ? anonymous(file) : file;
      remarks.addAll(writer.write(out, given, options));
      if (options.anonymize() && !file.markers().isEmpty()) {
        remarks.add(
            "the texts of %d markers were kept; look through them if they may name people"
                .formatted(file.markers().size()));
      }
      return List.copyOf(remarks);
    }
  }

  private static RecordingFile anonymous(RecordingFile file) {
    List<Recording> recordings = new ArrayList<>();
    for (Recording recording : file.recordings()) {
      recordings.add(AnonymousRecording.of(recording));
    }
    return with(file, recordings, file.about().anonymized());
  }

  private static List<String> edf(
      Path out, RecordingFile file, ConvertOptions options, EdfOptions format) {
    List<String> remarks = new ArrayList<>();
    RecordingFile steady = steady(file, remarks);
    remarks.addAll(
        EdfWriter.write(out, steady, options.overwrite() ? format.overwriting() : format));
    return remarks;
  }

  /** Without the streams that have no rate, if others are there; says what is left out. */
  private static RecordingFile steady(RecordingFile file, List<String> remarks) {
    List<Recording> some =
        file.recordings().stream().filter(r -> r.info().sampleRateHz() > 0).toList();
    if (some.isEmpty() || some.size() == file.recordings().size()) {
      return file; // nothing to leave out, or the writer says why it cannot be written
    }
    for (Recording other : file.recordings()) {
      if (!some.contains(other)) {
        remarks.add(
            "EDF holds signals of a steady rate: '%s' of %d channels was left out"
                .formatted(other.info().name(), other.channels()));
      }
    }
    return with(file, some, file.about());
  }

  private static RecordingFile with(
      RecordingFile file, List<Recording> recordings, RecordingAbout about) {
    return new RecordingFile(
        file.path(),
        file.format(),
        recordings,
        file.markers(),
        about,
        file.contents(),
        file.warnings());
  }

  private static List<String> brainVision(Path out, RecordingFile file, ConvertOptions options) {
    List<String> remarks = new ArrayList<>();
    Recording main = single(file, "BrainVision", remarks);
    BrainVisionOptions format = new BrainVisionOptions(options.overwrite(), false);
    remarks.addAll(BrainVisionWriter.write(out, main, file.about(), format));
    return remarks;
  }

  private static List<String> csv(Path out, RecordingFile file, ConvertOptions options) {
    List<String> remarks = new ArrayList<>();
    CsvRecordings.write(out, single(file, "CSV", remarks), options.overwrite());
    if (!file.markers().isEmpty()) {
      String name = InputFiles.name(out).replaceFirst("\\.[^.]*$", "") + "-markers.csv";
      CsvRecordings.writeMarkers(out.resolveSibling(name), file.markers(), options.overwrite());
      remarks.add("the markers are in " + name);
    }
    return remarks;
  }

  /** The main signal, for formats that hold one; says what is left out. */
  static Recording single(RecordingFile file, String format, List<String> remarks) {
    for (Recording other : file.recordings().subList(1, file.recordings().size())) {
      remarks.add(
          "%s holds one signal: '%s' of %d channels at %s Hz was left out"
              .formatted(
                  format,
                  other.info().name(),
                  other.channels(),
                  Double.toString(other.info().sampleRateHz())));
    }
    return file.main();
  }
}
