package org.efferent.data.nwb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.RecordingFile;
import org.efferent.data.hdf5.Hdf5Dataset;
import org.efferent.data.hdf5.Hdf5File;
import org.efferent.data.hdf5.Hdf5Node;

/**
 * A file of Neurodata Without Borders 2, open for reading. Every series of numbers in {@code
 * /acquisition}, {@code /processing} and {@code /stimulus/presentation} is a recording: the largest
 * {@code ElectricalSeries} first, then the others in the order of the file. Values are in the
 * series' unit: {@code data · conversion · channel_conversion + offset}. Stamps are seconds on the
 * session's clock. A series of stamps has a rate if nearly all its steps are equal.
 *
 * <p>Links into other files are not followed: such a series is left out with a warning, and a file
 * of which nothing else can be read is refused. Series of more than two dimensions (pictures,
 * waveforms) are told in the contents. Values are read by range from chunked and compressed data;
 * one thread at a time uses the file.
 */
public final class NwbFile implements AutoCloseable {
  private static final List<String> PLACES =
      List.of("acquisition", "processing", "stimulus/presentation");
  private static final int DEEPEST = 8;

  private final Hdf5File file;
  private final Path path;
  private final String version;
  private final NwbUnits units;
  private final List<NwbRecording> electrical = new ArrayList<>();
  private final List<NwbRecording> others = new ArrayList<>();
  private final List<Marker> markers = new ArrayList<>();
  private final List<String> contents = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<EfferentException> refusals = new ArrayList<>();

  private NwbFile(Path path, Hdf5File file) {
    this.path = path;
    this.file = file;
    this.version = file.root().text("nwb_version").orElse("");
    if (version.isEmpty()) {
      throw new InputException(
          file.name() + ": is no NWB file; its root must have the attribute nwb_version");
    }
    if (!version.startsWith("2.")) {
      throw new UnsupportedInputException(
          "%s: NWB is read in version 2; version=%s".formatted(file.name(), version));
    }
    NwbElectrodes electrodes = new NwbElectrodes(file, warnings);
    contents.addAll(electrodes.contents());
    for (String place : PLACES) {
      file.find(place).ifPresent(node -> walk(node, electrodes, false, new HashSet<>(), 0));
    }
    for (Hdf5Node table : file.find("intervals").map(Hdf5Node::children).orElse(List.of())) {
      if (table.isGroup()) {
        NwbMarkers.intervals(file.name(), table, markers, contents);
      }
    }
    markers.sort(Comparator.comparingDouble(Marker::time));
    electrical.sort(Comparator.<NwbRecording>comparingDouble(r -> -1.0 * r.rows() * r.channels()));
    this.units = new NwbUnits(file);
    contents.addAll(units.contents());
    if (electrical.isEmpty() && others.isEmpty() && units.size() == 0 && !refusals.isEmpty()) {
      throw refusals.get(0);
    }
  }

  /**
   * Opens a file.
   *
   * @param path {@code .nwb}
   * @return the file, to be closed
   * @throws InputException if it is missing, damaged or no NWB file
   * @throws UnsupportedInputException if it is of another version, or only links into other files
   */
  public static NwbFile open(Path path) {
    Hdf5File file = Hdf5File.open(path);
    NwbFile opened = null;
    try {
      opened = new NwbFile(path, file);
      return opened;
    } finally {
      if (opened == null) {
        file.close();
      }
    }
  }

  /**
   * What is in a file, for programs that handle files of any kind.
   *
   * @param path {@code .nwb}
   * @return its series, intervals and annotations as markers, units as counts in the contents
   * @throws InputException as {@link #open}
   * @throws UnsupportedInputException as {@link #open}
   */
  public static RecordingFile read(Path path) {
    NwbFile nwb = open(path);
    boolean kept = false;
    try {
      RecordingFile recordings = nwb.recordings();
      kept = !recordings.recordings().isEmpty();
      return recordings;
    } finally {
      if (!kept) {
        nwb.close();
      }
    }
  }

  /** The series, markers and contents; who closes them closes this file too. */
  public RecordingFile recordings() {
    List<Recording> all = new ArrayList<>();
    electrical.forEach(r -> all.add(r.with(markers)));
    others.forEach(r -> all.add(r.with(markers)));
    return new RecordingFile(
        path, "NWB " + version, all, markers, NwbAbout.read(file), contents, warnings);
  }

  /** The sorted units; none if there is no table of them. */
  public NwbUnits units() {
    return units;
  }

  private void walk(
      Hdf5Node group, NwbElectrodes electrodes, boolean lfp, Set<Long> seen, int depth) {
    if (!group.isGroup() || depth > DEEPEST || !seen.add(group.address())) {
      return;
    }
    boolean inside = lfp || NwbSeries.type(group).equals("LFP");
    if (NwbSeries.is(group)) {
      try {
        series(group, electrodes, inside);
      } catch (InputException | UnsupportedInputException e) {
        leftOut(e);
      }
      return;
    }
    group
        .externalLinks()
        .forEach(
            (name, target) ->
                leftOut(NwbSeries.refused(file.name(), group.path() + "/" + name, target)));
    for (Hdf5Node child : group.children()) {
      walk(child, electrodes, inside, seen, depth + 1);
    }
    for (String name : group.brokenLinks()) {
      warnings.add(
          "left out: %s/%s: is a link that leads nowhere or into another file"
              .formatted(group.path(), name));
    }
  }

  private void leftOut(EfferentException e) {
    refusals.add(e);
    warnings.add(
        "left out: "
            + e.getMessage()
                .replaceFirst("^" + java.util.regex.Pattern.quote(file.name() + ": "), ""));
  }

  private void series(Hdf5Node group, NwbElectrodes electrodes, boolean lfp) {
    String type = NwbSeries.type(group);
    NwbSeries series = new NwbSeries(file, group, lfp, warnings);
    Optional<Hdf5Dataset> data = group.child("data").map(Hdf5Node::dataset);
    Optional<Hdf5Dataset> stamps =
        group.child("timestamps").filter(n -> !n.isGroup()).map(Hdf5Node::dataset);
    if (data.isPresent() && stamps.isPresent()) {
      if (data.get().isText()) {
        NwbMarkers.annotations(data.get(), stamps.get(), markers);
        return;
      }
      if (type.equals("IntervalSeries")) {
        NwbMarkers.intervals(group, data.get(), stamps.get(), markers);
        return;
      }
    }
    Optional<NwbRecording> recording = series.read(electrodes);
    if (recording.isEmpty()) {
      contents.add(
          "%s: %s %s"
              .formatted(
                  group.path(),
                  type.isEmpty() ? "series" : type,
                  data.map(Hdf5Dataset::describe).orElse("without data")));
    } else {
      (series.electrical() ? electrical : others).add(recording.get());
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
