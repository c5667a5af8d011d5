package org.efferent.retrieval.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What noise leaves to be explained: no model can agree with responses better than they do. */
public final class NoiseCeiling {
  private NoiseCeiling() {}

  /**
   * Reliability of responses.
   *
   * @param half mean correlation of two halves of the repetitions
   * @param full the same for all repetitions together (Spearman 1910, Brown 1910)
   * @param repetitions how many there are
   * @param splits how many halvings were averaged
   */
  public record Reliability(double half, double full, int repetitions, int splits) {
    /** The correlation that the true response would have with the mean of all repetitions. */
    public double ceiling() {
      return Math.sqrt(Math.max(0, full));
    }

    /**
     * Reliability of the mean of another number of repetitions.
     *
     * @param n at least 1
     * @return as Spearman and Brown predict it
     */
    public double of(int n) {
      return spearmanBrown(half, 2.0 * n / (repetitions - repetitions % 2));
    }
  }

  /**
   * Where the best model lies (Nili et al. 2014).
   *
   * @param lower mean correlation of each with the mean of the others
   * @param upper mean correlation of each with the mean of all, itself included
   */
  public record Bounds(double lower, double upper) {}

  /**
   * Spearman and Brown's prophecy: reliability of {@code times} as many measurements.
   *
   * @param r reliability of one
   * @param times as many
   * @return {@code times·r / (1 + (times − 1)·r)}
   */
  public static double spearmanBrown(double r, double times) {
    return times * r / (1 + (times - 1) * r);
  }

  /**
   * Split-half reliability: repetitions are halved at random again and again; of an odd number one
   * is left out each time.
   *
   * @param repetitions each {@code [values]}, such as all stimuli × features; at least 2
   * @param splits halvings, at least 1
   * @param seed of the halvings
   * @return the reliability
   */
  public static Reliability splitHalf(List<double[]> repetitions, int splits, long seed) {
    int n = repetitions.size();
    if (n < 2 || splits < 1) {
      throw new IllegalArgumentException(
          "split halves need at least 2 repetitions and 1 split; repetitions=%d, splits=%d"
              .formatted(n, splits));
    }
    checkLengths(repetitions);
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    double sum = 0;
    for (int s = 0; s < splits; s++) {
      for (int i = n - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
      }
      sum +=
          correlation(mean(repetitions, order, 0, n / 2), mean(repetitions, order, n / 2, n / 2));
    }
    double half = sum / splits;
    double full = spearmanBrown(half, 2.0 * n / (n - n % 2));
    return new Reliability(half, full, n, splits);
  }

  /**
   * Bounds over subjects or repetitions.
   *
   * @param responses of each, {@code [values]}; at least 2
   * @return lower and upper bound
   */
  public static Bounds bounds(List<double[]> responses) {
    int n = responses.size();
    if (n < 2) {
      throw new IllegalArgumentException("bounds need at least 2 subjects; subjects=" + n);
    }
    checkLengths(responses);
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    double[] all = mean(responses, order, 0, n);
    double lower = 0;
    double upper = 0;
    for (double[] own : responses) {
      double[] others = new double[all.length];
      Arrays.setAll(others, i -> (all[i] * n - own[i]) / (n - 1));
      lower += correlation(own, others) / n;
      upper += correlation(own, all) / n;
    }
    return new Bounds(lower, upper);
  }

  private static void checkLengths(List<double[]> rows) {
    for (double[] row : rows) {
      if (row.length != rows.get(0).length || row.length < 2) {
        throw new IllegalArgumentException(
            "responses must be of one length of at least 2; lengths=%d and %d"
                .formatted(rows.get(0).length, row.length));
      }
    }
  }

  private static double[] mean(List<double[]> rows, int[] order, int from, int count) {
    double[] mean = new double[rows.get(0).length];
    for (int r = from; r < from + count; r++) {
      double[] row = rows.get(order[r]);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / count;
      }
    }
    return mean;
  }

  /**
   * Pearson's correlation.
   *
   * @param a {@code [n]}
   * @param b {@code [n]}
   * @return from −1 to 1; 0 where one does not vary
   */
  static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
  }
}
