package org.efferent.viz.dashboard;

import java.util.List;

/** Averages of what follows markers, one a label. Immutable. */
public final class EvokedSnapshot {
  /** The average of one label. */
  public static final class Average {
    private final String label;
    private final long count;
    private final double[] mean;

    Average(String label, long count, double[] mean) {
      this.label = label;
      this.count = count;
      this.mean = mean;
    }

    /** What happened. */
    public String label() {
      return label;
    }

    /** Windows in the average. */
    public long count() {
      return count;
    }
  }

  private final String unit;
  private final List<String> channels;
  private final double beginSeconds;
  private final double stepSeconds;
  private final int samples;
  private final List<Average> averages;
  private final long others;
  private final long skipped;
  private final int selected;

  EvokedSnapshot(
      String unit,
      List<String> channels,
      double[] times,
      int samples,
      List<Average> averages,
      long others,
      long skipped,
      int selected) {
    this.unit = unit;
    this.channels = List.copyOf(channels);
    this.beginSeconds = times[0];
    this.stepSeconds = times[1];
    this.samples = samples;
    this.averages = List.copyOf(averages);
    this.others = others;
    this.skipped = skipped;
    this.selected = selected;
  }

  /** Unit of the values; may be empty. */
  public String unit() {
    return unit;
  }

  /** Names of the channels. */
  public List<String> channels() {
    return channels;
  }

  /** From the marker to the first sample, seconds. */
  public double beginSeconds() {
    return beginSeconds;
  }

  /** From sample to sample, seconds. */
  public double stepSeconds() {
    return stepSeconds;
  }

  /** Samples a window. */
  public int samples() {
    return samples;
  }

  /** The labels that are averaged, in the order in which they came. */
  public List<Average> averages() {
    return averages;
  }

  /** Markers of further labels, which are counted and not averaged. */
  public long others() {
    return others;
  }

  /** Markers without a whole window: a loss, or too many at once. */
  public long skipped() {
    return skipped;
  }

  /** The channel that is drawn. */
  public int selected() {
    return selected;
  }

  /**
   * A value.
   *
   * @param average place in {@link #averages()}
   * @param channel from 0
   * @param sample from 0
   * @return mean of the windows, less the mean before the marker, in {@link #unit()}; NaN where the
   *     channel never had a value
   */
  public double value(int average, int channel, int sample) {
    return averages.get(average).mean[channel * samples + sample];
  }
}
