package org.efferent.viz.dashboard;

/** Power of one channel by time and frequency, the oldest column first. Immutable. */
public final class SpectrogramSnapshot {
  private final String label;
  private final String unit;
  private final double binHz;
  private final int bins;
  private final double columnSeconds;
  private final int capacity;
  private final long firstColumn;
  private final float[] decibels;

  /** All of it; the array {@code [columns x bins]} is handed over. */
  SpectrogramSnapshot(
      String label,
      String unit,
      double binHz,
      int bins,
      double columnSeconds,
      int capacity,
      long firstColumn,
      float[] decibels) {
    this.label = label;
    this.unit = unit;
    this.binHz = binHz;
    this.bins = bins;
    this.columnSeconds = columnSeconds;
    this.capacity = capacity;
    this.firstColumn = firstColumn;
    this.decibels = decibels;
  }

  /** The channel. */
  public String label() {
    return label;
  }

  /** Unit of its values; decibels are of its square per hertz. */
  public String unit() {
    return unit;
  }

  /** Hertz from bin to bin; bin 0 is 0 Hz. */
  public double binHz() {
    return binHz;
  }

  /** Frequencies; 0 for a stream without a rate. */
  public int bins() {
    return bins;
  }

  /** Seconds from column to column. */
  public double columnSeconds() {
    return columnSeconds;
  }

  /** Columns of a full window. */
  public int capacity() {
    return capacity;
  }

  /** Number of the first column since the beginning, columns of other channels counted. */
  public long firstColumn() {
    return firstColumn;
  }

  /** Columns here. */
  public int columns() {
    return bins == 0 ? 0 : decibels.length / bins;
  }

  /**
   * Power.
   *
   * @param column from 0, the oldest
   * @param bin from 0
   * @return 10 log₁₀ of unit² per hertz; NaN where nothing is known
   */
  public float decibels(int column, int bin) {
    return decibels[column * bins + bin];
  }
}
