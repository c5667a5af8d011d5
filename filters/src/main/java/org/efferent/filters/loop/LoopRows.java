package org.efferent.filters.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.filters.calibration.Intention;
import org.efferent.filters.task.Target;

/**
 * The bins of a session, in order: features, and what was on the screen as they came. What a
 * decoder is trained on. Used by one thread.
 */
public final class LoopRows {
  private static final double[] NOTHING = {0, 0};

  private final List<double[]> features = new ArrayList<>();
  private final List<double[]> screens = new ArrayList<>();

  /**
   * Adds a bin.
   *
   * @param row features, {@code [channels]}; copied
   * @param x cursor as the bin begins
   * @param y cursor as the bin begins
   * @param target that is cued
   * @param sinceCue seconds since it was cued
   * @param velocity decoded in this bin, without assist, lengths a second
   */
  public void add(
      double[] row, double x, double y, Target target, double sinceCue, double[] velocity) {
    features.add(row.clone());
    screens.add(
        new double[] {
          x, y, target.x(), target.y(), target.diameter(), sinceCue, velocity[0], velocity[1]
        });
  }

  /** Bins so far. */
  public int size() {
    return features.size();
  }

  /** The features of a bin: the row itself, not a copy. */
  double[] features(int bin) {
    return features.get(bin);
  }

  /** The bins from one on, the rows themselves. */
  double[][] features(int from, int to) {
    return features.subList(from, to).toArray(double[][]::new);
  }

  /** Seconds since the target of a bin was cued. */
  double sinceCue(int bin) {
    return screens.get(bin)[5];
  }

  /** Distance from the cursor to the target's centre. */
  double distance(int bin) {
    double[] s = screens.get(bin);
    return Math.hypot(s[2] - s[0], s[3] - s[1]);
  }

  /**
   * What the user is taken to have wanted in a bin, in units of the top speed.
   *
   * @param bin from 0
   * @param recipe says how
   * @param topSpeed lengths a second
   * @return velocity, {@code [2]}
   */
  double[] label(int bin, DecoderRecipe recipe, double topSpeed) {
    double[] s = screens.get(bin);
    double[] cursor = {s[0], s[1]};
    double[] target = {s[2], s[3]};
    double[] out = NOTHING.clone();
    if (recipe.labels() == DecoderRecipe.Labels.ROTATED && (s[6] != 0 || s[7] != 0)) {
      double[] decoded = {s[6] / topSpeed, s[7] / topSpeed};
      Intention.relabel(decoded, cursor, target, s[4] / 2, out);
    } else {
      Intention.towards(cursor, target, 0, 1, recipe.rampDistance(), out);
    }
    return out;
  }

  /** Shows a model of the user what was on the screen in a bin. */
  void watch(int bin, UserModel user, double[] intended) {
    double[] s = screens.get(bin);
    user.intend(s[0], s[1], s[2], s[3], intended);
  }

  /** Where the cursor was as a bin began, {@code [2]}. */
  double[] position(int bin) {
    double[] s = screens.get(bin);
    return new double[] {s[0], s[1]};
  }

  /** What was decoded live in a bin, {@code [2]}, lengths a second. */
  double[] velocity(int bin) {
    double[] s = screens.get(bin);
    return new double[] {s[6], s[7]};
  }

  /** The bins so far, for another thread: what is added later is not in it. */
  LoopRows snapshot() {
    LoopRows copy = new LoopRows();
    copy.features.addAll(features);
    copy.screens.addAll(screens);
    return copy;
  }

  /** Whether the cursor was on the target as a bin began. */
  boolean onTarget(int bin) {
    return distance(bin) <= screens.get(bin)[4] / 2;
  }

  /** Forgets all bins but the last. */
  void keepLast(int bins) {
    if (size() > bins) {
      features.subList(0, size() - bins).clear();
      screens.subList(0, screens.size() - bins).clear();
    }
  }

  /** Channels of a bin. */
  int channels() {
    return features.get(0).length;
  }

  /** Whether each channel varied over some bins: one that did not is dead or stuck. */
  boolean[] alive(int from, int to) {
    boolean[] alive = new boolean[channels()];
    double[] first = features.get(from);
    for (int t = from + 1; t < to; t++) {
      double[] row = features.get(t);
      for (int c = 0; c < alive.length; c++) {
        alive[c] |= row[c] != first[c];
      }
    }
    return alive;
  }

  @Override
  public String toString() {
    return "bins=" + size() + (features.isEmpty() ? "" : ", first=" + Arrays.toString(features(0)));
  }
}
