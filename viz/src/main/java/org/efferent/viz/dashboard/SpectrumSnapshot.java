package org.efferent.viz.dashboard;

import java.util.List;

/** Power by frequency of every channel. Immutable. */
public final class SpectrumSnapshot {
  private final String title;
  private final String unit;
  private final List<String> labels;
  private final double binHz;
  private final int bins;
  private final float[] decibels;
  private final int segments;
  private final int selected;

  /** All of it; the array is handed over. */
  SpectrumSnapshot(
      String title,
      String unit,
      List<String> labels,
      double binHz,
      int bins,
      float[] decibels,
      int segments,
      int selected) {
    this.title = title;
    this.unit = unit;
    this.labels = List.copyOf(labels);
    this.binHz = binHz;
    this.bins = bins;
    this.decibels = decibels;
    this.segments = segments;
    this.selected = selected;
  }

  /** Name of the stream. */
  public String title() {
    return title;
  }

  /** Unit of the signals; decibels are of its square per hertz. */
  public String unit() {
    return unit;
  }

  /** Names of the channels. */
  public List<String> labels() {
    return labels;
  }

  /** Hertz from bin to bin; bin 0 is 0 Hz. */
  public double binHz() {
    return binHz;
  }

  /** Frequencies, 0 Hz and half the rate included; 0 for a stream without a rate. */
  public int bins() {
    return bins;
  }

  /** Segments in the mean; 0 before the first. */
  public int segments() {
    return segments;
  }

  /** The channel that stands out. */
  public int selected() {
    return selected;
  }

  /**
   * Power.
   *
   * @param channel from 0
   * @param bin from 0
   * @return 10 log₁₀ of unit² per hertz; NaN where nothing is known
   */
  public float decibels(int channel, int bin) {
    return decibels[channel * bins + bin];
  }
}
