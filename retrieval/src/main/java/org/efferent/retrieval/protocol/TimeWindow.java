package org.efferent.retrieval.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A stretch of time that a decoder may look at.
 *
 * @param startSeconds relative to the stimulus
 * @param endSeconds later
 */
public record TimeWindow(double startSeconds, double endSeconds) {
  /** Checks the order. */
  public TimeWindow {
    if (!(startSeconds < endSeconds)) {
      throw new IllegalArgumentException(
          "a window must end after it starts; startSeconds=%s, endSeconds=%s"
              .formatted(startSeconds, endSeconds));
    }
  }

  /**
   * Windows that begin together and end later and later.
   *
   * @param startSeconds of all
   * @param endSeconds of the last
   * @param stepSeconds between their ends; also the length of the first
   * @return windows
   */
  public static List<TimeWindow> growing(
      double startSeconds, double endSeconds, double stepSeconds) {
    List<TimeWindow> all = new ArrayList<>();
    for (int i = 1; i <= steps(endSeconds - startSeconds, stepSeconds); i++) {
      all.add(new TimeWindow(startSeconds, startSeconds + i * stepSeconds));
    }
    return all;
  }

  /**
   * Windows that begin later and later and end together.
   *
   * @param startSeconds of the first
   * @param endSeconds of all
   * @param stepSeconds between their starts; also the length of the last
   * @return windows
   */
  public static List<TimeWindow> shrinking(
      double startSeconds, double endSeconds, double stepSeconds) {
    List<TimeWindow> all = new ArrayList<>();
    for (int i = 0; i < steps(endSeconds - startSeconds, stepSeconds); i++) {
      all.add(new TimeWindow(startSeconds + i * stepSeconds, endSeconds));
    }
    return all;
  }

  /**
   * Windows of one length.
   *
   * @param startSeconds of the first
   * @param endSeconds that none passes
   * @param lengthSeconds of each
   * @param stepSeconds between them
   * @return windows
   */
  public static List<TimeWindow> sliding(
      double startSeconds, double endSeconds, double lengthSeconds, double stepSeconds) {
    List<TimeWindow> all = new ArrayList<>();
    for (int i = 0; i <= steps(endSeconds - startSeconds - lengthSeconds, stepSeconds); i++) {
      double start = startSeconds + i * stepSeconds;
      all.add(new TimeWindow(start, start + lengthSeconds));
    }
    return all;
  }

  private static int steps(double seconds, double step) {
    if (!(step > 0)) {
      throw new IllegalArgumentException("a step must be positive; stepSeconds=" + step);
    }
    return (int) Math.floor(seconds / step + 1e-9);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3f to %.3f s", startSeconds, endSeconds);
  }
}
