package org.efferent.filters.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.efferent.core.Chunk;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.Recording;

/**
 * Stretches of a band-passed recording after its cues, each with its class. The filter runs
 * causally over the whole recording before anything is cut. Immutable: arrays are not handed out.
 */
public final class Trials {
  private final FeatureInput input;
  private final List<String> classes;
  private final int rows;
  private final List<double[]> values;
  private final List<Integer> labels;
  private final int skipped;

  private Trials(
      FeatureInput input,
      List<String> classes,
      int rows,
      List<double[]> values,
      List<Integer> labels,
      int skipped) {
    this.input = input;
    this.classes = classes;
    this.rows = rows;
    this.values = values;
    this.labels = labels;
    this.skipped = skipped;
  }

  /** Trials of given values, {@code [rows × channels]} each. */
  static Trials of(
      FeatureInput input, List<String> classes, List<double[]> values, List<Integer> labels) {
    return of(input, classes, values, labels, 0);
  }

  /** The same, with how many trials were cut off or not finite. */
  static Trials of(
      FeatureInput input,
      List<String> classes,
      List<double[]> values,
      List<Integer> labels,
      int skipped) {
    int rows = values.get(0).length / input.size();
    return new Trials(input, List.copyOf(classes), rows, values, labels, skipped);
  }

  /**
   * Cuts a recording.
   *
   * @param recording EEG, read by range
   * @param cues class of each marker label that is a cue; other markers are none
   * @param classes names of the classes, in order
   * @param options band, order and time after the cue
   * @return the trials that lie wholly within the recording and are finite; the others are counted
   * @throws InputException where a cue's class is unknown or no trial is left
   */
  public static Trials cut(
      Recording recording, Map<String, String> cues, List<String> classes, ImageryOptions options) {
    FeatureInput input = FeatureInput.of(recording.info());
    double rate = input.sampleRateHz();
    int channels = input.size();
    int rows = options.rows(rate);
    List<double[]> cut = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    double[] first = new double[1];
    if (recording.rows() > 0) {
      recording.readStamps(0, 1, first, 0);
    }
    int skipped = 0;
    for (Marker marker : recording.markers()) {
      String name = cues.get(marker.label());
      if (name == null) {
        continue;
      }
      if (!classes.contains(name)) {
        throw new InputException(
            "a cue's class must be one of the classes; class=" + name + ", classes=" + classes);
      }
      long start = Math.round((marker.time() - first[0] + options.fromSeconds()) * rate);
      if (start < 0 || start + rows > recording.rows()) {
        skipped++;
        continue;
      }
      starts.add(start);
      labels.add(classes.indexOf(name));
      cut.add(new double[Math.multiplyExact(rows, channels)]);
    }
    SectionFilter filter = new SectionFilter(options.filter(rate), channels);
    boolean[] damaged = new boolean[cut.size()];
    long[] at = {0};
    FeatureStream.eachChunk(
        recording,
        chunk -> {
          mark(chunk, at[0], starts, rows, damaged);
          filter.apply(chunk);
          copy(chunk, at[0], starts, rows, cut);
          at[0] += chunk.rows();
        });
    for (int i = damaged.length - 1; i >= 0; i--) {
      if (damaged[i]) {
        cut.remove(i);
        labels.remove(i);
        skipped++;
      }
    }
    if (cut.isEmpty()) {
      throw new InputException(
          "%s: has no whole trial; cues=%s, markers=%d, trials cut off or not finite=%d"
              .formatted(
                  recording.info().name(), cues.keySet(), recording.markers().size(), skipped));
    }
    return new Trials(input, List.copyOf(classes), rows, cut, labels, skipped);
  }

  private static void mark(Chunk chunk, long at, List<Long> starts, int rows, boolean[] damaged) {
    int channels = chunk.channels();
    for (int r = 0; r < chunk.rows(); r++) {
      boolean usable = true;
      for (int c = 0; c < channels; c++) {
        usable &= SectionFilter.usable(chunk.values()[r * channels + c]);
      }
      for (int i = 0; !usable && i < damaged.length; i++) {
        long inside = at + r - starts.get(i);
        damaged[i] |= inside >= 0 && inside < rows;
      }
    }
  }

  private static void copy(Chunk chunk, long at, List<Long> starts, int rows, List<double[]> cut) {
    int channels = chunk.channels();
    for (int i = 0; i < cut.size(); i++) {
      long from = Math.max(at, starts.get(i));
      long to = Math.min(at + chunk.rows(), starts.get(i) + rows);
      if (from < to) {
        System.arraycopy(
            chunk.values(),
            (int) (from - at) * channels,
            cut.get(i),
            (int) (from - starts.get(i)) * channels,
            (int) (to - from) * channels);
      }
    }
  }

  /**
   * These trials and those of another recording.
   *
   * @param other of the same channels, rate, classes and length
   * @return all of them, these first
   * @throws InputException where they do not agree
   */
  public Trials and(Trials other) {
    if (!input.equals(other.input) || !classes.equals(other.classes) || rows != other.rows) {
      throw new InputException(
          "trials are put together only if channels, rate, classes and length agree; channels=%d and %d, sampleRateHz=%s and %s, classes=%s and %s, rows=%d and %d%s"
              .formatted(
                  input.size(),
                  other.input.size(),
                  input.sampleRateHz(),
                  other.input.sampleRateHz(),
                  classes,
                  other.classes,
                  rows,
                  other.rows,
                  Objects.equals(input.channels(), other.input.channels())
                      ? ""
                      : "; the channels' names differ"));
    }
    List<double[]> all = new ArrayList<>(values);
    all.addAll(other.values);
    List<Integer> both = new ArrayList<>(labels);
    both.addAll(other.labels);
    return new Trials(input, classes, rows, all, both, skipped + other.skipped);
  }

  /** Channels and rate. */
  public FeatureInput input() {
    return input;
  }

  /** Names of the classes. */
  public List<String> classes() {
    return classes;
  }

  /** Number of trials. */
  public int size() {
    return values.size();
  }

  /** Rows a trial. */
  public int rows() {
    return rows;
  }

  /** Cues whose trial was cut off by an end of the recording or was not finite. */
  public int skipped() {
    return skipped;
  }

  /**
   * Class of a trial.
   *
   * @param trial from 0
   * @return index in {@link #classes()}
   */
  public int label(int trial) {
    return labels.get(trial);
  }

  /** Trials of a class. */
  int count(int label) {
    return (int) labels.stream().filter(l -> l == label).count();
  }

  /** A trial's values, {@code [rows × channels]}, row-major: not a copy. */
  double[] values(int trial) {
    return values.get(trial);
  }
}
