package org.efferent.retrieval.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of a retrieval; shares are from 0 to 1, ranks 0-based. Of {@link Chance} too.
 *
 * @param queries how many
 * @param gallery candidates
 * @param top share of queries with a right candidate among the first k, by k
 * @param medianRank median rank of the best right candidate
 * @param relativeMedianRank the same as a share of the largest rank
 * @param meanRelativeRank mean of ranks as shares; chance is a half where one candidate is right
 * @param meanReciprocalRank mean of 1 / (rank + 1)
 * @param meanAveragePrecision the same where one candidate is right
 * @param kWayTop1 share right in a choice among so many, exactly, by ways; choices larger than the
 *     gallery are left out
 * @param kWayTop5 share with the right one among the first five of a choice, by ways
 * @param mostFrequentAnswerShare share of queries that the most frequent first answer got
 */
public record RetrievalFigures(
    int queries,
    int gallery,
    SortedMap<Integer, Double> top,
    double medianRank,
    double relativeMedianRank,
    double meanRelativeRank,
    double meanReciprocalRank,
    double meanAveragePrecision,
    SortedMap<Integer, Double> kWayTop1,
    SortedMap<Integer, Double> kWayTop5,
    double mostFrequentAnswerShare) {

  /** Copies the maps. */
  public RetrievalFigures {
    top = Collections.unmodifiableSortedMap(new TreeMap<>(top));
    kWayTop1 = Collections.unmodifiableSortedMap(new TreeMap<>(kWayTop1));
    kWayTop5 = Collections.unmodifiableSortedMap(new TreeMap<>(kWayTop5));
  }

  /**
   * The figures of ranks, with the usual k and ways.
   *
   * @param ranks where the truth stands
   * @return the figures
   */
  public static RetrievalFigures of(Ranks ranks) {
    return of(ranks, new QueryFigures(ranks, FigureOptions.DEFAULTS));
  }

  /**
   * The figures of ranks.
   *
   * @param ranks where the truth stands
   * @param each figures of each query of these ranks
   * @return the figures
   */
  public static RetrievalFigures of(Ranks ranks, QueryFigures each) {
    SortedMap<Integer, Double> top = new TreeMap<>();
    SortedMap<Integer, Double> one = new TreeMap<>();
    SortedMap<Integer, Double> five = new TreeMap<>();
    for (String name : each.names()) {
      int dot = name.indexOf('.');
      if (name.startsWith("top")) {
        top.put(Integer.valueOf(name.substring(3)), each.figure(name));
      } else if (dot > 0) {
        Integer way = Integer.valueOf(name.substring(dot + 1));
        (name.startsWith("kWayTop1") ? one : five).put(way, each.figure(name));
      }
    }
    return new RetrievalFigures(
        ranks.queries(),
        ranks.candidates(),
        top,
        each.figure("medianRank"),
        each.figure("relativeMedianRank"),
        each.figure("meanRelativeRank"),
        each.figure("meanReciprocalRank"),
        each.figure("meanAveragePrecision"),
        one,
        five,
        ranks.mostFrequentAnswerShare());
  }

  /** All figures by the names of {@link QueryFigures}, and {@code mostFrequentAnswerShare}. */
  public Map<String, Double> byName() {
    Map<String, Double> all = new LinkedHashMap<>();
    top.forEach((k, value) -> all.put("top" + k, value));
    all.put("medianRank", medianRank);
    all.put("relativeMedianRank", relativeMedianRank);
    all.put("meanRelativeRank", meanRelativeRank);
    all.put("meanReciprocalRank", meanReciprocalRank);
    all.put("meanAveragePrecision", meanAveragePrecision);
    kWayTop1.forEach((way, value) -> all.put("kWayTop1." + way, value));
    kWayTop5.forEach((way, value) -> all.put("kWayTop5." + way, value));
    all.put("mostFrequentAnswerShare", mostFrequentAnswerShare);
    return all;
  }
}
