package org.efferent.cohort.recordings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.SelectedChannels;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingFile;
import org.efferent.data.Units;
import org.efferent.data.files.RecordingFiles;
import org.efferent.decoders.evoked.EventRows;
import org.efferent.decoders.evoked.EvokedTrials;
import org.efferent.decoders.preprocess.BrainChannels;
import org.efferent.decoders.preprocess.EpochCutter;
import org.efferent.decoders.preprocess.Epochs;
import org.efferent.filters.features.SecondOrderSections;
import org.efferent.filters.features.SectionFilter;

/**
 * Recordings of evoked responses: the brain channels in microvolt, filtered causally from the first
 * row on, and cut after the markers of two classes.
 */
public final class EvokedRecordings {
  private static final double NOTCH_QUALITY = 30;
  private static final double GAP_SECONDS = 0.1;
  private static final int BLOCK_ROWS = 1024;

  private EvokedRecordings() {}

  /**
   * How recordings are filtered and cut.
   *
   * @param classes names of the two, that with the smallest marker first
   * @param cues class of each marker
   * @param lowHz lower corner of the band
   * @param highHz upper corner
   * @param order of either side of the Butterworth band pass
   * @param notchHz what is taken out; 0 for nothing
   * @param fromSeconds first sample, after the marker
   * @param toSeconds last sample
   */
  public record Cut(
      List<String> classes,
      Map<String, String> cues,
      double lowHz,
      double highHz,
      int order,
      double notchHz,
      double fromSeconds,
      double toSeconds) {}

  /**
   * One recording.
   *
   * @param path the file
   * @param channels labels of its brain channels
   * @param refused labels of the others
   * @param trials cut from it
   * @param cutOff stimuli whose epoch reaches beyond the recording, or that lie at no row
   * @param damaged stimuli whose epoch has a value that is not finite or a gap of time
   */
  public record Run(
      Path path,
      List<String> channels,
      List<String> refused,
      EvokedTrials trials,
      int cutOff,
      int damaged) {
    /** Name of the file. */
    public String name() {
      return InputFiles.name(path);
    }
  }

  /**
   * The two classes, that of the smallest marker first, so that scores do not depend on the order
   * in which they are written nor on their names.
   *
   * @param cues class of each marker
   * @return two names
   * @throws UsageException if there are not two classes
   */
  public static List<String> classes(Map<String, String> cues) {
    List<String> markers = new ArrayList<>(cues.keySet());
    markers.sort(Comparator.naturalOrder());
    List<String> classes = markers.stream().map(cues::get).distinct().toList();
    if (classes.size() != 2) {
      throw new UsageException(
          "--classes must name two classes, such as face=2,house=1; classes="
              + new TreeSet<>(classes));
    }
    return classes;
  }

  /**
   * Reads a recording, filters it and cuts its trials.
   *
   * @param path the file
   * @param number of the run, any that no other run of a comparison has
   * @param cut how
   * @param notes told of what was odd
   * @return the recording
   * @throws InputException if the file is damaged or has fewer than two whole trials of a class
   */
  public static Run open(Path path, int number, Cut cut, Consumer<String> notes) {
    try (RecordingFile file = RecordingFiles.open(path)) {
      return of(file, number, cut, notes);
    }
  }

  /** The same of a file that is open; its rows are read once, some at a time. */
  static Run of(RecordingFile file, int number, Cut cut, Consumer<String> notes) {
    Path path = file.path();
    file.warnings().forEach(w -> notes.accept(InputFiles.name(path) + ": " + w));
    Recording all = file.main();
    double[] stamps = stamps(path, all);
    List<Integer> picks = BrainChannels.pick(all.info());
    List<String> channels = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (int c = 0; c < all.channels(); c++) {
      (picks.contains(c) ? channels : refused).add(all.info().channels().get(c).label());
    }
    List<Marker> stimuli =
        file.markers().stream().filter(marker -> cut.cues().containsKey(marker.label())).toList();
    double[] times = stimuli.stream().mapToDouble(Marker::time).toArray();
    // A stimulus at no row lies beyond the recording.
    long[] starts =
        Arrays.stream(EventRows.nearest(all, times))
            .map(row -> row < 0 ? stamps.length : row)
            .toArray();
    double[] factors =
        picks.stream().mapToDouble(c -> microvolts(all.info().channels().get(c))).toArray();
    Recording scaled = new SelectedChannels(all, picks, factors, List.of());
    EpochCutter cutter =
        new EpochCutter(scaled.info(), scaled.rows(), starts, cut.fromSeconds(), cut.toSeconds());
    boolean[] bad = filtered(scaled, cut, cutter);
    Epochs epochs = cutter.epochs();
    List<Integer> whole = new ArrayList<>();
    for (int e = 0; e < epochs.count(); e++) {
      int from = Math.toIntExact(cutter.starts().get(e));
      if (isWhole(stamps, bad, from, from + epochs.samples())) {
        whole.add(e);
      }
    }
    Epochs kept = whole.size() == epochs.count() ? epochs : epochs.select(whole);
    EvokedTrials trials = labelled(kept, stimuli, number, cut);
    int cutOff = stimuli.size() - epochs.count();
    int damaged = epochs.count() - whole.size();
    if (trials.count(0) < 2 || trials.count(1) < 2) {
      throw few(file, cut, trials, cutOff, damaged);
    }
    return new Run(path, channels, refused, trials, cutOff, damaged);
  }

  private static double[] stamps(Path path, Recording all) {
    if (!(all.info().sampleRateHz() > 0)) {
      throw new InputException(
          "%s: has no regular rate, which filters and epochs need; give a table with a clock"
              .formatted(InputFiles.name(path)));
    }
    double[] stamps = new double[Math.toIntExact(all.rows())];
    all.readStamps(0, stamps.length, stamps, 0);
    if (!Arrays.stream(stamps).allMatch(Double::isFinite)) {
      throw new InputException(
          "%s: stamps must be finite, or stimuli have no place".formatted(InputFiles.name(path)));
    }
    return stamps;
  }

  /**
   * Filters the rows from the first on and hands them to the cutter.
   *
   * @return which rows were not finite
   */
  private static boolean[] filtered(Recording scaled, Cut cut, EpochCutter cutter) {
    double rate = scaled.info().sampleRateHz();
    SecondOrderSections sections =
        SecondOrderSections.bandPass(cut.order(), cut.lowHz(), cut.highHz(), rate);
    if (cut.notchHz() != 0) {
      sections = SecondOrderSections.notch(cut.notchHz(), NOTCH_QUALITY, rate).then(sections);
    }
    int channels = scaled.channels();
    SectionFilter filter = new SectionFilter(sections, channels);
    boolean[] bad = new boolean[Math.toIntExact(scaled.rows())];
    double[] block = new double[Math.multiplyExact(BLOCK_ROWS, channels)];
    for (int from = 0; from < bad.length; from += BLOCK_ROWS) {
      int rows = Math.min(BLOCK_ROWS, bad.length - from);
      scaled.read(from, rows, block, 0);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < channels; c++) {
          bad[from + r] |= !Double.isFinite(block[r * channels + c]);
        }
        filter.apply(block, r * channels);
      }
      cutter.add(block, rows);
    }
    return bad;
  }

  private static EvokedTrials labelled(Epochs kept, List<Marker> stimuli, int number, Cut cut) {
    int[] labels =
        kept.events().stream()
            .mapToInt(e -> cut.classes().indexOf(cut.cues().get(stimuli.get(e).label())))
            .toArray();
    int[] runs = new int[labels.length];
    Arrays.fill(runs, number);
    return new EvokedTrials(kept, labels, runs);
  }

  private static InputException few(
      RecordingFile file, Cut cut, EvokedTrials trials, int cutOff, int damaged) {
    Set<String> there = new TreeSet<>();
    file.markers().stream().limit(100_000).forEach(marker -> there.add(marker.label()));
    return new InputException(
        "%s: needs two whole trials of each class; %s=%d, %s=%d, trials cut off=%d, damaged=%d; its markers are %s"
            .formatted(
                InputFiles.name(file.path()),
                cut.classes().get(0),
                trials.count(0),
                cut.classes().get(1),
                trials.count(1),
                cutOff,
                damaged,
                there.stream().limit(20).toList()));
  }

  /** What one of a channel's unit is in microvolt; a unit that is not known counts as microvolt. */
  static double microvolts(ChannelInfo channel) {
    OptionalDouble volts = Units.toSi(channel.unit());
    return volts.isPresent() ? volts.getAsDouble() * 1e6 : 1;
  }

  private static boolean isWhole(double[] stamps, boolean[] bad, int from, int to) {
    for (int r = from; r < to; r++) {
      if (bad[r] || (r > from && stamps[r] - stamps[r - 1] > GAP_SECONDS)) {
        return false;
      }
    }
    return true;
  }
}
