/**
 * Nearest neighbours of embeddings: an exact index over a mapped file, an approximate one over a
 * graph, and one on a server, behind one interface, {@link
 * org.efferent.retrieval.index.EmbeddingIndex}; and the scores of whole sequences by blocks.
 *
 * <p>{@link org.efferent.retrieval.index.ExactIndex} is the reference; {@link
 * org.efferent.retrieval.index.ApproximateIndex} is faster and may miss neighbours; {@link
 * org.efferent.retrieval.index.PgVectorIndex} asks PostgreSQL with pgvector. {@link
 * org.efferent.retrieval.index.Filter} narrows by {@link org.efferent.retrieval.index.Metadata};
 * {@link org.efferent.retrieval.index.IndexFiles} opens a file of either kind.
 */
package org.efferent.retrieval.index;
