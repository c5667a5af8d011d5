package org.efferent.acquisition;

import org.efferent.core.Recording;

/** The rows of a recording in order, read a block at a time. */
final class RowBlocks {
  private static final int ROWS = 1024;

  private final Recording recording;
  private final double[] stamps = new double[ROWS];
  private final double[] values;
  private long first;
  private int held;

  RowBlocks(Recording recording) {
    this.recording = recording;
    values = new double[ROWS * recording.channels()];
  }

  long rows() {
    return recording.rows();
  }

  /** Stamp of a row, seconds; rows are asked for in order. */
  double stamp(long row) {
    return stamps[hold(row)];
  }

  /** The block that holds the row asked for last. */
  double[] values() {
    return values;
  }

  /** Where in {@link #values()} a row starts. */
  int offset(long row) {
    return hold(row) * recording.channels();
  }

  private int hold(long row) {
    if (row < first || row >= first + held) {
      held = (int) Math.min(ROWS, recording.rows() - row);
      first = row;
      recording.readStamps(row, held, stamps, 0);
      recording.read(row, held, values, 0);
    }
    return (int) (row - first);
  }
}
