package org.efferent.retrieval.index;

import java.util.List;
import java.util.Objects;

/** What a search found: for each query, ids and scores, best first, equal scores by id. */
public final class Hits {
  private final List<List<Hit>> queries;

  /**
   * One that was found.
   *
   * @param id of the embedding
   * @param score cosine or inner product
   */
  public record Hit(String id, double score) {}

  /**
   * Hits of queries.
   *
   * @param queries a list each, in order
   */
  public Hits(List<List<Hit>> queries) {
    this.queries = queries.stream().map(List::copyOf).toList();
  }

  /** Queries. */
  public int queries() {
    return queries.size();
  }

  /**
   * The hits of a query.
   *
   * @param query from 0
   * @return best first
   */
  public List<Hit> of(int query) {
    return queries.get(Objects.checkIndex(query, queries.size()));
  }

  /**
   * The ids of a query's hits.
   *
   * @param query from 0
   * @return best first
   */
  public List<String> ids(int query) {
    return of(query).stream().map(Hit::id).toList();
  }
}
