package org.efferent.filters.task;

/**
 * How one trial was steered. Times in seconds, lengths in the task's unit, angles in radian; NaN
 * where a figure does not apply. The movement runs from the cue to the entry into the target whose
 * hold selected it, or to the click (to the end of the trial where nothing was acquired); the task
 * axis runs from the cursor's start to the target's centre.
 *
 * <p>Path measures: MacKenzie, Kauppinen, Silfverberg, Accuracy measures for evaluating computer
 * pointing devices, CHI 2001, doi:10.1145/365024.365028.
 *
 * @param seconds from the cue to the end, holding included
 * @param movementSeconds from the cue to the last entry, or to the click that selected, which is
 *     part of the movement; NaN where nothing was acquired
 * @param firstTouchSeconds from the cue to the first entry into the target; NaN where there was
 *     none
 * @param dialInSeconds from the first entry to the movement's end; NaN where nothing was acquired
 * @param distance from the start to the target's centre
 * @param width of the target: its diameter or side
 * @param pathEfficiency straight distance over path length of the movement; NaN where nothing was
 *     acquired or nothing moved
 * @param angularError mean angle between the cursor's steps outside the target and the direction to
 *     the target's centre; chance is π/2
 * @param reentries entries into the target after the first
 * @param axisCrossings how often the path crosses the task axis
 * @param directionChanges how often the path turns parallel to the task axis
 * @param orthogonalChanges how often the path turns perpendicular to the task axis
 * @param variability standard deviation (over n - 1) of the distances to the task axis
 * @param error mean distance to the task axis
 * @param offset mean signed distance to the task axis, positive to its left
 * @param endAlong how far the end lies along the task axis from the start; Fitts' effective
 *     measures use it
 */
public record TrialFigures(
    double seconds,
    double movementSeconds,
    double firstTouchSeconds,
    double dialInSeconds,
    double distance,
    double width,
    double pathEfficiency,
    double angularError,
    int reentries,
    int axisCrossings,
    int directionChanges,
    int orthogonalChanges,
    double variability,
    double error,
    double offset,
    double endAlong) {

  /**
   * Measures a trial.
   *
   * @param trial finished
   * @return its figures
   */
  public static TrialFigures of(Trial trial) {
    return new Measuring(trial).figures();
  }

  /** Fitts' index of difficulty in its Shannon form, {@code log2(distance / width + 1)}, bits. */
  public double difficulty() {
    return log2(distance / width + 1);
  }

  static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  private static final class Measuring {
    private final Trial trial;
    private final Target target;
    private final int movement;
    private int first = -1;
    private int entries;

    Measuring(Trial trial) {
      this.trial = trial;
      target = trial.target();
      int last = -1;
      for (int i = 1; i <= trial.bins(); i++) {
        if (on(i) && (i == 1 || !on(i - 1))) {
          entries++;
          first = first < 0 ? i : first;
          last = i;
        }
      }
      boolean held = trial.acquired() && trial.holdSeconds() > 0;
      movement = held && last > 0 ? last : trial.bins();
    }

    private boolean on(int bin) {
      return target.contains(trial.x(bin), trial.y(bin));
    }

    TrialFigures figures() {
      double dx = target.x() - trial.x(0);
      double dy = target.y() - trial.y(0);
      double distance = Math.hypot(dx, dy);
      // A start in the centre has no axis; any one will do.
      double ax = distance > 0 ? dx / distance : 1;
      double ay = distance > 0 ? dy / distance : 0;
      double bin = trial.binSeconds();
      Axis axis = new Axis(trial, movement, ax, ay);
      boolean acquired = trial.acquired();
      return new TrialFigures(
          trial.seconds(),
          acquired ? movement * bin : Double.NaN,
          first < 0 ? Double.NaN : first * bin,
          acquired ? (movement - first) * bin : Double.NaN,
          distance,
          target.diameter(),
          acquired ? efficiency() : Double.NaN,
          angularError(),
          Math.max(0, entries - 1),
          axis.crossings,
          axis.parallel,
          axis.perpendicular,
          axis.variability(),
          axis.error,
          axis.offset,
          (trial.x(trial.bins()) - trial.x(0)) * ax + (trial.y(trial.bins()) - trial.y(0)) * ay);
    }

    private double efficiency() {
      double length = 0;
      for (int i = 1; i <= movement; i++) {
        length += Math.hypot(trial.x(i) - trial.x(i - 1), trial.y(i) - trial.y(i - 1));
      }
      double straight = Math.hypot(trial.x(movement) - trial.x(0), trial.y(movement) - trial.y(0));
      return length > 0 ? Math.min(1, straight / length) : Double.NaN;
    }

    private double angularError() {
      double sum = 0;
      int steps = 0;
      for (int i = 1; i <= trial.bins(); i++) {
        double vx = trial.x(i) - trial.x(i - 1);
        double vy = trial.y(i) - trial.y(i - 1);
        if (!on(i - 1) && (vx != 0 || vy != 0)) {
          double tx = target.x() - trial.x(i - 1);
          double ty = target.y() - trial.y(i - 1);
          sum += Math.abs(Math.atan2(vx * ty - vy * tx, vx * tx + vy * ty));
          steps++;
        }
      }
      return steps == 0 ? Double.NaN : sum / steps;
    }
  }

  /** The path seen from the task axis. */
  private static final class Axis {
    private final double[] off;
    private int crossings;
    private int parallel;
    private int perpendicular;
    private double error;
    private double offset;

    Axis(Trial trial, int movement, double ax, double ay) {
      off = new double[movement + 1];
      double side = 0;
      double sideways = 0;
      double ahead = 0;
      for (int i = 0; i <= movement; i++) {
        double px = trial.x(i) - trial.x(0);
        double py = trial.y(i) - trial.y(0);
        off[i] = ax * py - ay * px;
        // What rounding leaves of a straight path is no crossing.
        if (Math.abs(off[i]) < 1e-9) {
          off[i] = 0;
        }
        error += Math.abs(off[i]) / off.length;
        offset += off[i] / off.length;
        crossings += off[i] * side < 0 ? 1 : 0;
        side = off[i] == 0 ? side : off[i];
        if (i > 0) {
          double across = off[i] - off[i - 1];
          double along = (trial.x(i) - trial.x(i - 1)) * ax + (trial.y(i) - trial.y(i - 1)) * ay;
          parallel += across * sideways < 0 ? 1 : 0;
          sideways = across == 0 ? sideways : across;
          perpendicular += along * ahead < 0 ? 1 : 0;
          ahead = along == 0 ? ahead : along;
        }
      }
    }

    double variability() {
      double sum = 0;
      for (double value : off) {
        sum += (value - offset) * (value - offset);
      }
      return Math.sqrt(sum / (off.length - 1));
    }
  }
}
