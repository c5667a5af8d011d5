package org.efferent.generation.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two-way identification: how often the features of a picture correlate more with those of its own
 * stimulus than with those of another, meanᵢ #{j ≠ i : r(stimulusⱼ, pictureᵢ) &lt; r(stimulusᵢ,
 * pictureᵢ)} / (n − 1); chance is .5 (Ozcelik and VanRullen 2023; Li et al. 2024,
 * Generation/evaluate.py). A tie counts as wrong.
 *
 * <p>The interval resamples pictures with their stimuli, as candidates too, so it says how sure the
 * figure is for other stimuli. The null distribution pairs pictures and stimuli at random.
 *
 * @param accuracy the figure with its bootstrap interval
 * @param pictures n
 * @param chance mean and interval of the accuracy under random pairings
 * @param pValue share of random pairings at least as good, the true one counted among them
 */
public record TwoWayIdentification(
    Interval accuracy, int pictures, Interval chance, double pValue) {

  /**
   * Evaluates.
   *
   * @param stimuli features of the stimuli, {@code [n × d]}, n at least 2
   * @param pictures features of the pictures, {@code [n × d]}, in the same order
   * @param resampling how often chance is asked
   * @return the figures
   * @throws IllegalArgumentException if the numbers differ or a vector has one value everywhere
   */
  public static TwoWayIdentification of(
      Features stimuli, Features pictures, Resampling resampling) {
    int n = stimuli.rows();
    if (n < 2 || n != pictures.rows()) {
      throw new IllegalArgumentException(
          "two-way identification needs two pictures or more, each with its stimulus;"
              + " stimuli=%d, pictures=%d".formatted(n, pictures.rows()));
    }
    double[][] r = pictures.correlations(stimuli);
    int[][] beaten = beaten(r);
    double accuracy = accuracy(beaten, Resampling.identity(n));
    SplittableRandom random = new SplittableRandom(resampling.seed());
    Interval interval =
        Interval.of(
            accuracy, bootstrap(r, resampling.bootstrapDraws(), random), resampling.level());
    double[] paired = new double[resampling.permutations()];
    int[] pairing = Resampling.identity(n);
    int atLeast = 1;
    for (int p = 0; p < paired.length; p++) {
      Resampling.shuffle(pairing, random);
      paired[p] = accuracy(beaten, pairing);
      atLeast += paired[p] >= accuracy - 1e-12 ? 1 : 0;
    }
    Interval chance = Interval.of(Correlation.mean(paired), paired, resampling.level());
    return new TwoWayIdentification(interval, n, chance, atLeast / (paired.length + 1.0));
  }

  /** {@code [picture][stimulus]}: how many stimuli correlate less with the picture. */
  private static int[][] beaten(double[][] r) {
    int[][] beaten = new int[r.length][r.length];
    for (int i = 0; i < r.length; i++) {
      double[] sorted = r[i].clone();
      Arrays.sort(sorted);
      for (int j = 0; j < r.length; j++) {
        beaten[i][j] = below(sorted, r[i][j]);
      }
    }
    return beaten;
  }

  private static int below(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double accuracy(int[][] beaten, int[] stimulusOf) {
    long sum = 0;
    for (int i = 0; i < beaten.length; i++) {
      sum += beaten[i][stimulusOf[i]];
    }
    return sum / ((double) beaten.length * (beaten.length - 1));
  }

  /** Each pair of two different pictures counts as often as both were drawn. */
  private static double[] bootstrap(double[][] r, int draws, SplittableRandom random) {
    int n = r.length;
    double[] drawn = new double[draws];
    int[] times = new int[n];
    for (int d = 0; d < draws; d++) {
      long pairs = 0;
      while (pairs == 0) { // one picture alone has no other to be compared with
        Arrays.fill(times, 0);
        for (int i = 0; i < n; i++) {
          times[random.nextInt(n)]++;
        }
        for (int i = 0; i < n; i++) {
          pairs += (long) times[i] * (n - times[i]);
        }
      }
      long right = 0;
      for (int i = 0; i < n; i++) {
        if (times[i] > 0) {
          long won = 0;
          double own = r[i][i];
          for (int j = 0; j < n; j++) {
            won += r[i][j] < own ? times[j] : 0;
          }
          right += times[i] * won;
        }
      }
      drawn[d] = right / (double) pairs;
    }
    return drawn;
  }
}
