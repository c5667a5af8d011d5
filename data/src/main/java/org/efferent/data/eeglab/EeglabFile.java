package org.efferent.data.eeglab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.StreamInfo;
import org.efferent.data.FileBytes;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingAbout;
import org.efferent.data.RecordingFile;
import org.efferent.data.RegularRecording;
import org.efferent.data.Shown;
import org.efferent.data.mat.MatArray;
import org.efferent.data.mat.MatFile;
import org.efferent.data.mat.MatStruct;
import org.efferent.data.mat.MatText;
import org.efferent.data.mat.MatValue;

/**
 * Reads EEGLAB's datasets. Values are microvolts, as EEGLAB has them. A continuous dataset begins
 * at {@code xmin}. The epochs of an epoched one follow each other without gaps from 0 s on, as
 * EEGLAB itself counts the latencies of their events, so that stamps never go back; the contents
 * say how many there are, of how many samples, and when they begin relative to their event: row
 * {@code e · points} is the first of epoch e.
 *
 * <p>Data in files of their own and in files of 7.3 are read by range, those of MAT 5 too if it is
 * not compressed ({@code save -v6}); a compressed variable is inflated in memory.
 */
public final class EeglabFile {
  private static final int MOST_CHANNELS = 1 << 20;

  private final MatFile mat;
  private final EeglabSet set;
  private final List<String> contents = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final double rateHz;
  private final long trials;
  private long points;
  private long rows;
  private int channels;

  private EeglabFile(MatFile mat) {
    this.mat = mat;
    this.set = new EeglabSet(mat);
    this.rateHz = set.number("srate").orElse(Double.NaN);
    if (!(rateHz > 0) || Double.isInfinite(rateHz)) {
      throw new InputException(
          "%s: field 'srate' must be positive; srate=%s".formatted(set.name(), rateHz));
    }
    this.trials = set.whole("trials", 1, 1);
  }

  /**
   * Whether a MAT-file holds a dataset of EEGLAB, whatever its name is.
   *
   * @param mat the file
   * @return whether it has a struct {@code EEG} with a rate, or the fields of one
   */
  public static boolean isDataset(MatFile mat) {
    return mat.names().containsAll(List.of("srate", "nbchan", "pnts", "data"))
        || mat.get("EEG")
            .filter(v -> v instanceof MatStruct eeg && eeg.fields().contains("srate"))
            .isPresent();
  }

  /**
   * Opens a dataset.
   *
   * @param path a {@code .set} file, or the {@code .fdt} file beside one
   * @return its recording
   * @throws InputException if it is missing, damaged or no dataset, or its data file is missing
   * @throws org.efferent.core.UnsupportedInputException if it holds several datasets
   */
  public static RecordingFile open(Path path) {
    MatFile mat = MatFile.open(header(path));
    RegularRecording.Rows source = null;
    RecordingFile opened = null;
    try {
      EeglabFile file = new EeglabFile(mat);
      source = file.source();
      opened = file.recording(path, source);
      return opened;
    } finally {
      if (opened == null && source != null) {
        source.close();
      }
      // Data inside are read from it later.
      if (opened == null || !(source instanceof MatRows)) {
        mat.close();
      }
    }
  }

  private static Path header(Path path) {
    String name = InputFiles.name(path);
    if (!name.toLowerCase(Locale.ROOT).endsWith(".fdt")) {
      return path;
    }
    InputFiles.check(path);
    String set = name.substring(0, name.length() - 4) + ".set";
    if (!Files.exists(path.resolveSibling(set))) {
      throw new InputException(
          "%s: its header '%s' is not beside it; put it there, or open the header"
              .formatted(name, set));
    }
    return path.resolveSibling(set);
  }

  private RegularRecording.Rows source() {
    MatValue data = set.field("data").orElse(null);
    boolean inside = data instanceof MatArray array && array.elements() > 0;
    String word = data instanceof MatText ? EeglabSet.text(data).strip() : "";
    // What EEGLAB before 5 wrote where the data are a variable of their own.
    if (!inside && (word.equals("EEGDATA") || word.equals("in set file"))) {
      data = set.variable("EEGDATA").orElse(null);
      inside = data instanceof MatArray array && array.elements() > 0;
      word = "";
    }
    if (inside) {
      return inside((MatArray) data);
    }
    if (word.isEmpty()) {
      word = set.text("datfile");
    }
    if (word.isEmpty()) {
      throw new InputException(
          "%s: has no data: field 'data' must hold numbers or the name of a file; it is %s"
              .formatted(set.name(), data == null ? "not there" : data.describe()));
    }
    return beside(word);
  }

  private RegularRecording.Rows inside(MatArray data) {
    long[] shape = data.shape();
    rows = data.elements() / shape[0];
    points = rows / trials;
    // Each channel becomes an object: a number that is beyond all devices is refused.
    if (shape[0] > MOST_CHANNELS || rows % trials != 0) {
      throw new InputException(
          "%s: data must be [channels × points × epochs]; they are %s, trials=%d"
              .formatted(set.name(), data.describe(), trials));
    }
    channels = (int) shape[0];
    differs("nbchan", set.whole("nbchan", 0, channels), channels);
    differs("pnts", set.whole("pnts", 0, points), points);
    return new MatRows(mat, data, channels);
  }

  private void differs(String field, long said, long found) {
    if (said != found) {
      warnings.add("%s says %d, the data have %d; these are read".formatted(field, said, found));
    }
  }

  private RegularRecording.Rows beside(String named) {
    Path path = dataFile(named);
    long count = set.whole("nbchan", 1, 0);
    points = set.whole("pnts", 1, 0);
    long size = InputFiles.check(path);
    if (count > Math.min(MOST_CHANNELS, size / 4)) {
      throw new InputException(
          "%s: has %d bytes, less than one sample of %d channels of 4 bytes; it is truncated, or not that of %s"
              .formatted(InputFiles.name(path), size, count, set.name()));
    }
    channels = (int) count;
    long there = size / 4 / count;
    rows = trials == 1 ? there : Math.min(trials, there / points) * points;
    double said = (double) points * trials;
    if (there != said || size % (4 * count) != 0) {
      warnings.add(
          "%s holds %d samples of %d channels, the header says %.0f; %d are read"
              .formatted(InputFiles.name(path), there, count, said, rows));
    }
    boolean turned = InputFiles.name(path).toLowerCase(Locale.ROOT).endsWith(".dat");
    return new FloatRows(FileBytes.open(path), channels, there, turned);
  }

  /** The file of that name beside the header, wherever it was saved; else that of its own name. */
  private Path dataFile(String named) {
    String name = named.substring(Math.max(named.lastIndexOf('/'), named.lastIndexOf('\\')) + 1);
    String header = InputFiles.name(mat.path());
    int dot = header.lastIndexOf('.');
    boolean turned = name.toLowerCase(Locale.ROOT).endsWith(".dat");
    String own = (dot < 0 ? header : header.substring(0, dot)) + (turned ? ".dat" : ".fdt");
    if (exists(name)) {
      return mat.path().resolveSibling(name);
    }
    if (exists(own)) {
      warnings.add("its data file '%s' is not there; '%s' is read".formatted(name, own));
      return mat.path().resolveSibling(own);
    }
    Path folder = mat.path().toAbsolutePath().getParent();
    throw new InputException(
        "%s: its data are in a file of their own, which must be beside it; looked for %s in %s; put it there"
            .formatted(
                header, name.equals(own) ? name : "'" + name + "' and '" + own + "'", folder));
  }

  private boolean exists(String name) {
    try {
      return !name.isEmpty() && Files.isRegularFile(mat.path().resolveSibling(name));
    } catch (java.nio.file.InvalidPathException e) {
      // Then it names no file.
      return false;
    }
  }

  private RecordingFile recording(Path path, RegularRecording.Rows source) {
    double begin = set.number("xmin").orElse(0);
    begin = Double.isFinite(begin) ? begin : 0;
    double start = trials == 1 ? begin : 0;
    List<ChannelInfo> infos = EeglabChannels.read(set, channels, warnings);
    if (trials > 1) {
      contents.add(
          "epochs: %d of %d samples, from %s s to %s s around their events; they follow each other without gaps"
              .formatted(
                  rows / points,
                  points,
                  Shown.number(begin),
                  Shown.number(begin + (points - 1) / rateHz)));
    }
    List<Marker> markers = EeglabEvents.read(set, rateHz, start, contents, warnings);
    more();
    StreamInfo info = new StreamInfo(InputFiles.name(mat.path()), "EEG", rateHz, "", infos);
    return new RecordingFile(
        path,
        "EEGLAB (MAT " + mat.version() + ")",
        List.of(new RegularRecording(info, rows, start, markers, source)),
        markers,
        about(),
        contents,
        warnings);
  }

  private void more() {
    for (String field : List.of("setname", "group", "condition", "ref")) {
      String text = set.text(field);
      if (!text.isEmpty()) {
        contents.add((field.equals("ref") ? "reference" : field) + ": " + text);
      }
    }
    set.field("icaweights")
        .filter(v -> v instanceof MatArray && v.elements() > 0)
        .ifPresent(
            v ->
                contents.add(
                    "ICA: %d components of %d channels".formatted(v.shape()[0], v.shape()[1])));
    set.structs("urevent").ifPresent(s -> contents.add("urevent: %d events".formatted(s.size())));
  }

  private RecordingAbout about() {
    return new RecordingAbout(
        set.text("subject"),
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        set.text("session"),
        "",
        "",
        set.text("comments"));
  }
}
