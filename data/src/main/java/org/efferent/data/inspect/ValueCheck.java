package org.efferent.data.inspect;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds values that no sensor gives: NaN, infinity, and channels that never change. Rows are fed in
 * blocks.
 */
final class ValueCheck {
  private final List<String> names;
  private final double[] first;
  private final boolean[] changed;
  private long rows;
  private long nan;
  private long infinite;

  /** A check of so many channels, which are called so. */
  ValueCheck(List<String> names) {
    this.names = names;
    first = new double[names.size()];
    changed = new boolean[names.size()];
  }

  /**
   * Looks at some rows.
   *
   * @param values {@code [rows × columns]}, row-major
   * @param count rows
   * @param columns values a row, of which the last ones are the channels
   */
  void feed(double[] values, int count, int columns) {
    int skipped = columns - names.size();
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < first.length; c++) {
        double value = values[r * columns + skipped + c];
        if (rows == 0) {
          first[c] = value;
        }
        changed[c] |= value != first[c];
        nan += Double.isNaN(value) ? 1 : 0;
        infinite += Double.isInfinite(value) ? 1 : 0;
      }
      rows++;
    }
  }

  /**
   * A warning for each finding.
   *
   * @param prefix how warnings begin
   */
  List<String> findings(String prefix) {
    List<String> warnings = new ArrayList<>();
    if (nan + infinite > 0) {
      warnings.add(
          prefix
              + (nan + infinite)
              + " impossible values: "
              + nan
              + " NaN, "
              + infinite
              + " infinite");
    }
    List<String> constant = new ArrayList<>();
    for (int c = 0; c < first.length && rows > 1; c++) {
      if (!changed[c]) {
        constant.add(names.get(c));
      }
    }
    if (!constant.isEmpty()) {
      warnings.add(prefix + constant.size() + " channels never change: " + shown(constant));
    }
    return warnings;
  }

  /** Checks a whole table whose first columns are left out. */
  static List<String> check(
      String prefix, double[] values, int columns, List<String> names, int first) {
    List<String> channels = names.subList(first, names.size());
    ValueCheck check = new ValueCheck(channels);
    check.feed(values, columns == 0 ? 0 : values.length / columns, columns);
    return check.findings(prefix);
  }

  private static String shown(List<String> names) {
    int most = 8;
    String list = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.size() > most ? list + ", …" : list;
  }
}
