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
import org.efferent.core.MemoryRecording;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;
import org.efferent.data.RecordingFile;
import org.efferent.data.Units;
import org.efferent.data.files.RecordingFiles;
import org.efferent.decoders.evoked.EventRows;
import org.efferent.decoders.evoked.EvokedTrials;
import org.efferent.decoders.preprocess.BrainChannels;
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

  /** The same of a file that is open. */
  static Run of(RecordingFile file, int number, Cut cut, Consumer<String> notes) {
    Path path = file.path();
    file.warnings().forEach(w -> notes.accept(InputFiles.name(path) + ": " + w));
    MemoryRecording all = file.main().load();
    check(path, all);
    List<Integer> picks = BrainChannels.pick(all.info());
    List<String> channels = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (int c = 0; c < all.channels(); c++) {
      (picks.contains(c) ? channels : refused).add(all.info().channels().get(c).label());
    }
    boolean[] bad = new boolean[all.stamps().length];
    MemoryRecording filtered = filtered(all, picks, cut, bad);
    return cut(path, number, filtered, file.markers(), channels, refused, cut, bad);
  }

  private static void check(Path path, MemoryRecording all) {
    if (!(all.info().sampleRateHz() > 0)) {
      throw new InputException(
          "%s: has no regular rate, which filters and epochs need; give a table with a clock"
              .formatted(InputFiles.name(path)));
    }
    if (!Arrays.stream(all.stamps()).allMatch(Double::isFinite)) {
      throw new InputException(
          "%s: stamps must be finite, or stimuli have no place".formatted(InputFiles.name(path)));
    }
  }

  /** The picked channels in microvolt, filtered; notes the rows that were not finite. */
  private static MemoryRecording filtered(
      MemoryRecording all, List<Integer> picks, Cut cut, boolean[] bad) {
    double rate = all.info().sampleRateHz();
    SecondOrderSections sections =
        SecondOrderSections.bandPass(cut.order(), cut.lowHz(), cut.highHz(), rate);
    if (cut.notchHz() != 0) {
      sections = SecondOrderSections.notch(cut.notchHz(), NOTCH_QUALITY, rate).then(sections);
    }
    SectionFilter filter = new SectionFilter(sections, picks.size());
    List<ChannelInfo> infos = picks.stream().map(all.info().channels()::get).toList();
    double[] factors = infos.stream().mapToDouble(EvokedRecordings::microvolts).toArray();
    double[] values = new double[Math.multiplyExact(bad.length, factors.length)];
    for (int r = 0; r < bad.length; r++) {
      int at = r * factors.length;
      for (int c = 0; c < factors.length; c++) {
        values[at + c] = factors[c] * all.values()[r * all.channels() + picks.get(c)];
        bad[r] |= !Double.isFinite(values[at + c]);
      }
      filter.apply(values, at);
    }
    StreamInfo info = all.info();
    return new MemoryRecording(
        new StreamInfo(info.name(), info.type(), rate, info.sourceId(), infos),
        all.stamps(),
        values,
        all.markers());
  }

  /** What one of a channel's unit is in microvolt; a unit that is not known counts as microvolt. */
  static double microvolts(ChannelInfo channel) {
    OptionalDouble volts = Units.toSi(channel.unit());
    return volts.isPresent() ? volts.getAsDouble() * 1e6 : 1;
  }

  private static Run cut(
      Path path,
      int number,
      MemoryRecording filtered,
      List<Marker> markers,
      List<String> channels,
      List<String> refused,
      Cut cut,
      boolean[] bad) {
    List<Marker> stimuli =
        markers.stream().filter(marker -> cut.cues().containsKey(marker.label())).toList();
    double[] times = stimuli.stream().mapToDouble(Marker::time).toArray();
    long[] rows = EventRows.nearest(filtered, times);
    // A stimulus at no row lies beyond the recording.
    long[] starts = Arrays.stream(rows).map(row -> row < 0 ? filtered.rows() : row).toArray();
    List<Integer> every = new ArrayList<>();
    for (int c = 0; c < channels.size(); c++) {
      every.add(c);
    }
    Epochs epochs = Epochs.cut(filtered, every, starts, cut.fromSeconds(), cut.toSeconds());
    long first = Math.round(epochs.tminSeconds() * epochs.sampleRateHz());
    List<Integer> whole = new ArrayList<>();
    for (int e = 0; e < epochs.count(); e++) {
      int from = (int) (starts[epochs.events().get(e)] + first);
      if (isWhole(filtered.stamps(), bad, from, from + epochs.samples())) {
        whole.add(e);
      }
    }
    Epochs kept = epochs.select(whole);
    int[] labels =
        kept.events().stream()
            .mapToInt(e -> cut.classes().indexOf(cut.cues().get(stimuli.get(e).label())))
            .toArray();
    int[] runs = new int[labels.length];
    Arrays.fill(runs, number);
    EvokedTrials trials = new EvokedTrials(kept, labels, runs);
    if (trials.count(0) < 2 || trials.count(1) < 2) {
      Set<String> there = new TreeSet<>();
      markers.stream().limit(100_000).forEach(marker -> there.add(marker.label()));
      throw new InputException(
          "%s: needs two whole trials of each class; %s=%d, %s=%d, trials cut off=%d, damaged=%d; its markers are %s"
              .formatted(
                  InputFiles.name(path),
                  cut.classes().get(0),
                  trials.count(0),
                  cut.classes().get(1),
                  trials.count(1),
                  stimuli.size() - epochs.count(),
                  epochs.count() - whole.size(),
                  there.stream().limit(20).toList()));
    }
    return new Run(
        path,
        channels,
        refused,
        trials,
        stimuli.size() - epochs.count(),
        epochs.count() - whole.size());
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
