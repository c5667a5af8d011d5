package org.efferent.cohort;

/** Told how a run over a cohort goes, from one thread at a time, none of them the caller's. */
public interface CohortListener {
  /** Listens to nothing. */
  CohortListener NONE = new CohortListener() {};

  /**
   * Recordings were found; those of an earlier run that are finished count too.
   *
   * @param recordings how many
   */
  default void found(long recordings) {}

  /**
   * A recording is finished, well or not.
   *
   * @param progress of all
   */
  default void recording(CohortProgress progress) {}

  /**
   * Participants are scored.
   *
   * @param participants so far
   */
  default void participants(long participants) {}

  /**
   * A worker is gone; what it worked on is done again elsewhere.
   *
   * @param reason what the cluster says
   */
  default void workerLost(String reason) {}

  /** The cluster has had no worker for this run for half a minute; the run waits for one. */
  default void noWorker() {}
}
