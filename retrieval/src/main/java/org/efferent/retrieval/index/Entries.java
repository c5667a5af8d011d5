package org.efferent.retrieval.index;

import java.util.List;
import org.efferent.core.InputException;

/**
 * What goes into an index.
 *
 * @param vectors a row each
 * @param ids a name each, unique
 * @param metadata a row each
 */
public record Entries(EmbeddingSource vectors, List<String> ids, Metadata metadata) {
  private static final int MOST_ROWS = 200_000_000;
  private static final int MOST_NUMBERS = 1 << 20;

  /** Checks that the three go together. */
  public Entries {
    if (vectors.rows() < 1 || vectors.rows() > MOST_ROWS) {
      throw new InputException(
          "an index holds 1 to %d embeddings; embeddings=%d".formatted(MOST_ROWS, vectors.rows()));
    }
    if (ids.size() != vectors.rows()) {
      throw new InputException(
          "every embedding must have an id; embeddings=%d, ids=%d"
              .formatted(vectors.rows(), ids.size()));
    }
    if (metadata.rows() != vectors.rows() && !metadata.columns().isEmpty()) {
      throw new InputException(
          "every embedding must have a row of metadata; embeddings=%d, rows=%d"
              .formatted(vectors.rows(), metadata.rows()));
    }
    if (vectors.width() < 1 || vectors.width() > MOST_NUMBERS) {
      throw new InputException(
          "an embedding has 1 to %d numbers; numbers=%d".formatted(MOST_NUMBERS, vectors.width()));
    }
    ids = List.copyOf(ids);
    Ids.check(ids);
  }

  /**
   * Embeddings that are named by their rows.
   *
   * @param vectors a row each
   */
  public Entries(EmbeddingSource vectors) {
    this(vectors, Ids.ofRows(Math.toIntExact(vectors.rows())), Metadata.NONE);
  }

  int rows() {
    return ids.size();
  }

  /**
   * Reads an embedding as an index stores it: checked, and for the cosine divided by its norm.
   *
   * @return its norm as given
   */
  double read(int row, Metric metric, float[] into) {
    vectors.read(row, into, 0);
    double norm = Vectors.norm(into, 0, into.length);
    if (!Double.isFinite(norm)) {
      throw new InputException(
          "row %d (id '%s'): an embedding must be finite; its first such number is at %d; drop the row or mend it"
              .formatted(row, ids.get(row), Vectors.firstNotFinite(into, 0, into.length)));
    }
    if (metric == Metric.COSINE) {
      if (norm == 0) {
        throw new InputException(
            "row %d (id '%s'): an embedding must not be zero where the cosine is asked; drop the row or use inner-product"
                .formatted(row, ids.get(row)));
      }
      Vectors.divide(into, 0, into.length, norm);
    }
    return norm;
  }
}
