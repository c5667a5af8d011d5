package org.efferent.retrieval.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.efferent.retrieval.statistics.Aggregate;
import org.efferent.retrieval.statistics.Bootstrap;
import org.efferent.retrieval.statistics.Factor;
import org.efferent.retrieval.statistics.Interval;

/**
 * Figures of single queries, by name: what is averaged, resampled and compared. Names: {@code
 * top1}, {@code medianRank}, {@code relativeMedianRank}, {@code meanRelativeRank}, {@code
 * meanReciprocalRank}, {@code meanAveragePrecision}, {@code kWayTop1.200}, {@code kWayTop5.200}.
 */
public final class QueryFigures {
  private final int queries;
  private final Map<String, double[]> columns = new LinkedHashMap<>();
  private final Map<String, Aggregate> how = new LinkedHashMap<>();

  /**
   * Figures of each query.
   *
   * @param ranks where the truth stands
   * @param options which figures
   */
  public QueryFigures(Ranks ranks, FigureOptions options) {
    queries = ranks.queries();
    for (int k : options.top()) {
      add("top" + k, Aggregate.MEAN, q -> ranks.within(q, k));
    }
    add("medianRank", Aggregate.MEDIAN, ranks::rank);
    add("relativeMedianRank", Aggregate.MEDIAN, ranks::relativeRank);
    add("meanRelativeRank", Aggregate.MEAN, ranks::relativeRank);
    add("meanReciprocalRank", Aggregate.MEAN, ranks::reciprocalRank);
    add("meanAveragePrecision", Aggregate.MEAN, ranks::averagePrecision);
    int wrong = ranks.candidates();
    for (int q = 0; q < queries; q++) {
      wrong = Math.min(wrong, ranks.candidates() - ranks.truths(q));
    }
    for (int way : options.ways()) {
      if (way - 1 <= wrong) {
        add("kWayTop1." + way, Aggregate.MEAN, q -> ranks.kWay(q, way, 1));
      }
    }
    for (int way : options.ways()) {
      if (way - 1 <= wrong && way >= FigureOptions.FEWEST_WAYS_OF_TOP5) {
        add("kWayTop5." + way, Aggregate.MEAN, q -> ranks.kWay(q, way, 5));
      }
    }
  }

  private void add(String name, Aggregate aggregate, IntToDoubleFunction of) {
    double[] column = new double[queries];
    for (int q = 0; q < queries; q++) {
      column[q] = of.applyAsDouble(q);
    }
    columns.put(name, column);
    how.put(name, aggregate);
  }

  /** Queries. */
  public int queries() {
    return queries;
  }

  /** Names of the figures. */
  public List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /**
   * A figure of each query.
   *
   * @param name one of {@link #names}
   * @return a copy, {@code [queries]}
   */
  public double[] of(String name) {
    return column(name).clone();
  }

  /** All figures, {@code [queries × names]}, row-major. */
  public double[] table() {
    double[] table = new double[queries * columns.size()];
    int c = 0;
    for (double[] column : columns.values()) {
      for (int q = 0; q < queries; q++) {
        table[q * columns.size() + c] = column[q];
      }
      c++;
    }
    return table;
  }

  /**
   * How a figure of many queries is made.
   *
   * @param name one of {@link #names}
   * @return mean or median
   */
  public Aggregate aggregate(String name) {
    column(name);
    return how.get(name);
  }

  /**
   * A figure of all queries.
   *
   * @param name one of {@link #names}
   * @return its mean or median
   */
  public double figure(String name) {
    return aggregate(name).of(column(name));
  }

  private double[] column(String name) {
    double[] column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException(
          "there is no figure of that name; name=%s, figures=%s".formatted(name, names()));
    }
    return column;
  }

  /**
   * Intervals of all figures, from the same draws.
   *
   * @param bootstrap how
   * @param factors what the queries were sampled by
   * @return by name
   */
  public Map<String, Interval> intervals(Bootstrap bootstrap, List<Factor> factors) {
    List<Interval> made =
        bootstrap.intervals(
            new ArrayList<>(columns.values()), new ArrayList<>(how.values()), factors);
    Map<String, Interval> intervals = new LinkedHashMap<>();
    int i = 0;
    for (String name : columns.keySet()) {
      intervals.put(name, made.get(i++));
    }
    return intervals;
  }
}
