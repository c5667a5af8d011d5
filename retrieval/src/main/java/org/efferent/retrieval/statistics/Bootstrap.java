package org.efferent.retrieval.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Percentile intervals by resampling everything that was sampled: levels of each factor are drawn
 * with replacement, independently, and an observation counts as often as the product of the draws
 * of its levels (the pigeonhole bootstrap, Owen 2007). Resampling trials alone would say how sure a
 * figure is for these subjects and these stimuli, not for others.
 *
 * @param draws resamplings, at least 100
 * @param level share of them inside the interval, between 0 and 1
 * @param seed of the draws
 */
public record Bootstrap(int draws, double level, long seed) {
  /** Two thousand draws, 95 %. */
  public static final Bootstrap DEFAULTS = new Bootstrap(2000, 0.95, 0);

  /** Checks the ranges. */
  public Bootstrap {
    if (draws < 100) {
      throw new IllegalArgumentException("draws must be at least 100; draws=" + draws);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must lie between 0 and 1; level=" + level);
    }
  }

  /**
   * The interval of a figure.
   *
   * @param values one an observation
   * @param how mean or median
   * @param factors what the observations were sampled by; those of one level are not resampled
   * @return the interval; its ends are NaN where no factor has two levels
   */
  public Interval interval(double[] values, Aggregate how, List<Factor> factors) {
    return intervals(List.of(values), List.of(how), factors).get(0);
  }

  /**
   * Intervals of several figures of the same observations, from the same draws.
   *
   * @param values of each figure, one an observation
   * @param how of each figure
   * @param factors what the observations were sampled by
   * @return the interval of each figure
   */
  public List<Interval> intervals(
      List<double[]> values, List<Aggregate> how, List<Factor> factors) {
    int n = values.get(0).length;
    List<int[]> orders =
        values.stream()
            .map(v -> how.contains(Aggregate.MEDIAN) ? Aggregate.order(v) : new int[0])
            .toList();
    double[][] drawn = new double[values.size()][draws];
    boolean any = resampled(factors, n);
    SplittableRandom random = new SplittableRandom(seed);
    int[] times = new int[n];
    for (int d = 0; any && d < draws; d++) {
      draw(factors, random, times);
      for (int f = 0; f < drawn.length; f++) {
        drawn[f][d] = how.get(f).of(values.get(f), times, orders.get(f));
      }
    }
    List<Interval> intervals = new ArrayList<>();
    for (int f = 0; f < drawn.length; f++) {
      double value = how.get(f).of(values.get(f));
      intervals.add(any ? percentiles(value, drawn[f], factors) : none(value));
    }
    return intervals;
  }

  /**
   * The interval of a difference of two figures of the same observations: both are resampled
   * together.
   *
   * @param a one an observation
   * @param b one an observation
   * @param how mean or median
   * @param factors what the observations were sampled by
   * @return the interval of a − b
   */
  public Interval difference(double[] a, double[] b, Aggregate how, List<Factor> factors) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "a paired difference needs the same observations; a=%d, b=%d"
              .formatted(a.length, b.length));
    }
    double value = how.of(a) - how.of(b);
    if (!resampled(factors, a.length)) {
      return none(value);
    }
    int[] orderA = Aggregate.order(a);
    int[] orderB = Aggregate.order(b);
    SplittableRandom random = new SplittableRandom(seed);
    int[] times = new int[a.length];
    double[] drawn = new double[draws];
    for (int d = 0; d < draws; d++) {
      draw(factors, random, times);
      drawn[d] = how.of(a, times, orderA) - how.of(b, times, orderB);
    }
    return percentiles(value, drawn, factors);
  }

  private boolean resampled(List<Factor> factors, int observations) {
    for (Factor factor : factors) {
      if (factor.observations() != observations) {
        throw new IllegalArgumentException(
            "a factor has a level an observation; factor=%s, levels=%d, observations=%d"
                .formatted(factor.name(), factor.observations(), observations));
      }
    }
    return factors.stream().anyMatch(f -> f.levels() > 1);
  }

  /** Draws until something counts: where levels are not crossed fully, a draw may miss all. */
  private static void draw(List<Factor> factors, SplittableRandom random, int[] times) {
    long total = 0;
    while (total == 0) {
      Arrays.fill(times, 1);
      for (Factor factor : factors) {
        if (factor.levels() > 1) {
          int[] counts = new int[factor.levels()];
          for (int i = 0; i < counts.length; i++) {
            counts[random.nextInt(counts.length)]++;
          }
          for (int i = 0; i < times.length; i++) {
            times[i] *= counts[factor.level(i)];
          }
        }
      }
      total = Arrays.stream(times).asLongStream().sum();
    }
  }

  private Interval percentiles(double value, double[] drawn, List<Factor> factors) {
    Arrays.sort(drawn);
    double tail = (1 - level) / 2;
    String over =
        factors.stream()
            .filter(f -> f.levels() > 1)
            .map(Factor::name)
            .collect(Collectors.joining(" × "));
    return new Interval(value, quantile(drawn, tail), quantile(drawn, 1 - tail), level, over);
  }

  private Interval none(double value) {
    return new Interval(value, Double.NaN, Double.NaN, level, "nothing: one observation");
  }

  /**
   * A quantile between two neighbours.
   *
   * @param sorted rising
   * @param share from 0 to 1
   * @return the value below which that share lies
   */
  public static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
