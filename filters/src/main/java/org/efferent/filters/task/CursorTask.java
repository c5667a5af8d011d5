package org.efferent.filters.task;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One trial after the other: a target is cued, the cursor has to select it by staying on it or by a
 * click, in time. A state machine that is stepped once a bin and knows no clock.
 *
 * <p>Where {@link TargetSequence#choices()} has several places, staying on another one than the
 * cued one ends the trial as wrong. A trial's count of bins starts as its target is cued; so does
 * staying: a cursor that rests where it was after a selection selects that place again after {@code
 * holdSeconds}.
 *
 * <p>Used by one thread.
 */
public final class CursorTask {
  private final TaskOptions options;
  private final TargetSequence sequence;
  private final List<Target> choices;
  private final Cursor cursor;
  private final int holdBins;
  private final int timeoutBins;
  private double[] x = new double[512];
  private double[] y = new double[512];
  private int bins;
  private int held;
  private Target target;
  private Target on;
  private Target left;

  /**
   * A task whose first target is cued.
   *
   * @param options when a target counts as selected
   * @param sequence which target comes next
   * @param cursor that is looked at after each bin, and put on a target after a timeout where the
   *     options say so
   */
  public CursorTask(TaskOptions options, TargetSequence sequence, Cursor cursor) {
    this.options = options;
    this.sequence = sequence;
    this.cursor = cursor;
    choices = List.copyOf(sequence.choices());
    holdBins = bins(options.holdSeconds());
    timeoutBins = bins(options.timeoutSeconds());
    cue();
  }

  private int bins(double seconds) {
    return (int)
        Math.max(1, Math.min(Integer.MAX_VALUE, Math.ceil(seconds / options.binSeconds() - 1e-9)));
  }

  private void cue() {
    target = sequence.next(cursor.x(), cursor.y());
    bins = 0;
    held = 0;
    on = null;
    left = options.leaveFirst() ? under(cursor.x(), cursor.y()) : null;
    left = target.equals(left) ? null : left;
    x[0] = cursor.x();
    y[0] = cursor.y();
  }

  /** What is asked for now. */
  public Target target() {
    return target;
  }

  /** All places that can be selected now, the cued one among them. */
  public List<Target> choices() {
    return choices.isEmpty() ? List.of(target) : choices;
  }

  /** Bins since the target was cued. */
  public int bins() {
    return bins;
  }

  /** The place that the cursor was on at the end of the last bin; empty where it was on none. */
  public Optional<Target> on() {
    return Optional.ofNullable(on);
  }

  /** Share of the hold that is done, 0 to 1, of the place that the cursor is {@link #on}. */
  public double held() {
    return Math.min(1, (double) held / holdBins);
  }

  /** Gives the present trial up; it counts for nothing, and a new target is cued. */
  public void abandon() {
    cue();
  }

  /**
   * Looks at the cursor at the end of a bin.
   *
   * @param click whether the user clicked in this bin: selects what the cursor is on, and nothing
   *     where it is on nothing
   * @return the trial, where this bin ended it; the next target is cued then
   */
  public Optional<Trial> step(boolean click) {
    bins++;
    if (bins == x.length) {
      x = Arrays.copyOf(x, 2 * x.length);
      y = Arrays.copyOf(y, 2 * y.length);
    }
    x[bins] = cursor.x();
    y[bins] = cursor.y();
    Target now = under(cursor.x(), cursor.y());
    held = now == null ? 0 : now.equals(on) ? held + 1 : 1;
    on = now;
    if (left != null && left.equals(now)) {
      held = 0;
    } else {
      left = null;
    }
    if (now != null && (click || held >= holdBins)) {
      return Optional.of(end(now, click));
    }
    if (bins >= timeoutBins) {
      if (options.jumpAfterTimeout()) {
        cursor.place(target.x(), target.y());
      }
      return Optional.of(end(null, false));
    }
    return Optional.empty();
  }

  /** Ends the trial with the place that was selected, or null. */
  private Trial end(Target selected, boolean click) {
    boolean fulfilled = selected != null && sequence.fulfils(target, selected);
    Trial trial =
        new Trial(
            fulfilled ? selected : target,
            selected == null
                ? Trial.Outcome.TIMEOUT
                : fulfilled ? Trial.Outcome.ACQUIRED : Trial.Outcome.WRONG,
            options.binSeconds(),
            click ? 0 : options.holdSeconds(),
            Arrays.copyOf(x, bins + 1),
            Arrays.copyOf(y, bins + 1),
            selected);
    if (selected != null) {
      sequence.selected(selected);
    }
    cue();
    return trial;
  }

  private Target under(double px, double py) {
    if (target.contains(px, py)) {
      return target;
    }
    for (Target choice : choices) {
      if (choice.contains(px, py)) {
        return choice;
      }
    }
    return null;
  }
}
