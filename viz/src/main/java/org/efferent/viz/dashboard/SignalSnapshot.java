package org.efferent.viz.dashboard;

import java.util.List;

/**
 * One moment of scrolling signals: least and largest value of each signal in each column of the
 * window, the oldest column first. Immutable.
 */
public final class SignalSnapshot {
  /**
   * A marker within the window.
   *
   * @param column where, counted as the snapshot's columns, with a fraction
   * @param label what happened
   */
  public record Mark(double column, String label) {}

  /**
   * One signal.
   *
   * @param index which of the montage's
   * @param label its name
   * @param unit of its values; may be empty
   * @param centre value in the middle of its row
   * @param halfRange units from there to the edge of its row
   */
  public record Signal(int index, String label, String unit, double centre, double halfRange) {}

  private final String title;
  private final String montage;
  private final double windowSeconds;
  private final int total;
  private final List<Signal> signals;
  private final List<Mark> marks;
  private final long firstColumn;
  private final byte[] flags;
  private final float[] low;
  private final float[] high;
  private final double endStamp;
  private final long rows;
  private final long gaps;

  /** All of it; the arrays are handed over. */
  SignalSnapshot(
      String title,
      String montage,
      double windowSeconds,
      int total,
      List<Signal> signals,
      List<Mark> marks,
      long firstColumn,
      byte[] flags,
      float[] low,
      float[] high,
      double endStamp,
      long rows,
      long gaps) {
    this.title = title;
    this.montage = montage;
    this.windowSeconds = windowSeconds;
    this.total = total;
    this.signals = List.copyOf(signals);
    this.marks = List.copyOf(marks);
    this.firstColumn = firstColumn;
    this.flags = flags;
    this.low = low;
    this.high = high;
    this.endStamp = endStamp;
    this.rows = rows;
    this.gaps = gaps;
  }

  /** Name of the stream. */
  public String title() {
    return title;
  }

  /** Name of the montage: "common average". */
  public String montage() {
    return montage;
  }

  /** Length of the whole window, seconds; {@link #columns()} of it are here. */
  public double windowSeconds() {
    return windowSeconds;
  }

  /** Signals of the montage, shown or not. */
  public int total() {
    return total;
  }

  /** Those that are shown, from above. */
  public List<Signal> signals() {
    return signals;
  }

  /** Markers within the columns, in order of time. */
  public List<Mark> marks() {
    return marks;
  }

  /** Columns here. */
  public int columns() {
    return flags.length;
  }

  /**
   * Number of the first column since the beginning: a viewer asks for what comes after the last.
   */
  public long firstColumn() {
    return firstColumn;
  }

  /** Stamp of the last row, seconds; NaN before the first. */
  public double endStamp() {
    return endStamp;
  }

  /** Rows since the beginning. */
  public long rows() {
    return rows;
  }

  /** Places since the beginning where rows were missing. */
  public long gaps() {
    return gaps;
  }

  /** Whether a column has rows. */
  public boolean filled(int column) {
    return (flags[column] & SignalColumns.ROWS) != 0;
  }

  /** Whether rows are missing within a column, or between it and the one before that has rows. */
  public boolean gap(int column) {
    return (flags[column] & SignalColumns.GAP) != 0;
  }

  /**
   * The least value.
   *
   * @param signal place in {@link #signals()}
   * @param column from 0, the oldest
   * @return in the signal's unit; NaN where none is known
   */
  public float low(int signal, int column) {
    return low[signal * flags.length + column];
  }

  /**
   * The largest value.
   *
   * @param signal place in {@link #signals()}
   * @param column from 0, the oldest
   * @return in the signal's unit; NaN where none is known
   */
  public float high(int signal, int column) {
    return high[signal * flags.length + column];
  }
}
