package org.efferent.cohort;

import java.util.List;
import java.util.Map;

/**
 * What a run over a cohort came to. Tables are in the folder of the results.
 *
 * @param recordings found
 * @param failed of them could not be used
 * @param reused of them were finished by a run that was cut short
 * @param participants scored
 * @param failedParticipants could not be scored
 * @param seconds from the first recording to the figures, without the start of the cluster
 * @param workersLost workers that were gone on the way
 * @param failures path or participant and reason of the first failures, a line each
 * @param slowest path of the recording that took longest
 * @param slowestSeconds how long it took
 * @param figures of the cohort, for JSON
 */
public record CohortResult(
    long recordings,
    long failed,
    long reused,
    long participants,
    long failedParticipants,
    double seconds,
    long workersLost,
    List<String> failures,
    String slowest,
    double slowestSeconds,
    Map<String, Object> figures) {
  /** Copies the list. */
  public CohortResult {
    failures = List.copyOf(failures);
  }
}
