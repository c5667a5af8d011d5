package org.efferent.retrieval.index;

import java.util.Locale;
import org.efferent.core.InputException;

/** How alike two embeddings are; larger is more alike. */
public enum Metric {
  /** Inner product divided by both norms, from -1 to 1. */
  COSINE,
  /** Inner product. */
  INNER_PRODUCT;

  /** As files and options name it: {@code cosine}, {@code inner-product}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The metric of a name.
   *
   * @param word as {@link #word} gives it
   * @param where begins the error
   * @return the metric
   * @throws InputException if there is none of that name
   */
  static Metric of(String word, String where) {
    for (Metric metric : values()) {
      if (metric.word().equals(word)) {
        return metric;
      }
    }
    throw new InputException(
        where
            + ": metric must be cosine or inner-product; metric="
            + word
            + "; make the index anew");
  }
}
