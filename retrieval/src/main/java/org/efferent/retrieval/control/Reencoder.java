package org.efferent.retrieval.control;

import java.util.Optional;
import org.efferent.retrieval.evaluate.Embeddings;

/** The encoder once more, on inputs that know nothing of the stimuli. */
@FunctionalInterface
public interface Reencoder {
  /** No encoder: what needs one does not run. */
  Reencoder NONE = (change, seed) -> Optional.empty();

  /** What the inputs become. */
  enum Change {
    /** Noise of the same lengths, channels and scales. */
    NOISE,
    /** Recordings at other times than those of the stimuli. */
    TIME_SHIFT
  }

  /**
   * Embeddings of changed inputs.
   *
   * @param change what they become
   * @param seed of the change
   * @return {@code [queries × width]}, in the order of the queries; empty where this change cannot
   *     be made
   */
  Optional<Embeddings> encode(Change change, long seed);
}
