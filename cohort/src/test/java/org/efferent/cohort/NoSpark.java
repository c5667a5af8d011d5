package org.efferent.cohort;

import java.util.Map;
import org.efferent.cohort.CohortOptions.Existing;
import org.efferent.cohort.recordings.CohortTask;
import org.efferent.core.UnavailableException;

/** Loaded by a class path without Spark. */
public final class NoSpark {
  private NoSpark() {}

  /** What a run says there. */
  public static String said() {
    try {
      CohortRun.run(
          new CohortOptions(
              CohortTask.of("health", Map.of()),
              "local",
              "nowhere",
              "nowhere",
              "",
              "",
              Existing.REFUSE,
              Map.of()),
          CohortListener.NONE);
      return "it ran";
    } catch (UnavailableException e) {
      return e.getMessage();
    }
  }
}
