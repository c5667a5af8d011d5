package org.efferent.retrieval.index;

import java.util.Arrays;
import org.efferent.core.UsageException;

/**
 * Queries that were checked against an index, and the final score of a neighbour: cosine or inner
 * product of the query as given and the embedding as stored, in double precision.
 */
final class Queries {
  private final float[] given;
  private final double[] norms;
  private final int width;
  private final Metric metric;

  private Queries(float[] given, double[] norms, int width, Metric metric) {
    this.given = given;
    this.norms = norms;
    this.width = width;
    this.metric = metric;
  }

  /**
   * Checks.
   *
   * @param index of which width and metric
   * @param queries {@code [n × width]}
   * @return a view of them
   */
  static Queries check(EmbeddingIndex index, float[] queries, int n, int k) {
    int width = index.width();
    if (n < 1 || k < 1) {
      throw new UsageException(
          "queries and neighbours must be at least 1; queries=%d, k=%d".formatted(n, k));
    }
    if (queries.length != (long) n * width) {
      throw new UsageException(
          "queries must be as wide as the index; width=%d, numbers of %d queries=%d; encode them as the index was"
              .formatted(width, n, queries.length));
    }
    double[] norms = new double[n];
    for (int q = 0; q < n; q++) {
      norms[q] = Vectors.norm(queries, q * width, width);
      if (!Double.isFinite(norms[q])) {
        throw new UsageException(
            "query row %d: must be finite; its first number that is not is at %d"
                .formatted(q, Vectors.firstNotFinite(queries, q * width, width)));
      }
      if (norms[q] == 0 && index.metric() == Metric.COSINE) {
        throw new UsageException(
            "query row %d: must not be zero, a zero has no cosine; drop it".formatted(q));
      }
    }
    return new Queries(queries, norms, width, index.metric());
  }

  int count() {
    return norms.length;
  }

  /** Norm of a query for the bound of errors: 1 where it is divided by it. */
  double scale(int q) {
    return metric == Metric.COSINE ? 1 : norms[q];
  }

  /** Queries {@code from} to {@code to} as they are multiplied: for the cosine of norm 1. */
  float[] prepared(int from, int to) {
    float[] out = Arrays.copyOfRange(given, from * width, to * width);
    if (metric == Metric.COSINE) {
      for (int q = from; q < to; q++) {
        Vectors.divide(out, (q - from) * width, width, norms[q]);
      }
    }
    return out;
  }

  /** The final score of a stored embedding. */
  double score(int q, float[] stored) {
    double product = Vectors.dot(given, q * width, stored, 0, width);
    return metric == Metric.COSINE
        ? product / (norms[q] * Vectors.norm(stored, 0, width))
        : product;
  }
}
