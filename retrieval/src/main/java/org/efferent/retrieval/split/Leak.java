package org.efferent.retrieval.split;

/**
 * Something that lets the answer be known without the brain.
 *
 * @param kind of which kind
 * @param count how often
 * @param message what, where, and what to do
 */
public record Leak(Kind kind, int count, String message) {
  /** Kinds of leaks. */
  public enum Kind {
    /** One identity lies in two parts of the data. */
    IDENTITY,
    /** Segments differ in length, and length tells them apart. */
    LENGTH,
    /** Embeddings of two parts are the same. */
    DUPLICATE,
    /** Embeddings of two parts are nearly the same. */
    NEAR_DUPLICATE
  }
}
