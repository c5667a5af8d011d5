package org.efferent.cohort.recordings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.efferent.core.ChannelInfo;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.SelectedChannels;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingFile;
import org.efferent.data.files.RecordingFiles;
import org.efferent.filters.features.ImageryOptions;
import org.efferent.filters.features.Trials;

/** Recordings of imagined movements, with what their markers mean. */
public final class ImageryRecordings {
  private ImageryRecordings() {}

  /**
   * One recording.
   *
   * @param path the file
   * @param cues class of each marker that is a cue
   * @param recording its EEG in memory
   * @param trials cut from it
   */
  public record Run(Path path, Map<String, String> cues, MemoryRecording recording, Trials trials) {
    /** Name of the file. */
    public String name() {
      return InputFiles.name(path);
    }
  }

  /**
   * {@code left=T1,right=T2}: classes by marker, in the order that they are written.
   *
   * @param text pairs of class and marker
   * @return class of each marker
   * @throws UsageException if it is not written so, or a marker stands twice
   */
  public static Map<String, String> cues(String text) {
    Map<String, String> cues = new LinkedHashMap<>();
    for (String one : text.split(",", -1)) {
      int at = one.indexOf('=');
      if (at < 1 || at == one.length() - 1) {
        throw new UsageException(
            "--classes must be CLASS=MARKER, separated by commas, such as left=T1,right=T2;"
                + " classes="
                + text);
      }
      if (cues.put(one.substring(at + 1), one.substring(0, at)) != null) {
        throw new UsageException(
            "a marker must stand for one class; marker="
                + one.substring(at + 1)
                + ", classes="
                + text);
      }
    }
    return cues;
  }

  /**
   * Reads a recording and cuts its trials.
   *
   * @param path the file
   * @param cues class of each marker that is a cue
   * @param classes names of the classes, in order
   * @param options band, order and time after the cue
   * @param notes told of what was odd
   * @return the recording
   * @throws org.efferent.core.InputException if the file is damaged or has no trial
   */
  public static Run open(
      Path path,
      Map<String, String> cues,
      List<String> classes,
      ImageryOptions options,
      Consumer<String> notes) {
    try (RecordingFile file = RecordingFiles.open(path)) {
      file.warnings().forEach(w -> notes.accept(InputFiles.name(path) + ": " + w));
      MemoryRecording eeg = eeg(file).load();
      return new Run(path, cues, eeg, Trials.cut(eeg, cues, classes, options));
    }
  }

  /** The trials of a file that is open; its rows are read as they are needed. */
  static Trials trials(
      RecordingFile file, Map<String, String> cues, List<String> classes, ImageryOptions options) {
    return Trials.cut(eeg(file), cues, classes, options);
  }

  /** The channels of kind EEG, if there are some, else all; in microvolt where units are known. */
  private static Recording eeg(RecordingFile file) {
    List<ChannelInfo> channels = file.main().info().channels();
    List<Integer> every = IntStream.range(0, channels.size()).boxed().toList();
    List<Integer> eeg =
        every.stream().filter(c -> channels.get(c).kind().equalsIgnoreCase("EEG")).toList();
    List<Integer> kept = eeg.isEmpty() ? every : eeg;
    double[] factors =
        kept.stream().mapToDouble(c -> EvokedRecordings.microvolts(channels.get(c))).toArray();
    return new SelectedChannels(file.main(), kept, factors, file.markers());
  }
}
