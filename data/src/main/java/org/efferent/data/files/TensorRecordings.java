package org.efferent.data.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.efferent.core.ChannelInfo;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.SafetensorsFile;

/**
 * Recordings in safetensors, by the names of {@link TensorFiles}. Other tensors have neither rate
 * nor channels: as with NPY they are told in the contents.
 */
final class TensorRecordings {
  private static final List<String> PARTS =
      List.of("values", "stamps", "marker_times", "marker_durations");
  private static final int BLOCK = 1 << 20;

  private TensorRecordings() {}

  static RecordingFile open(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    boolean kept = false;
    try {
      boolean recording = isRecording(file);
      List<String> contents = new ArrayList<>();
      for (String name : file.names()) {
        if (!recording || !PARTS.contains(name)) {
          contents.add(
              "%s: %s %s".formatted(name, file.type(name), Arrays.toString(file.shape(name))));
        }
      }
      List<Marker> markers = recording ? markers(file) : List.of();
      List<Recording> recordings =
          recording ? List.of(new Rows(file, info(file), markers)) : List.of();
      kept = recording;
      return new RecordingFile(
          path, "safetensors", recordings, markers, RecordingAbout.UNKNOWN, contents, List.of());
    } finally {
      if (!kept) {
        file.close();
      }
    }
  }

  private static boolean isRecording(SafetensorsFile file) {
    List<String> names = file.names();
    if (!names.containsAll(List.of("values", "stamps")) || !(rate(file) >= 0)) {
      return false;
    }
    long[] values = file.shape("values");
    long[] stamps = file.shape("stamps");
    return values.length == 2
        && stamps.length == 1
        && values[0] == stamps[0]
        && values[1] > 0
        && lines(file, "labels").size() == values[1];
  }

  private static double rate(SafetensorsFile file) {
    try {
      double rate = Double.parseDouble(file.metadata().getOrDefault("rate", ""));
      return Double.isFinite(rate) ? rate : Double.NaN;
    } catch (NumberFormatException e) {
      // Then it is no recording.
      return Double.NaN;
    }
  }

  private static List<String> lines(SafetensorsFile file, String key) {
    String text = file.metadata().get(key);
    return text == null ? List.of() : List.of(text.split("\n", -1));
  }

  private static StreamInfo info(SafetensorsFile file) {
    Map<String, String> words = file.metadata();
    List<String> labels = lines(file, "labels");
    List<String> kinds = lines(file, "kinds");
    List<String> units = lines(file, "units");
    List<ChannelInfo> channels = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      channels.add(
          new ChannelInfo(
              labels.get(c),
              c < kinds.size() ? kinds.get(c) : "",
              c < units.size() ? units.get(c) : ""));
    }
    return new StreamInfo(
        words.getOrDefault("name", ""), words.getOrDefault("type", ""), rate(file), "", channels);
  }

  private static List<Marker> markers(SafetensorsFile file) {
    List<String> labels = lines(file, "marker_labels");
    double[] times = all(file, "marker_times", labels.size());
    double[] durations = all(file, "marker_durations", labels.size());
    List<Marker> markers = new ArrayList<>();
    for (int i = 0; i < Math.min(labels.size(), times.length); i++) {
      double duration = i < durations.length && durations[i] > 0 ? durations[i] : 0;
      markers.add(new Marker(times[i], duration, labels.get(i)));
    }
    markers.sort(Comparator.comparingDouble(Marker::time));
    return markers;
  }

  private static double[] all(SafetensorsFile file, String name, int most) {
    return file.names().contains(name)
        ? file.read(name, 0, (int) Math.min(most, file.elements(name)))
        : new double[0];
  }

  /** Rows of the tensor {@code values}, a stamp a row. */
  private record Rows(SafetensorsFile file, StreamInfo info, List<Marker> markers)
      implements Recording {
    @Override
    public long rows() {
      return file.elements("stamps");
    }

    @Override
    public void read(long from, int rows, double[] into, int offset) {
      Objects.checkFromIndexSize(from, (long) rows, rows());
      copy("values", from * channels(), rows * channels(), into, offset);
    }

    @Override
    public void readStamps(long from, int rows, double[] into, int offset) {
      Objects.checkFromIndexSize(from, (long) rows, rows());
      copy("stamps", from, rows, into, offset);
    }

    private void copy(String tensor, long from, int count, double[] into, int offset) {
      for (int done = 0; done < count; done += BLOCK) {
        double[] some = file.read(tensor, from + done, Math.min(BLOCK, count - done));
        System.arraycopy(some, 0, into, offset + done, some.length);
      }
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
