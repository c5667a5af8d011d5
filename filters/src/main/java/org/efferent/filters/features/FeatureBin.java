package org.efferent.filters.features;

/** One bin's features, with where they came from. */
public final class FeatureBin {
  private final double[] values;
  private final long index;
  private final double stamp;
  private final int rows;
  private final int lost;
  private final long arrivalNanos;

  FeatureBin(double[] values, long index, double stamp, int rows, int lost, long arrivalNanos) {
    this.values = values;
    this.index = index;
    this.stamp = stamp;
    this.rows = rows;
    this.lost = lost;
    this.arrivalNanos = arrivalNanos;
  }

  /** The features, {@code [features]}: the array itself. */
  public double[] values() {
    return values;
  }

  /** Which bin since the start, from 0; bins of a loss too long to bridge are counted. */
  public long index() {
    return index;
  }

  /** Stamp of its last row, seconds on the clock of the stream. */
  public double stamp() {
    return stamp;
  }

  /** Rows of the bin, lost ones included. */
  public int rows() {
    return rows;
  }

  /** Rows of the bin that did not come. */
  public int lost() {
    return lost;
  }

  /** When its last row arrived, by the receiver's clock; 0 offline. */
  public long arrivalNanos() {
    return arrivalNanos;
  }
}
