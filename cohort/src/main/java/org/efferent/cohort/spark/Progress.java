package org.efferent.cohort.spark;

import java.util.ArrayList;
import java.util.List;
import org.efferent.cohort.CohortListener;
import org.efferent.cohort.CohortProgress;

/** Counts what comes back from workers, in constant memory. */
final class Progress {
  private static final int SHOWN = 20;

  private final CohortListener listener;
  private final long recordings;
  private final List<String> failures = new ArrayList<>();
  private long finished;
  private long failed;
  private long reused;
  private long participants;
  private long failedParticipants;
  private long workersLost;
  private String slowest = "";
  private double slowestSeconds;

  /**
   * How a participant went.
   *
   * @param participant name
   * @param outcome of its recordings together
   */
  record Scored(String participant, Outcome outcome) implements java.io.Serializable {
    private static final long serialVersionUID = 1;
  }

  Progress(CohortListener listener, long recordings) {
    this.listener = listener;
    this.recordings = recordings;
    listener.found(recordings);
  }

  synchronized void recording(Listed listed, Outcome outcome) {
    finished++;
    if (!outcome.isGood()) {
      failed++;
      failure(listed.shown() + ": " + outcome.error());
    }
    if (outcome.worker().isEmpty()) {
      reused++;
    }
    if (outcome.seconds() > slowestSeconds) {
      slowest = listed.shown();
      slowestSeconds = outcome.seconds();
    }
    listener.recording(
        new CohortProgress(
            finished,
            recordings,
            failed,
            reused,
            listed.shown(),
            outcome.worker(),
            outcome.error(),
            slowest,
            slowestSeconds));
  }

  synchronized void participants(List<Scored> scored) {
    for (Scored one : scored) {
      participants++;
      if (!one.outcome().isGood()) {
        failedParticipants++;
        failure("participant " + one.participant() + ": " + one.outcome().error());
      }
    }
    listener.participants(participants);
  }

  synchronized void workerLost(String reason) {
    workersLost++;
    listener.workerLost(reason);
  }

  synchronized void noWorker() {
    listener.noWorker();
  }

  private void failure(String line) {
    if (failures.size() < SHOWN) {
      failures.add(line);
    }
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  synchronized long failed() {
    return failed;
  }

  synchronized long reused() {
    return reused;
  }

  synchronized long participants() {
    return participants;
  }

  synchronized long failedParticipants() {
    return failedParticipants;
  }

  synchronized long workersLost() {
    return workersLost;
  }

  synchronized String slowest() {
    return slowest;
  }

  synchronized double slowestSeconds() {
    return slowestSeconds;
  }
}
