package org.efferent.filters.loop;

import java.util.stream.IntStream;
import org.efferent.filters.calibration.BlockZScore;
import org.efferent.filters.calibration.ChannelSelection;

/** What happens to a bin's features before the filter reads them. Used by one thread. */
final class FeatureChain {
  /** Share of the top speed below which an intention counts as rest. */
  private static final double SLOWEST = 0.3;

  /**
   * So many times the components that are kept are looked at: where units are weakly tuned, what
   * varies most is not what tells directions apart.
   */
  private static final int CANDIDATES = 3;

  private final BlockZScore zScore;
  private final boolean[] alive;
  private final FeatureSmoothing smoothing;
  private final Projection projection;
  private final double[] row;
  private final int[] read;
  private final double[] picked;
  private final int best;

  private FeatureChain(
      BlockZScore zScore,
      boolean[] alive,
      FeatureSmoothing smoothing,
      Projection projection,
      int best) {
    this.best = best;
    this.zScore = zScore;
    this.alive = alive;
    this.smoothing = smoothing;
    this.projection = projection;
    row = new double[alive.length];
    read = IntStream.range(0, alive.length).filter(c -> alive[c]).toArray();
    picked = new double[read.length];
  }

  /**
   * A chain of given parts, such as those that were saved, at its start.
   *
   * @param zScore of the channels
   * @param alive channels that are heard
   * @param smoothing at 0
   * @param projection null for none
   * @param best channel
   */
  static FeatureChain of(
      BlockZScore zScore,
      boolean[] alive,
      FeatureSmoothing smoothing,
      Projection projection,
      int best) {
    return new FeatureChain(zScore, alive.clone(), smoothing, projection, best);
  }

  /**
   * Learns a chain from recorded bins.
   *
   * @param rows made ready
   * @param seen their first bins, which may be looked at
   * @param recipe smoothing and components
   * @param binSeconds length of a bin
   */
  static FeatureChain fit(
      TrainingRows rows, double[][] seen, DecoderRecipe recipe, double binSeconds) {
    double[][] training = rows.training(seen);
    double[][] labels = rows.trainingLabels(seen.length);
    boolean[] alive = rows.alive().clone();
    double[] ratios = ChannelSelection.signalToNoise(training, labels, SLOWEST);
    int best = 0;
    for (int c = 1; c < alive.length; c++) {
      best = alive[c] && !(ratios[c] <= ratios[best]) ? c : best;
    }
    if (recipe.channels() > 0) {
      boolean[] chosen = new boolean[alive.length];
      for (int c : ChannelSelection.best(training, labels, SLOWEST, recipe.channels()).channels()) {
        chosen[c] = alive[c];
      }
      alive = chosen;
    }
    FeatureSmoothing smoothing =
        new FeatureSmoothing(alive.length, binSeconds, recipe.smoothings().get(0));
    FeatureChain chain = new FeatureChain(rows.next(), alive, smoothing, null, best);
    if (recipe.components() == 0) {
      return chain;
    }
    double[][] x = rows.training(chain.inputs(seen));
    Projection components = Projection.fit(x, CANDIDATES * recipe.components());
    return new FeatureChain(
        rows.next(),
        alive,
        smoothing,
        components.byRelevance(x, labels, SLOWEST, recipe.components()),
        best);
  }

  /** Takes a bin; the answer is overwritten by the next. */
  double[] apply(double[] features) {
    System.arraycopy(features, 0, row, 0, row.length);
    zScore.apply(row, 0);
    return standardised();
  }

  private double[] standardised() {
    for (int c = 0; c < row.length; c++) {
      if (!alive[c]) {
        row[c] = 0;
      }
    }
    double[] smooth = smoothing.apply(row);
    // Only channels that are read: a filter may not take one that never moves for a quiet one.
    for (int i = 0; i < read.length; i++) {
      picked[i] = smooth[read[i]];
    }
    return projection == null ? picked : projection.apply(picked);
  }

  /** What the filter reads of consecutive bins that are standardised already, from the start. */
  double[][] inputs(double[][] standardised) {
    reset();
    double[][] out = new double[standardised.length][];
    for (int t = 0; t < out.length; t++) {
      System.arraycopy(standardised[t], 0, row, 0, row.length);
      out[t] = standardised().clone();
    }
    reset();
    return out;
  }

  void reset() {
    smoothing.reset();
  }

  /** The channel that tells directions apart best. */
  int best() {
    return best;
  }

  /** Channels that are heard, {@code [channels]}; a copy. */
  boolean[] alive() {
    return alive.clone();
  }

  /** Null where the filter reads the channels. */
  Projection projection() {
    return projection;
  }

  BlockZScore zScore() {
    return zScore;
  }
}
