package org.efferent.core;

/**
 * Changes samples in place before they are cut into windows (a filter, a reference, a z-score). It
 * gives the same result however a stream is cut into chunks.
 */
@FunctionalInterface
public interface Transform {
  /**
   * Changes the values of a chunk; rows, stamps and channels stay.
   *
   * @param chunk the rows that follow those of the call before, unless {@link Chunk#lostBefore()}
   *     says otherwise
   */
  void apply(Chunk chunk);

  /** Forgets all that came before; the drivers call it at the start of a run. */
  default void reset() {}
}
