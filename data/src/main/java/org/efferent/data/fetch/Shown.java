package org.efferent.data.fetch;

import java.util.Locale;

/** Foreign text and sizes as messages show them. */
final class Shown {
  private static final int MOST = 200;

  private Shown() {}

  /** Text from outside: its control characters replaced, cut to a length that fits into a line. */
  static String of(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > MOST ? clean.substring(0, MOST) + "…" : clean;
  }

  /** Bytes in the unit that people count in, three digits: {@code 2.60 MB}. */
  static String bytes(long bytes) {
    String[] units = {"kB", "MB", "GB", "TB", "PB"};
    double value = bytes;
    int unit = -1;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    if (unit < 0) {
      return bytes + " bytes";
    }
    String form = value < 10 ? "%.2f %s" : value < 100 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, form, value, units[unit]);
  }
}
