package org.efferent.data.fetch;

/** Foreign text as messages show it. */
final class Shown {
  private static final int MOST = 200;

  private Shown() {}

  /** Text from outside: its control characters replaced, cut to a length that fits into a line. */
  static String of(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > MOST ? clean.substring(0, MOST) + "…" : clean;
  }
}
