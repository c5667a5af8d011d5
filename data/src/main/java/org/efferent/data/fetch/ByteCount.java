package org.efferent.data.fetch;

import java.util.Locale;

/** Numbers of bytes for people. */
public final class ByteCount {
  private ByteCount() {}

  /**
   * Bytes in the unit that people count in, three digits: {@code 2.60 MB}; a kB is 1,000 bytes.
   *
   * @param bytes how many, not below 0
   * @return number and unit
   */
  public static String shown(long bytes) {
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
