package org.efferent.filters;

import org.efferent.core.UsageException;

/**
 * Rows {@code from} to {@code to - 1}, counted from 0 within the training rows.
 *
 * @param from first row
 * @param to row after the last
 */
public record RowRange(int from, int to) {

  /** Refuses a range that is empty or starts below 0. */
  public RowRange {
    if (from < 0 || to <= from) {
      throw new UsageException("a range of rows A:B needs 0 <= A < B; A=" + from + ", B=" + to);
    }
  }

  /** Rows in the range. */
  public int size() {
    return to - from;
  }

  RowRange within(String what, int rows) {
    if (to > rows) {
      throw new UsageException(
          what + " must lie within the training rows; " + what + "=" + this + ", rows=" + rows);
    }
    return this;
  }

  @Override
  public String toString() {
    return from + ":" + to;
  }
}
