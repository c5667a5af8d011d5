package org.efferent.cohort;

/**
 * How far the recordings of a cohort are.
 *
 * @param finished recordings, well or not
 * @param recordings of all
 * @param failed among the finished
 * @param reused among the finished: from a run that was cut short
 * @param latest path of the one that finished last
 * @param worker where it was done
 * @param error why it failed; empty if it did not
 * @param slowest path of the one that took longest so far; empty before there is one
 * @param slowestSeconds how long that took
 */
public record CohortProgress(
    long finished,
    long recordings,
    long failed,
    long reused,
    String latest,
    String worker,
    String error,
    String slowest,
    double slowestSeconds) {}
