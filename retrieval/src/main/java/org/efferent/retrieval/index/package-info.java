/**
 * Nearest neighbours of embeddings: an exact index over a mapped file, an approximate one over a
 * graph, and one on a server, behind one interface, {@link
 * org.efferent.retrieval.index.EmbeddingIndex}; and the scores of whole sequences by blocks.
 */
package org.efferent.retrieval.index;
