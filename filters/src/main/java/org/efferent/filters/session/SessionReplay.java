package org.efferent.filters.session;

import java.util.Map;
import java.util.TreeMap;

/** Steps a session through recorded bins and holds what it decodes against what was recorded. */
public final class SessionReplay {
  /** Columns that are measured and not computed: they differ from run to run. */
  private static final java.util.Set<BinColumns> MEASURED =
      java.util.EnumSet.of(BinColumns.WAIT_SECONDS, BinColumns.DECODE_SECONDS);

  private SessionReplay() {}

  /**
   * What came of it.
   *
   * @param bins that were stepped through
   * @param differing bins in which any computed column differs in any bit
   * @param largest difference of any computed column
   * @param byColumn how many bins differ, by column
   */
  public record Result(long bins, long differing, double largest, Map<BinColumns, Long> byColumn) {}

  /**
   * Replays.
   *
   * @param bins as recorded
   * @param session at its start, made as the recorded one was
   * @return the comparison
   */
  public static Result run(SessionBins bins, CursorSession session) {
    double[] recorded = new double[bins.columns()];
    Map<BinColumns, Long> byColumn = new TreeMap<>();
    long differing = 0;
    double largest = 0;
    for (long bin = 0; bin < bins.size(); bin++) {
      bins.read(bin, recorded);
      double[] again = session.step(SessionBins.input(recorded));
      boolean same = true;
      int at = 0;
      for (BinColumns column : BinColumns.values()) {
        double a = recorded[at];
        double b = again[at++];
        if (!MEASURED.contains(column) && Double.compare(a, b) != 0) {
          same = false;
          byColumn.merge(column, 1L, Long::sum);
          double difference = Math.abs(a - b);
          largest = Math.max(largest, Double.isNaN(difference) ? Double.MAX_VALUE : difference);
        }
      }
      differing += same ? 0 : 1;
    }
    return new Result(bins.size(), differing, largest, byColumn);
  }
}
