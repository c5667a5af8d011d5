package org.efferent.cohort.recordings;

import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.UsageException;

/** Options of a task as they were written; each is asked for once. */
final class Settings {
  private final String task;
  private final Map<String, String> left;

  Settings(String task, Map<String, String> given) {
    this.task = task;
    left = new LinkedHashMap<>(given);
  }

  String word(String option, String usual) {
    String given = left.remove(option);
    return given == null ? usual : given;
  }

  double number(String option, double usual) {
    String given = left.remove(option);
    try {
      double value = given == null ? usual : Double.parseDouble(given);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new UsageException("--%s must be a number; given=%s".formatted(option, given), e);
    }
    throw new UsageException("--%s must be a number; given=%s".formatted(option, given));
  }

  /** {@code A:B}, two rising numbers. */
  double[] pair(String option, String usual) {
    String given = word(option, usual);
    String[] parts = given.split(":", -1);
    try {
      if (parts.length == 2) {
        double[] pair = {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
        if (pair[0] < pair[1]) {
          return pair;
        }
      }
    } catch (NumberFormatException e) {
      throw new UsageException("--%s must be A:B, A below B; given=%s".formatted(option, given), e);
    }
    throw new UsageException("--%s must be A:B, A below B; given=%s".formatted(option, given));
  }

  /** Says what nobody asked for. */
  void end() {
    if (!left.isEmpty()) {
      throw new UsageException(
          "task %s has no option --%s; leave it out"
              .formatted(task, left.keySet().iterator().next()));
    }
  }
}
