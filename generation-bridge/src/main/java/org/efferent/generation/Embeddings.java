package org.efferent.generation;

import org.efferent.core.InputException;

/** What every generator asks of an embedding before anything is computed. */
final class Embeddings {
  /** An embedding of length 1 may be off by this much. */
  private static final double LENGTH_OFF = 0.01;

  private Embeddings() {}

  /**
   * Says what is wrong with an embedding.
   *
   * @param generator its name, for messages
   * @param wanted its shape, and whether its length must be 1
   * @param embedding not modified
   * @throws InputException if it is of another width, not finite, or not of length 1
   */
  static void check(String generator, GeneratorConfig.Latent wanted, float[] embedding) {
    if (embedding.length != wanted.width()) {
      throw new InputException(
          "an embedding for %s must have %d numbers, %s; numbers=%d"
              .formatted(generator, wanted.width(), wanted.shape(), embedding.length));
    }
    double square = 0;
    for (int i = 0; i < embedding.length; i++) {
      if (!Float.isFinite(embedding[i])) {
        throw new InputException(
            "an embedding must be finite; number %d is %s".formatted(i, embedding[i]));
      }
      square += (double) embedding[i] * embedding[i];
    }
    if (wanted.unit() && Math.abs(Math.sqrt(square) - 1) > LENGTH_OFF) {
      throw new InputException(
          "an embedding for %s must have length 1; length=%.4f; divide it by its length"
              .formatted(generator, Math.sqrt(square)));
    }
  }
}
