package org.efferent.filters.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Fitts' law over trials (ISO 9241-411; MacKenzie, "Fitts' law as a research and design tool in
 * human-computer interaction", 1992): a condition a target size, and the line {@code MT = a + b ID}
 * through all acquired trials by least squares.
 *
 * @param conditions from the smallest target to the largest
 * @param throughput mean of the conditions' throughputs, bit/s
 * @param effectiveThroughput mean of the conditions' effective throughputs, bit/s
 * @param interceptSeconds a
 * @param slopeSecondsPerBit b
 * @param r2 share of the movement time's variance that the line explains
 */
public record FittsFigures(
    List<FittsCondition> conditions,
    double throughput,
    double effectiveThroughput,
    double interceptSeconds,
    double slopeSecondsPerBit,
    double r2) {

  /** Standard deviations that hold 96 % of a normal distribution: the effective width. */
  private static final double EFFECTIVE_WIDTH = 4.133;

  private static final int FEWEST = 3;

  /** Copies the list. */
  public FittsFigures {
    conditions = List.copyOf(conditions);
  }

  /**
   * Measures trials.
   *
   * @param trials finished, of one task
   * @return their figures
   */
  public static FittsFigures of(List<Trial> trials) {
    return from(trials.stream().map(TrialFigures::of).toList());
  }

  static FittsFigures from(List<TrialFigures> all) {
    Map<Double, List<TrialFigures>> sizes = new TreeMap<>();
    for (TrialFigures f : all) {
      sizes.computeIfAbsent(f.width(), w -> new ArrayList<>()).add(f);
    }
    List<FittsCondition> conditions = new ArrayList<>();
    sizes.forEach((width, trials) -> conditions.add(condition(width, trials)));
    double[] line = line(all.stream().filter(FittsFigures::acquired).toList());
    return new FittsFigures(
        conditions,
        mean(conditions, FittsCondition::throughput),
        mean(conditions, FittsCondition::effectiveThroughput),
        line[0],
        line[1],
        line[2]);
  }

  private static boolean acquired(TrialFigures f) {
    return !Double.isNaN(f.movementSeconds());
  }

  private static FittsCondition condition(double width, List<TrialFigures> trials) {
    List<TrialFigures> hits = trials.stream().filter(FittsFigures::acquired).toList();
    double distance = mean(hits, TrialFigures::endAlong);
    double spread = hits.size() < FEWEST ? Double.NaN : EFFECTIVE_WIDTH * deviation(hits);
    double seconds = mean(hits, TrialFigures::movementSeconds);
    boolean sound = spread > 0 && distance > 0;
    double difficulty = sound ? TrialFigures.log2(distance / spread + 1) : Double.NaN;
    return new FittsCondition(
        width,
        trials.size(),
        hits.size(),
        mean(hits, TrialFigures::distance),
        mean(hits, TrialFigures::difficulty),
        seconds,
        mean(
            hits, f -> f.movementSeconds() > 0 ? f.difficulty() / f.movementSeconds() : Double.NaN),
        distance,
        spread,
        difficulty,
        seconds > 0 ? difficulty / seconds : Double.NaN);
  }

  /** Standard deviation of where selections were made beyond or before the centre. */
  private static double deviation(List<TrialFigures> hits) {
    double off = mean(hits, f -> f.endAlong() - f.distance());
    double squares = 0;
    for (TrialFigures f : hits) {
      double deviation = f.endAlong() - f.distance() - off;
      squares += deviation * deviation;
    }
    return Math.sqrt(squares / (hits.size() - 1));
  }

  /** Intercept, slope and r² of movement time over difficulty; NaN where there is no line. */
  private static double[] line(List<TrialFigures> hits) {
    double mx = mean(hits, TrialFigures::difficulty);
    double my = mean(hits, TrialFigures::movementSeconds);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (TrialFigures f : hits) {
      double dx = f.difficulty() - mx;
      double dy = f.movementSeconds() - my;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
    if (hits.size() < FEWEST || !(xx > 1e-9)) {
      return new double[] {Double.NaN, Double.NaN, Double.NaN};
    }
    double slope = xy / xx;
    return new double[] {my - slope * mx, slope, yy > 0 ? slope * xy / yy : Double.NaN};
  }

  private static <T> double mean(List<T> all, ToDoubleFunction<T> figure) {
    return all.stream()
        .mapToDouble(figure)
        .filter(v -> !Double.isNaN(v))
        .average()
        .orElse(Double.NaN);
  }

  /** All figures by name; the conditions as a list of such. */
  public Map<String, Object> byName() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("throughput", throughput);
    all.put("effectiveThroughput", effectiveThroughput);
    all.put("interceptSeconds", interceptSeconds);
    all.put("slopeSecondsPerBit", slopeSecondsPerBit);
    all.put("r2", r2);
    all.put("conditions", conditions.stream().map(FittsCondition::byName).toList());
    return all;
  }
}
