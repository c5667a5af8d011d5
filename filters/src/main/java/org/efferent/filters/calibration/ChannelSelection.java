package org.efferent.filters.calibration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.filters.Octants;

/**
 * Which channels say most about the intended velocity: signal-to-noise ratios, and the best of
 * them. The ratio is the variance of a channel's mean over nine groups of bins (eight directions
 * and rest) over the variance within groups, what chance alone would give taken away:
 *
 * <pre>
 * snr = max(0, (between - (G - 1) / (n - G) within) / within)
 * </pre>
 *
 * <p>with between and within the sums of squares (one-way analysis of variance). Groups see any
 * tuning, a cosine as well as a bump.
 */
public final class ChannelSelection {
  private static final int GROUPS = Octants.COUNT + 1;

  private final double[] ratios;
  private final int[] chosen;

  private ChannelSelection(double[] ratios, int[] chosen) {
    this.ratios = ratios;
    this.chosen = chosen;
  }

  /**
   * Signal-to-noise ratios.
   *
   * @param features {@code [rows][channels]}
   * @param intended velocities, {@code [rows][2 or more]}; the first two columns count
   * @param slowest speed below which a bin counts as rest
   * @return {@code [channels]}; 0 for a channel that does not vary
   * @throws InputException where tables disagree, hold values that are not finite or fewer than two
   *     groups have bins
   */
  public static double[] signalToNoise(double[][] features, double[][] intended, double slowest) {
    int channels = Rows.check("features", features);
    int[] group = Octants.ofRows(intended, slowest);
    Rows.same("features", features.length, "intended velocities", group.length);
    int[] sizes = new int[GROUPS];
    for (int g : group) {
      sizes[g + 1]++;
    }
    long used = Arrays.stream(sizes).filter(size -> size > 0).count();
    int n = features.length;
    if (used < 2 || n <= used) {
      throw new InputException(
          "signal-to-noise needs bins of at least two directions, more bins than directions; bins="
              + n
              + ", directions="
              + used);
    }
    double[] out = new double[channels];
    for (int c = 0; c < channels; c++) {
      out[c] = ratio(features, c, group, sizes, (int) used);
    }
    return out;
  }

  private static double ratio(double[][] features, int c, int[] group, int[] sizes, int used) {
    int n = features.length;
    double origin = features[0][c]; // so that rounding leaves nothing of a constant
    double[] sums = new double[GROUPS];
    double total = 0;
    for (int t = 0; t < n; t++) {
      sums[group[t] + 1] += features[t][c] - origin;
      total += features[t][c] - origin;
    }
    double within = 0;
    for (int t = 0; t < n; t++) {
      double deviation = features[t][c] - origin - sums[group[t] + 1] / sizes[group[t] + 1];
      within += deviation * deviation;
    }
    double between = 0;
    for (int g = 0; g < GROUPS; g++) {
      if (sizes[g] > 0) {
        double deviation = sums[g] / sizes[g] - total / n;
        between += sizes[g] * deviation * deviation;
      }
    }
    double chance = (used - 1.0) / (n - used) * within;
    double signal = Math.max(0, between - chance);
    if (within > 0) {
      return signal / within;
    }
    return between > 0 ? Double.POSITIVE_INFINITY : 0;
  }

  /**
   * The best channels by {@link #signalToNoise}. Channels without any signal are never chosen, so
   * fewer than {@code most} may be.
   *
   * @param features {@code [rows][channels]}
   * @param intended velocities, {@code [rows][2 or more]}
   * @param slowest speed below which a bin counts as rest
   * @param most channels wanted, at least 1
   * @return the selection
   * @throws InputException where tables are unusable or no channel has any signal
   */
  public static ChannelSelection best(
      double[][] features, double[][] intended, double slowest, int most) {
    if (most < 1) {
      throw new UsageException("a selection needs at least one channel; most=" + most);
    }
    double[] ratios = signalToNoise(features, intended, slowest);
    int[] chosen =
        IntStream.range(0, ratios.length)
            .filter(c -> ratios[c] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer c) -> -ratios[c]).thenComparing(c -> c))
            .limit(most)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    if (chosen.length == 0) {
      throw new InputException(
          "no channel says anything about the direction; channels=" + ratios.length);
    }
    return new ChannelSelection(ratios, chosen);
  }

  /** A copy of the chosen channels, ascending. */
  public int[] channels() {
    return chosen.clone();
  }

  /** A copy of the ratios of all channels. */
  public double[] ratios() {
    return ratios.clone();
  }

  /** The most informative channel. */
  public int first() {
    int best = chosen[0];
    for (int c : chosen) {
      best = ratios[c] > ratios[best] ? c : best;
    }
    return best;
  }

  /**
   * Picks the chosen channels of one row.
   *
   * @param row {@code [channels]}
   * @param out {@code [chosen]}, overwritten
   */
  public void select(double[] row, double[] out) {
    for (int i = 0; i < chosen.length; i++) {
      out[i] = row[chosen[i]];
    }
  }

  /**
   * Picks the chosen channels of many rows.
   *
   * @param rows {@code [rows][channels]}
   * @return {@code [rows][chosen]}
   */
  public double[][] select(double[][] rows) {
    double[][] out = new double[rows.length][chosen.length];
    for (int t = 0; t < out.length; t++) {
      select(rows[t], out[t]);
    }
    return out;
  }
}
