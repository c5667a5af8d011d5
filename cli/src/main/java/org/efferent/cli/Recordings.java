package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.MemoryRecording;
import org.efferent.core.Recording;
import org.efferent.core.StreamInfo;
import org.efferent.data.InputFiles;
import org.efferent.data.NumericCsv;
import org.efferent.data.NumericTable;
import org.efferent.data.RecordingFile;
import org.efferent.data.files.FileFormat;
import org.efferent.data.files.RecordingFiles;
import org.efferent.data.xdf.XdfFile;
import org.efferent.data.xdf.XdfHeader;
import org.efferent.data.xdf.XdfStream;

/** Files to recordings, whatever their format. */
final class Recordings {
  private Recordings() {}

  /**
   * A stream of a recording that can be played: numbers in rows, or texts as markers.
   *
   * @param lsl how it is published
   * @param recording its rows; for a stream of texts none, but its markers
   * @param texts of a stream of texts, every channel of every sample, row-major; else empty
   */
  record Track(LslStreamInfo lsl, Recording recording, List<String> texts) {
    Track {
      texts = List.copyOf(texts);
    }

    double start() {
      if (recording.rows() > 0) {
        double[] first = new double[1];
        recording.readStamps(0, 1, first, 0);
        return first[0];
      }
      return recording.markers().isEmpty() ? Double.NaN : recording.markers().get(0).time();
    }

    long size() {
      return recording.rows() + recording.markers().size();
    }
  }

  /**
   * All streams of a file that have samples.
   *
   * @param file of any format, or the folder of a data set, whose test windows are played one after
   *     the other
   * @param rateHz rate of a CSV without a clock
   * @param warnings hears what is wrong with a file that can be read all the same
   */
  static List<Track> tracks(Path file, double rateHz, Consumer<String> warnings) {
    if (LiveRecordings.isDataSet(file)) {
      return windows(LiveRecordings.windows(file, 0));
    }
    if (FileFormat.of(file) == FileFormat.CSV) {
      MemoryRecording recording = table(NumericCsv.read(file), rateHz);
      return List.of(
          new Track(
              LslStreamInfo.of(recording.info(), ChannelFormat.DOUBLE64), recording, List.of()));
    }
    if (FileFormat.of(file) != FileFormat.XDF) {
      return others(file, warnings);
    }
    List<Track> tracks = new ArrayList<>();
    XdfFile xdf = XdfFile.read(file);
    xdf.warnings().forEach(warning -> warnings.accept(InputFiles.name(file) + ": " + warning));
    for (XdfStream stream : xdf.streams()) {
      if (stream.samples() > 0) {
        tracks.add(track(stream));
      }
    }
    if (tracks.isEmpty()) {
      throw new InputException(InputFiles.name(file) + ": no stream has a sample; nothing to play");
    }
    return tracks;
  }

  /** The test windows of a data set, and a stream of markers that name their stimuli. */
  private static List<Track> windows(MemoryRecording recording) {
    LslStreamInfo markers = LslStreamInfo.markers(recording.info().name() + "-markers", "");
    Recording none =
        new MemoryRecording(
            markers.toStreamInfo(), new double[0], new double[0], recording.markers());
    return List.of(
        new Track(
            LslStreamInfo.of(recording.info(), ChannelFormat.DOUBLE64),
            new WithoutMarkers(recording),
            List.of()),
        new Track(markers, none, recording.markers().stream().map(Marker::label).toList()));
  }

  /** The recordings of a file, read by range while they are played, and its markers beside them. */
  @SuppressWarnings("MustBeClosedChecker") // closed with its recordings
  private static List<Track> others(Path path, Consumer<String> warnings) {
    RecordingFile file = RecordingFiles.open(path);
    file.warnings().forEach(warning -> warnings.accept(InputFiles.name(path) + ": " + warning));
    List<Track> tracks = new ArrayList<>();
    file.main();
    for (Recording recording : file.recordings()) {
      LslStreamInfo lsl = LslStreamInfo.of(recording.info(), ChannelFormat.DOUBLE64);
      tracks.add(new Track(lsl, new WithoutMarkers(recording), List.of()));
    }
    if (!file.markers().isEmpty()) {
      LslStreamInfo lsl = LslStreamInfo.markers(file.main().info().name() + "-markers", "");
      Recording none =
          new MemoryRecording(lsl.toStreamInfo(), new double[0], new double[0], file.markers());
      tracks.add(new Track(lsl, none, file.markers().stream().map(Marker::label).toList()));
    }
    return tracks;
  }

  /** The rows of a recording; its markers are a stream of their own. */
  private record WithoutMarkers(Recording recording) implements Recording {
    @Override
    public StreamInfo info() {
      return recording.info();
    }

    @Override
    public long rows() {
      return recording.rows();
    }

    @Override
    public List<Marker> markers() {
      return List.of();
    }

    @Override
    public void read(long from, int rows, double[] into, int offset) {
      recording.read(from, rows, into, offset);
    }

    @Override
    public void readStamps(long from, int rows, double[] into, int offset) {
      recording.readStamps(from, rows, into, offset);
    }

    @Override
    public void close() {
      recording.close();
    }
  }

  private static Track track(XdfStream stream) {
    XdfHeader header = stream.header();
    ChannelFormat format =
        ChannelFormat.ofToken(header.format().token())
            .orElseThrow(() -> new InputException("unknown format " + header.format().token()));
    StreamInfo info = header.info();
    LslStreamInfo lsl = LslStreamInfo.of(info, format);
    if (!stream.isText()) {
      return new Track(
          lsl, new MemoryRecording(info, stream.stamps(), stream.values(), List.of()), List.of());
    }
    List<Marker> markers = new ArrayList<>();
    for (int i = 0; i < stream.samples(); i++) {
      markers.add(new Marker(stream.stamps()[i], stream.strings()[i * header.channelCount()]));
    }
    return new Track(
        lsl,
        new MemoryRecording(info, new double[0], new double[0], markers),
        List.of(stream.strings()));
  }

  /**
   * The signal of a file that a decoder of so many inputs reads: the first stream of as many
   * channels, else the main one.
   */
  static MemoryRecording signal(Path file, int channels, double rateHz, OutputOptions output) {
    List<Track> numbers =
        tracks(file, rateHz, warning -> output.note("%s", warning)).stream()
            .filter(t -> t.recording().rows() > 0)
            .toList();
    return numbers.stream()
        .filter(t -> t.recording().channels() == channels)
        .findFirst()
        .or(() -> numbers.stream().findFirst())
        .map(track -> track.recording().load())
        .orElseThrow(
            () -> new InputException(InputFiles.name(file) + ": has no stream of numbers"));
  }

  private static MemoryRecording table(NumericTable table, double rateHz) {
    int first = table.hasClock() ? 1 : 0;
    int channels = table.columns() - first;
    double[] stamps = new double[table.rows()];
    double[] values = new double[table.rows() * channels];
    for (int i = 0; i < stamps.length; i++) {
      stamps[i] = first == 1 ? table.get(i, 0) : i / rateHz;
      System.arraycopy(table.values(), i * table.columns() + first, values, i * channels, channels);
    }
    List<ChannelInfo> infos = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      boolean named = table.columnNames().size() > c + first;
      infos.add(
          new ChannelInfo(
              named ? table.columnNames().get(c + first) : Integer.toString(c + 1), "", ""));
    }
    String name = InputFiles.name(table.path()).replaceFirst("\\.[^.]*$", "");
    double rate = first == 1 ? rate(stamps) : rateHz;
    return new MemoryRecording(
        new StreamInfo(name, "Features", rate, "", infos), stamps, values, List.of());
  }

  private static double rate(double[] stamps) {
    double[] steps = new double[Math.max(0, stamps.length - 1)];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = stamps[i + 1] - stamps[i];
    }
    Arrays.sort(steps);
    double median = steps.length == 0 ? 0 : steps[steps.length / 2];
    return median > 0 ? 1 / median : 0;
  }
}
