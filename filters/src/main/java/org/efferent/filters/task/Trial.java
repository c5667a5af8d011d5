package org.efferent.filters.task;

import java.util.Optional;

/**
 * A finished trial: what was asked for, where the cursor went, and how it ended. Immutable; times
 * in seconds, lengths in the task's unit.
 */
public final class Trial {
  /** How a trial ends. */
  public enum Outcome {
    /** The cued target was selected. */
    ACQUIRED,
    /** Another one was selected. */
    WRONG,
    /** Nothing was selected in time. */
    TIMEOUT
  }

  private final Target target;
  private final Outcome outcome;
  private final double binSeconds;
  private final double holdSeconds;
  private final double[] x;
  private final double[] y;
  private final Target selected;

  /**
   * A trial in which nothing but the cued target could be selected.
   *
   * @param target that was cued
   * @param outcome how it ended
   * @param binSeconds length of a bin
   * @param holdSeconds how long a target had to be held; 0 where it was selected by a click
   * @param x of the cursor: at the start, then at the end of each bin, {@code [bins + 1]}
   * @param y of the cursor, {@code [bins + 1]}
   */
  public Trial(
      Target target,
      Outcome outcome,
      double binSeconds,
      double holdSeconds,
      double[] x,
      double[] y) {
    this(
        target,
        outcome,
        binSeconds,
        holdSeconds,
        x,
        y,
        outcome == Outcome.ACQUIRED ? target : null);
  }

  /**
   * A trial.
   *
   * @param target that was cued; where another place that means the same was selected, that one
   * @param outcome how it ended
   * @param binSeconds length of a bin
   * @param holdSeconds how long a target had to be held; 0 where it was selected by a click
   * @param x of the cursor: at the start, then at the end of each bin, {@code [bins + 1]}
   * @param y of the cursor, {@code [bins + 1]}
   * @param selected what was selected; null where nothing was
   */
  public Trial(
      Target target,
      Outcome outcome,
      double binSeconds,
      double holdSeconds,
      double[] x,
      double[] y,
      Target selected) {
    this.selected = selected;
    this.target = target;
    this.outcome = outcome;
    this.binSeconds = binSeconds;
    this.holdSeconds = holdSeconds;
    this.x = x.clone();
    this.y = y.clone();
    if (x.length != y.length || x.length < 2) {
      throw new IllegalArgumentException(
          "a trial has a start and at least one bin; x=" + x.length + ", y=" + y.length);
    }
  }

  /** What was asked for. */
  public Target target() {
    return target;
  }

  /** How it ended. */
  public Outcome outcome() {
    return outcome;
  }

  /** Whether the cued target was selected. */
  public boolean acquired() {
    return outcome == Outcome.ACQUIRED;
  }

  /** What was selected, right or wrong; empty after a timeout. */
  public Optional<Target> selected() {
    return Optional.ofNullable(selected);
  }

  /** Bins that it took. */
  public int bins() {
    return x.length - 1;
  }

  /** From the appearance of the target to the end of the trial, holding included. */
  public double seconds() {
    return bins() * binSeconds;
  }

  /** Length of a bin. */
  public double binSeconds() {
    return binSeconds;
  }

  /** How long a target had to be held. */
  public double holdSeconds() {
    return holdSeconds;
  }

  /**
   * Where the cursor was.
   *
   * @param bin 0 for the start, {@link #bins()} for the end
   */
  public double x(int bin) {
    return x[bin];
  }

  /**
   * Where the cursor was.
   *
   * @param bin 0 for the start, {@link #bins()} for the end
   */
  public double y(int bin) {
    return y[bin];
  }
}
