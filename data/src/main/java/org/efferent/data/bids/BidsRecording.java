package org.efferent.data.bids;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.SensorPosition;
import org.efferent.core.StreamInfo;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;

/**
 * One recording of a data set, with the sidecars that belong to it. Longer than 300 lines because
 * what each sidecar adds is told side by side.
 */
public final class BidsRecording {
  private final Path root;
  private final Path path;
  private final BidsName name;
  private final Map<String, String> participant;

  BidsRecording(Path root, Path path, BidsName name, Map<String, String> participant) {
    this.root = root;
    this.path = path;
    this.name = name;
    this.participant = participant;
  }

  /** The file, or the folder of a CTF recording. */
  public Path path() {
    return path;
  }

  /** Subject, session, task, run and so on. */
  public BidsName name() {
    return name;
  }

  /** The subject's row of {@code participants.tsv}; empty if there is none. */
  public Map<String, String> participant() {
    return java.util.Collections.unmodifiableMap(participant);
  }

  /**
   * The sidecar that applies, by the inheritance principle: of the nearest folder, from the
   * recording's up to the data set's, that has one whose name says nothing else than the
   * recording's; there the one that says most. LibriBrain's folder {@code events} beside the
   * recording's is looked into too.
   *
   * @param suffix such as {@code channels}
   * @param extension with the point
   * @return the file
   */
  public Optional<Path> sidecar(String suffix, String extension) {
    List<Path> all = sidecars(suffix, extension);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
  }

  private List<Path> sidecars(String suffix, String extension) {
    List<Path> found = new ArrayList<>();
    Path folder = path.getParent();
    Path top = root.normalize();
    while (folder != null && folder.normalize().startsWith(top)) {
      best(folder, suffix, extension).ifPresent(found::add);
      Path beside = folder.resolveSibling(suffix);
      if (found.isEmpty() && !folder.normalize().equals(top) && Files.isDirectory(beside)) {
        best(beside, suffix, extension).ifPresent(found::add);
      }
      folder = folder.getParent();
    }
    return found;
  }

  private Optional<Path> best(Path folder, String suffix, String extension) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              f -> InputFiles.name(f).endsWith(suffix + extension) && applies(f, suffix, extension))
          .max(
              Comparator.<Path>comparingInt(f -> InputFiles.name(f).split("_", -1).length)
                  .thenComparing(Path::toString));
    } catch (IOException e) {
      throw InputFiles.failed(folder, e);
    }
  }

  private boolean applies(Path file, String suffix, String extension) {
    return BidsName.parse(InputFiles.name(file))
        .filter(n -> n.suffix().equals(suffix) && n.extension().equals(extension))
        .filter(
            n ->
                n.entities().entrySet().stream()
                    .allMatch(
                        e ->
                            e.getKey().equals("space")
                                || name.entity(e.getKey()).equals(e.getValue())))
        .isPresent();
  }

  /** What the JSON sidecars say of the recording, the nearest one last and strongest. */
  public Map<String, String> metadata() {
    Map<String, String> words = new LinkedHashMap<>();
    List<Path> files = sidecars(name.suffix(), ".json");
    for (int i = files.size() - 1; i >= 0; i--) {
      for (Map.Entry<String, JsonNode> entry : BidsDataset.json(files.get(i)).properties()) {
        JsonNode value = entry.getValue();
        words.put(entry.getKey(), value.isValueNode() ? value.asText() : value.toString());
      }
    }
    return words;
  }

  /** The events of {@code events.tsv}, in its order; none if there is no such file. */
  public List<BidsEvent> events() {
    return sidecar("events", ".tsv").map(f -> BidsEvent.of(TsvTable.read(f))).orElse(List.of());
  }

  /** Names of the channels that {@code channels.tsv} calls bad. */
  public List<String> badChannels() {
    List<String> bad = new ArrayList<>();
    sidecar("channels", ".tsv")
        .map(TsvTable::read)
        .ifPresent(
            table -> {
              for (int i = 0; i < table.rows(); i++) {
                if (table.text(i, "status").equalsIgnoreCase("bad")) {
                  bad.add(table.text(i, "name"));
                }
              }
            });
    return bad;
  }

  /**
   * Opens the recording and adds what its sidecars say: kinds of channels ({@code channels.tsv} is
   * believed), units and positions where the file has none, events as markers instead of the file's
   * own, the subject, and bad channels as a line of the contents.
   *
   * @param opener opens a file of any format
   * @return the recording; who asked closes it
   * @throws InputException if the file or a sidecar is damaged; the message names file, row and
   *     column
   */
  public RecordingFile open(Function<Path, RecordingFile> opener) {
    List<BidsEvent> events = events();
    Map<String, ChannelInfo> channels = channels();
    Map<String, SensorPosition> positions = positions();
    List<String> bad = badChannels();
    boolean replaced = sidecar("events", ".tsv").isPresent();
    Map<String, String> words = metadata();
    RecordingFile file = opener.apply(path);
    List<Recording> recordings = new ArrayList<>();
    List<Marker> markers = file.markers();
    if (replaced) {
      double[] start = new double[1];
      if (!file.recordings().isEmpty() && file.main().rows() > 0) {
        file.main().readStamps(0, 1, start, 0);
      }
      markers =
          events.stream()
              .map(e -> e.marker(start[0]))
              .sorted(Comparator.comparingDouble(Marker::time))
              .toList();
    }
    for (Recording recording : file.recordings()) {
      StreamInfo info = recording.info();
      List<ChannelInfo> better =
          info.channels().stream().map(c -> enriched(c, channels, positions)).toList();
      StreamInfo described =
          new StreamInfo(info.name(), info.type(), info.sampleRateHz(), info.sourceId(), better);
      recordings.add(new Described(recording, described, replaced ? markers : recording.markers()));
    }
    List<String> contents = new ArrayList<>(file.contents());
    if (!bad.isEmpty()) {
      contents.add("bad channels: " + String.join(", ", bad));
    }
    return new RecordingFile(
        path,
        file.format(),
        recordings,
        markers,
        about(file.about(), words),
        contents,
        file.warnings());
  }

  private static ChannelInfo enriched(
      ChannelInfo channel, Map<String, ChannelInfo> table, Map<String, SensorPosition> positions) {
    ChannelInfo row = table.get(channel.label());
    ChannelInfo better =
        row == null
            ? channel
            : new ChannelInfo(
                channel.label(),
                row.kind().isEmpty() ? channel.kind() : row.kind(),
                channel.unit().isEmpty() ? row.unit() : channel.unit(),
                channel.position());
    SensorPosition position = positions.get(channel.label());
    return position == null || better.position().isPresent() ? better : better.at(position);
  }

  private Map<String, ChannelInfo> channels() {
    Map<String, ChannelInfo> channels = new LinkedHashMap<>();
    sidecar("channels", ".tsv")
        .map(TsvTable::read)
        .ifPresent(
            table -> {
              for (int i = 0; i < table.rows(); i++) {
                String label = table.text(i, "name");
                String kind = table.text(i, "type").toUpperCase(Locale.ROOT);
                channels.put(label, new ChannelInfo(label, kind, table.text(i, "units")));
              }
            });
    return channels;
  }

  private Map<String, SensorPosition> positions() {
    Map<String, SensorPosition> positions = new LinkedHashMap<>();
    Optional<Path> file = sidecar("electrodes", ".tsv");
    if (file.isEmpty()) {
      return positions;
    }
    TsvTable table = TsvTable.read(file.get());
    String system = "";
    String units = "m";
    Optional<Path> sidecar = sidecar("coordsystem", ".json");
    if (sidecar.isPresent()) {
      JsonNode json = BidsDataset.json(sidecar.get());
      String prefix = name.suffix().equals("ieeg") ? "iEEG" : "EEG";
      system = json.path(prefix + "CoordinateSystem").asText("");
      units = json.path(prefix + "CoordinateUnits").asText("m");
    }
    double scale =
        switch (units) {
          case "mm" -> 1e-3;
          case "cm" -> 1e-2;
          case "m", "n/a", "" -> 1;
          default ->
              throw new InputException(
                  "%s: coordinates are in m, cm or mm; units='%s'"
                      .formatted(InputFiles.name(sidecar.orElse(file.get())), units));
        };
    // Both have x through the ears' points and y through the nasion.
    boolean head = system.equals("CapTrak") || system.equals("ElektaNeuromag");
    for (int i = 0; i < table.rows(); i++) {
      double x = table.number(i, "x") * scale;
      double y = table.number(i, "y") * scale;
      double z = table.number(i, "z") * scale;
      if (Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z)) {
        SensorPosition.Frame frame =
            head ? SensorPosition.Frame.HEAD : SensorPosition.Frame.TEMPLATE;
        positions.put(table.text(i, "name"), new SensorPosition(frame, x, y, z));
      }
    }
    return positions;
  }

  private RecordingAbout about(RecordingAbout of, Map<String, String> words) {
    String sex = participant.getOrDefault("sex", "").toUpperCase(Locale.ROOT);
    String equipment =
        (words.getOrDefault("Manufacturer", "")
                + " "
                + words.getOrDefault("ManufacturersModelName", ""))
            .strip();
    return new RecordingAbout(
        name.entity("sub"),
        of.subjectName(),
        sex.matches("F|M|O")
            ? sex
            : sex.startsWith("F") ? "F" : sex.startsWith("M") ? "M" : of.sex(),
        of.birthDate(),
        of.start(),
        of.recordingId(),
        of.investigator(),
        equipment.isEmpty() ? of.equipment() : equipment,
        of.comment());
  }

  /** A recording with another description. */
  private record Described(Recording below, StreamInfo info, List<Marker> markers)
      implements Recording {
    @Override
    public long rows() {
      return below.rows();
    }

    @Override
    public void read(long from, int rows, double[] into, int offset) {
      below.read(from, rows, into, offset);
    }

    @Override
    public void readStamps(long from, int rows, double[] into, int offset) {
      below.readStamps(from, rows, into, offset);
    }

    @Override
    public void close() {
      below.close();
    }
  }
}
