package org.efferent.core;

/**
 * Who listens to a decoder: a cursor, an LSL outlet, a recorder, a plot, a generator. Called on the
 * pipeline's thread; a slow listener belongs behind a thread of its own.
 *
 * @param <E> kind of estimate
 */
@FunctionalInterface
public interface Sink<E extends Estimate> {
  /**
   * Takes one estimate. An exception ends the session in good order and is reported there.
   *
   * @param decoded the estimate and its provenance
   */
  void accept(Decoded<E> decoded);
}
