package org.efferent.retrieval.control;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.efferent.retrieval.evaluate.RetrievalFigures;

/** Means of figures over permutations. */
final class Means {
  private Means() {}

  static RetrievalFigures of(List<RetrievalFigures> all) {
    RetrievalFigures first = all.get(0);
    return new RetrievalFigures(
        first.queries(),
        first.gallery(),
        maps(all, RetrievalFigures::top),
        mean(all, RetrievalFigures::medianRank),
        mean(all, RetrievalFigures::relativeMedianRank),
        mean(all, RetrievalFigures::meanRelativeRank),
        mean(all, RetrievalFigures::meanReciprocalRank),
        mean(all, RetrievalFigures::meanAveragePrecision),
        maps(all, RetrievalFigures::kWayTop1),
        maps(all, RetrievalFigures::kWayTop5),
        mean(all, RetrievalFigures::mostFrequentAnswerShare));
  }

  private static double mean(
      List<RetrievalFigures> all, ToDoubleFunction<RetrievalFigures> figure) {
    return all.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  private static SortedMap<Integer, Double> maps(
      List<RetrievalFigures> all, Function<RetrievalFigures, SortedMap<Integer, Double>> figures) {
    SortedMap<Integer, Double> means = new TreeMap<>();
    for (Integer key : figures.apply(all.get(0)).keySet()) {
      means.put(key, mean(all, f -> figures.apply(f).get(key)));
    }
    return means;
  }
}
