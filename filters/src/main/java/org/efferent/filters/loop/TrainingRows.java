package org.efferent.filters.loop;

import java.util.Arrays;
import org.efferent.filters.calibration.BlockZScore;

/**
 * Recorded bins made ready for a training: standardised by blocks, labelled, sorted into those that
 * train, those that are held out and those that nobody can say anything about because the user had
 * not reacted yet.
 */
final class TrainingRows {
  private static final double HELD_OUT = 1.0 / 3;

  private final double[][] rows;
  private final double[][] labels;
  private final double[][] positions;
  private final boolean[] heard;
  private final boolean[] used;
  private final Plan plan;
  private final BlockZScore next;

  /**
   * Which bins do what.
   *
   * @param used bins that may train, {@code [bins]}; those too soon after a cue are left out
   *     besides
   * @param heldOut the first bin that the first fit does not see
   * @param judged the first bin that the angular error is taken from, not before {@code heldOut}
   * @param blocks where blocks begin that are standardised each by its own statistics; the first is
   *     0; bins to come are standardised by those of the last
   * @param alive channels that are read, {@code [channels]}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Plan(boolean[] used, int heldOut, int judged, int[] blocks, boolean[] alive) {
    /** All bins train, the last third is held out and judged, one block. */
    static Plan of(LoopRows rows) {
      int n = rows.size();
      boolean[] used = new boolean[n];
      Arrays.fill(used, true);
      int split = (int) Math.round((1 - HELD_OUT) * n);
      return new Plan(used, split, split, new int[] {0}, rows.alive(0, n));
    }
  }

  TrainingRows(LoopRows recorded, Plan plan, DecoderRecipe recipe, double topSpeed) {
    this.plan = plan;
    int n = recorded.size();
    rows = new double[n][];
    labels = new double[n][];
    positions = new double[n][];
    heard = new boolean[n];
    used = new boolean[n];
    for (int t = 0; t < n; t++) {
      positions[t] = recorded.position(t);
      labels[t] = recorded.label(t, recipe, topSpeed);
      heard[t] = recorded.sinceCue(t) >= recipe.skipSeconds() - 1e-9;
      used[t] = plan.used[t] && heard[t];
    }
    BlockZScore last = null;
    for (int b = 0; b < plan.blocks.length; b++) {
      int from = plan.blocks[b];
      int to = b + 1 < plan.blocks.length ? plan.blocks[b + 1] : n;
      last = standardise(recorded.features(from, to), from, recipe.clip());
    }
    next = last;
  }

  private BlockZScore standardise(double[][] block, int from, double clip) {
    boolean[] counted = Arrays.copyOfRange(heard, from, from + block.length);
    BlockZScore zScore = new BlockZScore(pick(block, counted), clip);
    for (int t = 0; t < block.length; t++) {
      rows[from + t] = block[t].clone();
      zScore.apply(rows[from + t], 0);
    }
    zScore.reset();
    return zScore;
  }

  /** Those of some rows that are marked. */
  static double[][] pick(double[][] rows, boolean[] marked) {
    int n = 0;
    double[][] out = new double[rows.length][];
    for (int t = 0; t < rows.length; t++) {
      if (marked[t]) {
        out[n++] = rows[t];
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** All bins. */
  int size() {
    return rows.length;
  }

  /** The first bin that is held out. */
  int heldOut() {
    return plan.heldOut;
  }

  /** Channels that are read. */
  boolean[] alive() {
    return plan.alive;
  }

  /** Standardised bins before one, the rows themselves. */
  double[][] before(int bin) {
    return Arrays.copyOf(rows, bin);
  }

  /** Standardised bins from one on, the rows themselves. */
  double[][] from(int bin) {
    return Arrays.copyOfRange(rows, bin, rows.length);
  }

  /** Of rows that belong to the first bins, those that train. */
  double[][] training(double[][] first) {
    return pick(first, Arrays.copyOf(used, first.length));
  }

  /** Labels of the bins before one that train. */
  double[][] trainingLabels(int bin) {
    return pick(Arrays.copyOf(labels, bin), Arrays.copyOf(used, bin));
  }

  /** Where the cursor was as the bins before one that train began. */
  double[][] trainingPositions(int bin) {
    return pick(Arrays.copyOf(positions, bin), Arrays.copyOf(used, bin));
  }

  /** Where the cursor was as a bin began; not to be modified. */
  double[] position(int bin) {
    return positions[bin];
  }

  /** Of velocities that belong to the last bins, those that the user can have meant. */
  double[][] meant(double[][] last) {
    return pick(last, Arrays.copyOfRange(heard, rows.length - last.length, rows.length));
  }

  /** Labels of the bins from one on that the user can have meant. */
  double[][] meantLabels(int bin) {
    return meant(Arrays.copyOfRange(labels, bin, labels.length));
  }

  /** The first bin that is judged. */
  int judged() {
    return plan.judged;
  }

  /** The z-score of bins to come. */
  BlockZScore next() {
    return next;
  }
}
