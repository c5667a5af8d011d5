package org.efferent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The demo's task: targets on a circle, drawn at random, the centre after each. A target is
 * acquired by staying on it for a while; a trial that takes too long fails. Positions: 1.0 is the
 * shortest side of the screen, origin in its centre, y up.
 */
final class CentreOut {
  /** Distance of the targets from the centre. */
  static final double REACH = 0.36;

  /** Radius within which the cursor counts as on the target. */
  static final double RADIUS = 0.075;

  private static final int TARGETS = 8;

  private final double binSeconds;
  private final double holdSeconds;
  private final double timeoutSeconds;
  private final SplittableRandom random;
  private final List<Trial> trials = new ArrayList<>();
  private final List<double[]> path = new ArrayList<>();
  private double targetX;
  private double targetY;
  private boolean outward;
  private int bins;
  private int held;

  /**
   * A finished trial.
   *
   * @param targetX where the target was
   * @param targetY where the target was
   * @param acquired whether it was reached and held in time
   * @param seconds how long it took
   * @param path positions of the cursor, {@code [bins][2]}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Trial(double targetX, double targetY, boolean acquired, double seconds, double[][] path) {}

  CentreOut(double binSeconds, double holdSeconds, double timeoutSeconds, long seed) {
    this.binSeconds = binSeconds;
    this.holdSeconds = holdSeconds;
    this.timeoutSeconds = timeoutSeconds;
    this.random = new SplittableRandom(seed);
    next();
  }

  double targetX() {
    return targetX;
  }

  double targetY() {
    return targetY;
  }

  List<Trial> trials() {
    return trials;
  }

  /** Takes the cursor's position at the end of a bin; may end the trial and name a new target. */
  void move(double x, double y) {
    bins++;
    path.add(new double[] {x, y});
    held = Math.hypot(x - targetX, y - targetY) <= RADIUS ? held + 1 : 0;
    boolean acquired = held * binSeconds >= holdSeconds - 1e-9;
    if (acquired || bins * binSeconds >= timeoutSeconds) {
      trials.add(
          new Trial(targetX, targetY, acquired, bins * binSeconds, path.toArray(double[][]::new)));
      next();
    }
  }

  private void next() {
    outward = !outward;
    double angle = 2 * Math.PI * random.nextInt(TARGETS) / TARGETS;
    targetX = outward ? REACH * Math.cos(angle) : 0;
    targetY = outward ? REACH * Math.sin(angle) : 0;
    bins = 0;
    held = 0;
    path.clear();
  }

  /** Share of trials that were acquired; NaN before the first has ended. */
  double success() {
    return trials.stream().mapToInt(t -> t.acquired() ? 1 : 0).average().orElse(Double.NaN);
  }

  /** Median time of the acquired trials, seconds; NaN if there is none. */
  double medianSeconds() {
    double[] seconds =
        trials.stream().filter(Trial::acquired).mapToDouble(Trial::seconds).sorted().toArray();
    int n = seconds.length;
    return n == 0 ? Double.NaN : (seconds[(n - 1) / 2] + seconds[n / 2]) / 2;
  }

  /** Straight distance over travelled distance, mean of the acquired trials that moved. */
  double pathEfficiency() {
    return trials.stream()
        .filter(t -> t.acquired() && t.path().length > 1)
        .mapToDouble(CentreOut::efficiency)
        .average()
        .orElse(Double.NaN);
  }

  private static double efficiency(Trial trial) {
    double[][] p = trial.path();
    double travelled = 0;
    for (int i = 1; i < p.length; i++) {
      travelled += Math.hypot(p[i][0] - p[i - 1][0], p[i][1] - p[i - 1][1]);
    }
    double[] last = p[p.length - 1];
    double straight = Math.hypot(last[0] - p[0][0], last[1] - p[0][1]);
    return travelled == 0 ? 1 : Math.min(1, straight / travelled);
  }
}
