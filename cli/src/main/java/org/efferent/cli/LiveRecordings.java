package org.efferent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.StreamInfo;
import org.efferent.data.InputFiles;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;

/**
 * What {@code encoder run --replay} plays: a recording with its markers, or a data set's windows.
 */
final class LiveRecordings {
  private static final long LARGEST = 200_000_000;

  private LiveRecordings() {}

  /**
   * Reads it.
   *
   * @param path a recording of any format, or the folder of a data set, whose test windows follow
   *     one another, each with a marker that names its stimulus
   * @param subject whose windows
   * @param output for remarks
   */
  static MemoryRecording read(Path path, int subject, OutputOptions output) {
    return isDataSet(path) ? windows(path, subject) : file(path, output);
  }

  /** Whether a path is the folder of a data set. */
  static boolean isDataSet(Path path) {
    return Files.isDirectory(path) && Files.exists(path.resolve("dataset.json"));
  }

  private static MemoryRecording file(Path path, OutputOptions output) {
    List<Recordings.Track> tracks =
        Recordings.tracks(path, 0, warning -> output.note("%s", warning));
    MemoryRecording signal =
        tracks.stream()
            .filter(t -> t.recording().rows() > 0)
            .findFirst()
            .orElseThrow(
                () -> new InputException(InputFiles.name(path) + ": has no stream of numbers"))
            .recording()
            .load();
    List<Marker> markers = new ArrayList<>();
    tracks.forEach(t -> markers.addAll(t.recording().markers()));
    markers.sort(Comparator.comparingDouble(Marker::time));
    double[] stamps = new double[(int) signal.rows()];
    signal.readStamps(0, stamps.length, stamps, 0);
    double[] values = new double[Math.multiplyExact(stamps.length, signal.channels())];
    signal.read(0, stamps.length, values, 0);
    return new MemoryRecording(signal.info(), stamps, values, markers);
  }

  /** The test windows of a subject, one after the other, each with a marker. */
  static MemoryRecording windows(Path folder, int subject) {
    try (WindowDataset data = WindowDataset.open(folder)) {
      int[] examples =
          java.util.Arrays.stream(data.indices(Split.TEST))
              .filter(e -> data.example(e).subject() == subject)
              .toArray();
      if (examples.length == 0) {
        throw new InputException(
            "%s: has no test examples of subject %d; name another by --subject"
                .formatted(folder, subject));
      }
      int channels = data.channels();
      int time = data.time();
      if ((long) examples.length * channels * time > LARGEST) {
        throw new InputException(
            "%s: its %d test windows are more than can be played from memory; make a smaller set"
                .formatted(folder, examples.length));
      }
      double[] stamps = new double[examples.length * time];
      double[] values = new double[stamps.length * channels];
      float[] window = new float[channels * time];
      List<Marker> markers = new ArrayList<>();
      for (int i = 0; i < examples.length; i++) {
        data.read(new int[] {examples[i]}, 1, window);
        markers.add(new Marker(i * time / data.rateHz(), data.example(examples[i]).stimulus()));
        for (int t = 0; t < time; t++) {
          int row = i * time + t;
          stamps[row] = row / data.rateHz();
          for (int c = 0; c < channels; c++) {
            values[row * channels + c] = window[c * time + t];
          }
        }
      }
      List<ChannelInfo> infos =
          data.labels().stream().map(label -> new ChannelInfo(label, "", "")).toList();
      StreamInfo info =
          new StreamInfo(folder.getFileName().toString(), "EEG", data.rateHz(), "", infos);
      return new MemoryRecording(info, stamps, values, markers);
    }
  }
}
