package org.efferent.generation.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What a mean over pairs reaches when pictures and stimuli are paired at random: a reconstruction
 * that knows nothing but looks like the others of its set has this figure.
 */
public final class RandomPairings {
  private static final int MOST = 5000;

  private RandomPairings() {}

  /** A figure of one pair, such as the structural similarity. */
  @FunctionalInterface
  public interface PairFigure {
    /**
     * The figure of a pair.
     *
     * @param stimulus which, from 0
     * @param picture which, from 0
     * @return finite
     */
    double of(int stimulus, int picture);
  }

  /**
   * The baseline.
   *
   * @param pairs number of pictures and of stimuli, 2 to 5,000
   * @param figure asked at most once for each of the pairs² pairs that come up
   * @param resampling of which permutations, level and seed count
   * @return mean of the means of random pairings, and their interval
   */
  public static Interval of(int pairs, PairFigure figure, Resampling resampling) {
    if (pairs < 2 || pairs > MOST) {
      throw new IllegalArgumentException(
          "random pairings take 2 to %d pairs; pairs=%d".formatted(MOST, pairs));
    }
    double[] known = new double[pairs * pairs];
    Arrays.fill(known, Double.NaN);
    SplittableRandom random = new SplittableRandom(resampling.seed());
    int[] pairing = Resampling.identity(pairs);
    double[] means = new double[resampling.permutations()];
    for (int p = 0; p < means.length; p++) {
      Resampling.shuffle(pairing, random);
      double sum = 0;
      for (int i = 0; i < pairs; i++) {
        int at = pairing[i] * pairs + i;
        if (Double.isNaN(known[at])) {
          known[at] = finite(figure.of(pairing[i], i), pairing[i], i);
        }
        sum += known[at];
      }
      means[p] = sum / pairs;
    }
    return Interval.of(Correlation.mean(means), means, resampling.level());
  }

  private static double finite(double value, int stimulus, int picture) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "the figure of a pair must be finite; stimulus=%d, picture=%d, figure=%s"
              .formatted(stimulus, picture, value));
    }
    return value;
  }
}
