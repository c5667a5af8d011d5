package org.efferent.data.mat;

import java.util.Arrays;

/** A sparse array by compressed columns, read as if it were full. */
final class Mat5Sparse implements MatArray.Elements {
  private final long rows;
  private final Mat5Element rowOf;
  private final Mat5Element starts;
  private final Mat5Element data;

  Mat5Sparse(long rows, Mat5Element rowOf, Mat5Element starts, Mat5Element data) {
    this.rows = rows;
    this.rowOf = rowOf;
    this.starts = starts;
    this.data = data;
  }

  boolean sound() {
    long before = 0;
    for (int c = 0; c < starts.count(); c++) {
      long start = starts.longAt(c);
      if (start < before || start > rowOf.count() || start > data.count()) {
        return false;
      }
      before = start;
    }
    for (int i = 0; i < before; i++) {
      if (rowOf.longAt(i) < 0 || rowOf.longAt(i) >= rows) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void read(long from, int count, double[] into, int offset) {
    Arrays.fill(into, offset, offset + count, 0);
    if (count == 0) {
      return;
    }
    double[] one = new double[1];
    long last = (from + count - 1) / rows;
    for (long c = from / rows; c <= last; c++) {
      for (long i = starts.longAt((int) c); i < starts.longAt((int) c + 1); i++) {
        long at = c * rows + rowOf.longAt((int) i) - from;
        if (at >= 0 && at < count) {
          data.read(i, 1, one, 0);
          into[offset + (int) at] = one[0];
        }
      }
    }
  }
}
