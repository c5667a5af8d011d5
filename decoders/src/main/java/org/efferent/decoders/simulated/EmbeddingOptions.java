package org.efferent.decoders.simulated;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Embeddings of stimuli, like CLIP's: of unit length, with much in common, most of what differs in
 * a few directions. Before it is scaled to unit length an embedding is a common vector of length 1
 * plus, with total variances as below: its concept and its image in the low-rank directions (the
 * r-th with variance ∝ 1/r), and what is its own in all directions.
 *
 * @param dimensions of an embedding
 * @param rank low-rank directions
 * @param concept variance that images of a concept share
 * @param image variance between images of a concept
 * @param own variance in all directions
 * @param file rows of an {@code .npy} of float32 to take instead, {@code [stimuli × …]}: images of
 *     all training concepts, then of validation, then of test; what is above does not count then
 */
public record EmbeddingOptions(
    int dimensions, int rank, double concept, double image, double own, Optional<Path> file) {
  /** 64 dimensions, 16 low-rank; two embeddings have a cosine of a half on average. */
  public static final EmbeddingOptions DEFAULTS =
      new EmbeddingOptions(64, 16, 0.5, 0.25, 0.25, Optional.empty());

  /** Checks the ranges. */
  public EmbeddingOptions {
    Rules.atLeast("embeddings.dimensions", 2, dimensions);
    Rules.atLeast("embeddings.rank", 1, rank);
    Rules.notNegative("embeddings.concept", concept);
    Rules.notNegative("embeddings.image", image);
    Rules.positive("embeddings.own", own);
  }

  /**
   * Embeddings from a file.
   *
   * @param rows {@code .npy} of float32
   * @return a copy
   */
  public EmbeddingOptions from(Path rows) {
    return new EmbeddingOptions(dimensions, rank, concept, image, own, Optional.of(rows));
  }
}
