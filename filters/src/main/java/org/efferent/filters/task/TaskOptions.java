package org.efferent.filters.task;

import org.efferent.core.UsageException;

/**
 * When a target counts as selected, and when a trial has failed.
 *
 * @param binSeconds length of a bin
 * @param holdSeconds how long the cursor's centre must stay in a target without a break to select
 *     it; infinite where only a click selects
 * @param timeoutSeconds after which a trial fails
 * @param jumpAfterTimeout whether the cursor is put on the target that it did not reach, so that
 *     the next trial begins where it should
 * @param leaveFirst whether a place where the cursor rests as another one is cued has to be left
 *     before staying there selects it; else it is selected again after {@code holdSeconds}
 */
public record TaskOptions(
    double binSeconds,
    double holdSeconds,
    double timeoutSeconds,
    boolean jumpAfterTimeout,
    boolean leaveFirst) {

  /** Checks the ranges. */
  public TaskOptions {
    if (!(binSeconds > 0 && binSeconds <= 1)
        || !(holdSeconds > 0)
        || !(timeoutSeconds >= binSeconds && timeoutSeconds <= 3600)) {
      throw new UsageException(
          "a task needs bins of at most 1 s, a positive hold and a timeout of a bin to an hour;"
              + " binSeconds="
              + binSeconds
              + ", holdSeconds="
              + holdSeconds
              + ", timeoutSeconds="
              + timeoutSeconds);
    }
  }
}
