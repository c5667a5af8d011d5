package org.efferent.data.fuzz;

import java.util.List;
import java.util.Locale;

/**
 * What came of the cases of a format.
 *
 * @param format its name
 * @param cases damaged files that were read
 * @param huge files of gigabytes that were read
 * @param accepted cases that were read to the end
 * @param refused cases that were refused with a reason
 * @param seconds that all of it took
 * @param slowestMillis the reading thread's time on the processor for its slowest damaged file
 * @param slowest number of that case
 * @param mostBytes allocated on the heap for a damaged file
 * @param factor most bytes allocated, beyond the first 1 MiB, for a byte of the file
 * @param found a defect of each kind
 */
public record FuzzResult(
    String format,
    long cases,
    long huge,
    long accepted,
    long refused,
    double seconds,
    double slowestMillis,
    long slowest,
    long mostBytes,
    double factor,
    List<Defect> found) {
  /** The table's head. */
  public static final String HEAD =
      "| format               |   cases | huge | accepted | refused | seconds | slowest (ms, case) | most allocated (MB, a byte) | defects |\n"
          + "|---|---:|---:|---:|---:|---:|---:|---:|---:|";

  /** Copies the list. */
  public FuzzResult {
    found = List.copyOf(found);
  }

  /**
   * A defect.
   *
   * @param number of the case
   * @param huge whether it is one of gigabytes
   * @param message all about it
   * @param cause what was thrown, or where the reader was; null if neither says anything
   */
  public record Defect(long number, boolean huge, String message, Throwable cause) {}

  /** A line of the table. */
  public String row() {
    return String.format(
        Locale.ROOT,
        "| %-20s | %7d | %4d | %8d | %7d | %7.1f | %7.0f, %8d | %12.1f, %6.1f | %7d |",
        format,
        cases,
        huge,
        accepted,
        refused,
        seconds,
        slowestMillis,
        slowest,
        mostBytes / 1e6,
        factor,
        found.size());
  }
}
