package org.efferent.retrieval.statistics;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.ranking.NaNStrategy;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * Paired tests over subjects, corrected for how many there are, where there are enough subjects.
 */
public final class PairedTests {
  private static final int EXACT = 60;

  private PairedTests() {}

  /**
   * The smallest two-sided p that a signed-rank test of so many subjects can give: {@code 2 / 2ⁿ}.
   * Four subjects cannot give less than 0.125, however large the effect.
   *
   * @param subjects at least 1
   * @return from 0 to 1
   */
  public static double smallestWilcoxon(int subjects) {
    return Math.min(1, Math.scalb(2.0, -subjects));
  }

  /**
   * Whether so many subjects can carry the test at all, and what to do if not.
   *
   * @param subjects how many
   * @param alpha the level, such as 0.05
   * @return a sentence
   */
  public static String says(int subjects, double alpha) {
    double smallest = smallestWilcoxon(subjects);
    if (smallest > alpha) {
      return "%d %s cannot carry a signed-rank test at %s: its smallest p is %s; report each subject and the interval over stimuli"
          .formatted(subjects, subjects == 1 ? "subject" : "subjects", alpha, smallest);
    }
    return "%d subjects: the smallest p of a signed-rank test is %s".formatted(subjects, smallest);
  }

  /**
   * Wilcoxon's signed-rank test, two-sided; differences of zero are left out, equal ones share
   * ranks. Exact up to 60 differences, by counting the signs that give each sum; normal with a
   * correction for ties and continuity above.
   *
   * @param a one a subject
   * @param b one a subject
   * @return p; 1 where all differences are zero
   */
  public static double wilcoxon(double[] a, double[] b) {
    if (a.length != b.length || a.length == 0) {
      throw new IllegalArgumentException(
          "a paired test needs pairs; a=%d, b=%d".formatted(a.length, b.length));
    }
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] - b[i]);
    double[] left = Arrays.stream(difference).filter(d -> d != 0).toArray();
    if (left.length == 0) {
      return 1;
    }
    double[] ranks =
        new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE)
            .rank(Arrays.stream(left).map(Math::abs).toArray());
    double positive = 0;
    for (int i = 0; i < left.length; i++) {
      positive += left[i] > 0 ? ranks[i] : 0;
    }
    return left.length <= EXACT ? exact(ranks, positive) : normal(ranks, positive);
  }

  /** Counts sums of doubled ranks, which are whole also where they are shared. */
  private static double exact(double[] ranks, double positive) {
    int total = (int) Math.round(2 * Arrays.stream(ranks).sum());
    double[] ways = new double[total + 1];
    ways[0] = 1;
    for (double rank : ranks) {
      int step = (int) Math.round(2 * rank);
      for (int sum = total; sum >= step; sum--) {
        ways[sum] += ways[sum - step];
      }
    }
    long smaller = Math.min(Math.round(2 * positive), total - Math.round(2 * positive));
    double tail = 0;
    for (int sum = 0; sum <= smaller; sum++) {
      tail += ways[sum];
    }
    return Math.min(1, 2 * Math.scalb(tail, -ranks.length));
  }

  private static double normal(double[] ranks, double positive) {
    double mean = Arrays.stream(ranks).sum() / 2;
    double variance = Arrays.stream(ranks).map(r -> r * r).sum() / 4;
    double z = (Math.abs(positive - mean) - 0.5) / Math.sqrt(variance);
    return Math.min(1, 2 * new NormalDistribution().cumulativeProbability(-Math.max(0, z)));
  }

  /**
   * Holm's correction: the chance of any false alarm among the tests stays below the level.
   *
   * @param p of each test
   * @return corrected, in the same order
   */
  public static double[] holm(double[] p) {
    int[] order = Aggregate.order(p);
    double[] corrected = new double[p.length];
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      largest = Math.max(largest, Math.min(1, (p.length - i) * p[order[i]]));
      corrected[order[i]] = largest;
    }
    return corrected;
  }

  /**
   * Benjamini and Hochberg's correction: the share of false alarms among what is called a finding
   * stays below the level.
   *
   * @param p of each test
   * @return corrected, in the same order
   */
  public static double[] benjaminiHochberg(double[] p) {
    int[] order = Aggregate.order(p);
    double[] corrected = new double[p.length];
    double smallest = 1;
    for (int i = order.length - 1; i >= 0; i--) {
      smallest = Math.min(smallest, p[order[i]] * p.length / (i + 1));
      corrected[order[i]] = smallest;
    }
    return corrected;
  }
}
