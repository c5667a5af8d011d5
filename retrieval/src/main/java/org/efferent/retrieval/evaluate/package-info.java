/**
 * Ranks of the truth among a gallery, and the figures that follow from them exactly: {@link
 * org.efferent.retrieval.evaluate.Embeddings} of queries and gallery, a {@link
 * org.efferent.retrieval.evaluate.ScoreSource} that compares them block by block, the {@link
 * org.efferent.retrieval.evaluate.Truth}, {@link org.efferent.retrieval.evaluate.Ranks}, {@link
 * org.efferent.retrieval.evaluate.RetrievalFigures} and their {@link
 * org.efferent.retrieval.evaluate.Chance}.
 *
 * <p>Ties are counted as the mean of the ranks they could take, so that a decoder that always says
 * the same reaches chance and no more. Every query meets the whole gallery.
 */
package org.efferent.retrieval.evaluate;
