package org.efferent.retrieval.index;

import org.efferent.core.UsageException;

/**
 * How a graph of neighbours is built (Malkov and Yashunin, IEEE TPAMI 42, 2020; the choice of
 * neighbours is that of Vamana, Subramanya et al., NeurIPS 2019).
 *
 * @param degree most neighbours of an embedding, M
 * @param buildBreadth candidates that are looked at when one is added, efConstruction
 * @param searchBreadth candidates that a search keeps, ef; at least k, more find more
 * @param alpha how much further a neighbour may be that shortens ways; 1 for none
 */
public record ApproximateOptions(int degree, int buildBreadth, int searchBreadth, float alpha) {
  /** Sixteen neighbours, breadth 100 for building and searching. */
  public static final ApproximateOptions DEFAULTS = new ApproximateOptions(16, 100, 100, 1.2f);

  /** Checks the ranges. */
  public ApproximateOptions {
    if (degree < 2 || degree > 128) {
      throw new UsageException("degree must be from 2 to 128; degree=" + degree);
    }
    if (buildBreadth < degree || buildBreadth > 10_000) {
      throw new UsageException(
          "buildBreadth must be from degree to 10000; buildBreadth=" + buildBreadth);
    }
    if (searchBreadth < 1 || searchBreadth > 1_000_000) {
      throw new UsageException(
          "searchBreadth must be from 1 to 1000000; searchBreadth=" + searchBreadth);
    }
    if (!(alpha >= 1 && alpha <= 2)) {
      throw new UsageException("alpha must be from 1 to 2; alpha=" + alpha);
    }
  }
}
