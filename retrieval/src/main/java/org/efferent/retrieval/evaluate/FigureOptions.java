package org.efferent.retrieval.evaluate;

import java.util.List;

/**
 * Which figures.
 *
 * @param top the k of top-k among the whole gallery
 * @param ways sizes of the choices of k-way
 */
public record FigureOptions(List<Integer> top, List<Integer> ways) {
  /** As published: top-1, 5, 10; 2, 4, 10, 50, 100, 200 ways. */
  public static final FigureOptions DEFAULTS =
      new FigureOptions(List.of(1, 5, 10), List.of(2, 4, 10, 50, 100, 200));

  /** In k-way top-5, choices smaller than this say nothing. */
  static final int FEWEST_WAYS_OF_TOP5 = 10;

  /** Checks the ranges. */
  public FigureOptions {
    top = top.stream().distinct().sorted().toList();
    ways = ways.stream().distinct().sorted().toList();
    if (top.isEmpty() || top.get(0) < 1) {
      throw new IllegalArgumentException("k of top-k must be at least 1; k=" + top);
    }
    if (!ways.isEmpty() && ways.get(0) < 2) {
      throw new IllegalArgumentException("a choice must have at least 2 ways; ways=" + ways);
    }
  }

  /**
   * The same with other k.
   *
   * @param more the k of top-k
   * @return options
   */
  public FigureOptions withTop(List<Integer> more) {
    return new FigureOptions(more, ways);
  }
}
