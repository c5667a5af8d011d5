package org.efferent.decoders.evoked;

import org.efferent.core.Recording;

/** Where events lie among the rows of a recording, by their stamps. */
public final class EventRows {
  private EventRows() {}

  /**
   * The row whose stamp is nearest to each event's; of equal ones the first. Stamps need not be
   * regular nor rise.
   *
   * @param recording of finite stamps
   * @param times of events, seconds on the clock of the recording
   * @return a row each, 0-based; −1 for an event further from every row than two samples' time and
   *     a tenth of a second
   */
  public static long[] nearest(Recording recording, double[] times) {
    double[] stamps = new double[Math.toIntExact(recording.rows())];
    recording.readStamps(0, stamps.length, stamps, 0);
    double[] latest = stamps.clone(); // up to each row
    double[] earliest = stamps.clone(); // from each row on
    for (int r = 1; r < stamps.length; r++) {
      latest[r] = Math.max(latest[r], latest[r - 1]);
      int back = stamps.length - 1 - r;
      earliest[back] = Math.min(earliest[back], earliest[back + 1]);
    }
    double rate = recording.info().sampleRateHz();
    double farthest = 0.1 + (rate > 0 ? 2 / rate : 0);
    long[] rows = new long[times.length];
    for (int e = 0; e < times.length; e++) {
      // No row before the first or from the last on is within reach.
      int first = below(latest, times[e] - farthest);
      int last = below(earliest, Math.nextUp(times[e] + farthest));
      double least = Double.POSITIVE_INFINITY;
      rows[e] = -1;
      for (int r = first; r < last; r++) {
        double distance = Math.abs(stamps[r] - times[e]);
        if (distance < least && distance <= farthest) {
          least = distance;
          rows[e] = r;
        }
      }
    }
    return rows;
  }

  /** How many of the rising values lie below a limit. */
  private static int below(double[] rising, double limit) {
    int low = 0;
    int high = rising.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rising[middle] < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
