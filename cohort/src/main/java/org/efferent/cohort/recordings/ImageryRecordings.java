package org.efferent.cohort.recordings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.efferent.core.ChannelInfo;
import org.efferent.core.MemoryRecording;
import org.efferent.core.StreamInfo;
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
      return of(file, cues, classes, options, notes);
    }
  }

  /** The same of a file that is open. */
  static Run of(
      RecordingFile file,
      Map<String, String> cues,
      List<String> classes,
      ImageryOptions options,
      Consumer<String> notes) {
    file.warnings().forEach(w -> notes.accept(InputFiles.name(file.path()) + ": " + w));
    MemoryRecording all = file.main().load();
    MemoryRecording eeg =
        eeg(new MemoryRecording(all.info(), all.stamps(), all.values(), file.markers()));
    return new Run(file.path(), cues, eeg, Trials.cut(eeg, cues, classes, options));
  }

  /** The channels of kind EEG, if there are some, else all; in microvolt where units are known. */
  private static MemoryRecording eeg(MemoryRecording all) {
    List<ChannelInfo> channels = all.info().channels();
    int[] eeg =
        IntStream.range(0, channels.size())
            .filter(c -> channels.get(c).kind().equalsIgnoreCase("EEG"))
            .toArray();
    int[] kept = eeg.length == 0 ? IntStream.range(0, channels.size()).toArray() : eeg;
    double[] factors =
        IntStream.of(kept).mapToDouble(c -> EvokedRecordings.microvolts(channels.get(c))).toArray();
    List<ChannelInfo> infos = IntStream.of(kept).mapToObj(channels::get).toList();
    double[] values = new double[all.stamps().length * kept.length];
    for (int k = 0; k < kept.length; k++) {
      for (int r = 0; r < all.stamps().length; r++) {
        values[r * kept.length + k] = factors[k] * all.values()[r * channels.size() + kept[k]];
      }
    }
    StreamInfo info = all.info();
    return new MemoryRecording(
        new StreamInfo(info.name(), info.type(), info.sampleRateHz(), info.sourceId(), infos),
        all.stamps(),
        values,
        all.markers());
  }
}
