package org.efferent.retrieval.index;

/**
 * Finds the embeddings that are most like given ones. All implementations order alike: best score
 * first, equal scores by {@link Ids#compare ids}; scores are computed in double precision over the
 * stored 32-bit numbers. What differs is whether a neighbour may be missed, which the
 * implementation says. One thread at a time.
 */
public interface EmbeddingIndex extends AutoCloseable {
  /**
   * Searches.
   *
   * @param queries {@code [n × width]}, row-major, finite; for {@link Metric#COSINE} none zero
   * @param n queries, 1 or more
   * @param k neighbours each, 1 or more
   * @param filter which embeddings may be found
   * @return up to {@code k} hits a query; fewer where fewer pass the filter
   * @throws org.efferent.core.UsageException if the queries do not fit the index or the filter
   *     names what is not there
   * @throws org.efferent.core.StreamException if a server was lost or did not answer in time
   */
  Hits search(float[] queries, int n, int k, Filter filter);

  /** Numbers of an embedding. */
  int width();

  /** How many embeddings there are. */
  long size();

  /** How alike two are. */
  Metric metric();

  @Override
  void close();
}
