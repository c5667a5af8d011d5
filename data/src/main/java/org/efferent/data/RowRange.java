package org.efferent.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;

/**
 * Rows {@code from ≤ row < to} of a table, 0-based and half-open; written {@code from:to}.
 *
 * @param from first row
 * @param to row after the last; not before {@code from}
 */
public record RowRange(int from, int to) {
  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,10}):(\\d{1,10})");

  /** Checks the order. */
  public RowRange {
    if (from < 0 || to < from) {
      throw new UsageException(
          "a row range A:B needs 0 <= A <= B; range=" + from + ":" + to + " (B is not included)");
    }
  }

  /**
   * Reads {@code A:B}.
   *
   * @param text two whole numbers with a colon between them
   * @return the range
   * @throws UsageException if the text is anything else
   */
  public static RowRange parse(String text) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    if (!matcher.matches()) {
      throw bad(text);
    }
    long from = Long.parseLong(matcher.group(1));
    long to = Long.parseLong(matcher.group(2));
    if (from > Integer.MAX_VALUE || to > Integer.MAX_VALUE || from > to) {
      throw bad(text);
    }
    return new RowRange((int) from, (int) to);
  }

  /** Number of rows. */
  public int rows() {
    return to - from;
  }

  /**
   * Checks that the rows are there.
   *
   * @param available rows of the file
   * @param file name for the message
   * @return this range
   * @throws InputException if a row lies outside
   */
  public RowRange check(int available, String file) {
    if (to > available) {
      throw new InputException(
          "rows " + this + " lie outside " + file + ", which has " + available + " rows");
    }
    return this;
  }

  /** {@code A:B}. */
  @Override
  public String toString() {
    return from + ":" + to;
  }

  private static UsageException bad(String text) {
    return new UsageException(
        "a row range is A:B with whole numbers 0 <= A <= B, such as 0:5000 (B is not included);"
            + " range='"
            + text
            + "'");
  }
}
