package org.efferent.retrieval.control;

import java.util.List;
import java.util.Optional;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.ScoreSource;
import org.efferent.retrieval.evaluate.Truth;
import org.efferent.retrieval.statistics.Factor;

/**
 * What controls work with.
 *
 * @param scores of the evaluation under control
 * @param gallery its candidates
 * @param truth which are right
 * @param factors what the queries were sampled by
 * @param encoder the encoder once more, for noise and shifted inputs; {@link Reencoder#NONE}
 *     without
 * @param metadata what is known without the brain
 * @param training targets of the training, to be looked for in the gallery
 */
public record ControlInput(
    ScoreSource scores,
    Embeddings gallery,
    Truth truth,
    List<Factor> factors,
    Reencoder encoder,
    List<Metadata> metadata,
    Optional<Embeddings> training) {
  /** Copies the lists. */
  public ControlInput {
    factors = List.copyOf(factors);
    metadata = List.copyOf(metadata);
  }
}
