package org.efferent.data.inspect;

import java.util.ArrayList;
import java.util.List;

/** Finds values that no sensor gives: NaN, infinity, and channels that never change. */
final class ValueCheck {
  private ValueCheck() {}

  /**
   * Checks a table of values.
   *
   * @param prefix how warnings begin
   * @param values {@code [rows × columns]}, row-major
   * @param columns values a row
   * @param names a name a column
   * @param first first column to look at
   * @return a warning for each finding
   */
  static List<String> check(
      String prefix, double[] values, int columns, List<String> names, int first) {
    List<String> warnings = new ArrayList<>();
    int rows = columns == 0 ? 0 : values.length / columns;
    long nan = 0;
    long infinite = 0;
    List<String> constant = new ArrayList<>();
    for (int c = first; c < columns; c++) {
      boolean same = rows > 1;
      for (int r = 0; r < rows; r++) {
        double value = values[r * columns + c];
        nan += Double.isNaN(value) ? 1 : 0;
        infinite += Double.isInfinite(value) ? 1 : 0;
        same &= value == values[c];
      }
      if (same) {
        constant.add(names.get(c));
      }
    }
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
    if (!constant.isEmpty()) {
      warnings.add(prefix + constant.size() + " channels never change: " + shown(constant));
    }
    return warnings;
  }

  private static String shown(List<String> names) {
    int most = 8;
    String list = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.size() > most ? list + ", …" : list;
  }
}
