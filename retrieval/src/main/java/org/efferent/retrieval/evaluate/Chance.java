package org.efferent.retrieval.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What rankings drawn at random score on the real gallery, exactly: with its real size, and with as
 * many right candidates as each query has.
 */
public final class Chance {
  private static final int DRAWS = 500;

  private Chance() {}

  /**
   * Figures of random rankings: means of means, and the median that half of the ranks lie below.
   * The share of the most frequent answer is drawn, the rest is exact.
   *
   * @param truth which candidates are right
   * @param options which figures
   * @return the figures
   */
  public static RetrievalFigures of(Truth truth, FigureOptions options) {
    int m = truth.candidates();
    int n = truth.queries();
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    for (int q = 0; q < n; q++) {
      counts.merge(truth.right(q).length, 1, Integer::sum);
    }
    SortedMap<Integer, Double> top = new TreeMap<>();
    for (int k : options.top()) {
      top.put(
          k,
          mean(
              counts,
              n,
              t -> t == 1 ? Math.min(1, k / (double) m) : k >= m ? 1 : 1 - Draws.none(m, t, k)));
    }
    int wrong = m - counts.lastKey();
    SortedMap<Integer, Double> one = new TreeMap<>();
    SortedMap<Integer, Double> five = new TreeMap<>();
    for (int way : options.ways()) {
      if (way - 1 <= wrong) {
        one.put(way, 1.0 / way);
        if (way >= FigureOptions.FEWEST_WAYS_OF_TOP5) {
          five.put(way, Math.min(1, 5.0 / way));
        }
      }
    }
    return new RetrievalFigures(
        n,
        m,
        top,
        median(counts, n, m, false),
        median(counts, n, m, true),
        mean(counts, n, t -> t == m ? 0 : 1.0 / (t + 1)),
        mean(counts, n, t -> reciprocal(m, t)),
        mean(counts, n, t -> precision(m, t)),
        one,
        five,
        mostFrequent(n, m));
  }

  /**
   * The most that always giving the same first answer scores at top-1: more than chance where
   * queries repeat stimuli unequally or several candidates are right.
   *
   * @param truth which candidates are right
   * @return share of queries, from 0 to 1
   */
  public static double constantAnswer(Truth truth) {
    int[] right = new int[truth.candidates()];
    for (int q = 0; q < truth.queries(); q++) {
      for (int c : truth.right(q)) {
        right[c]++;
      }
    }
    return IntStream.of(right).max().orElse(0) / (double) truth.queries();
  }

  /** A figure by the number of right candidates. */
  @FunctionalInterface
  private interface OfRight {
    double of(int right);
  }

  private static double mean(Map<Integer, Integer> counts, int queries, OfRight figure) {
    return counts.entrySet().stream().mapToDouble(e -> e.getValue() * figure.of(e.getKey())).sum()
        / queries;
  }

  private static double reciprocal(int m, int t) {
    return IntStream.rangeClosed(0, m - t).mapToDouble(r -> Draws.firstAt(m, t, r) / (r + 1)).sum();
  }

  /** Down to a right one at place p there are on average p (t − 1) / (m − 1) right ones more. */
  private static double precision(int m, int t) {
    double share = m == 1 ? 0 : (t - 1.0) / (m - 1);
    return IntStream.range(0, m).mapToDouble(p -> (1 + p * share) / (1 + p)).sum() / m;
  }

  /** A rank and how likely it is. */
  private record Place(double rank, double probability) {}

  private static double median(Map<Integer, Integer> counts, int n, int m, boolean relative) {
    List<Place> places = new ArrayList<>();
    counts.forEach(
        (t, count) -> {
          for (int r = 0; r <= m - t; r++) {
            double rank = relative && m > t ? r / (double) (m - t) : r;
            places.add(new Place(rank, Draws.firstAt(m, t, r) * count / n));
          }
        });
    places.sort((a, b) -> Double.compare(a.rank(), b.rank()));
    double passed = 0;
    for (int i = 0; i < places.size(); i++) {
      passed += places.get(i).probability();
      if (passed > 0.5 + 1e-9) {
        return places.get(i).rank();
      }
      if (passed > 0.5 - 1e-9) {
        return (places.get(i).rank() + places.get(Math.min(i + 1, places.size() - 1)).rank()) / 2;
      }
    }
    return places.get(places.size() - 1).rank();
  }

  /** The mean over draws of how often the most frequent of n answers among m comes. */
  private static double mostFrequent(int n, int m) {
    SplittableRandom random = new SplittableRandom(0);
    long sum = 0;
    int draws = (int) Math.max(20, Math.min(DRAWS, 20_000_000L / (n + (long) m)));
    for (int d = 0; d < draws; d++) {
      int[] counts = new int[m];
      int most = 0;
      for (int q = 0; q < n; q++) {
        most = Math.max(most, ++counts[random.nextInt(m)]);
      }
      sum += most;
    }
    return sum / ((double) draws * n);
  }
}
