package org.efferent.core;

/**
 * Says what a window means. A decoder that keeps state from window to window (a Kalman filter) is
 * used by one thread and starts anew at {@link #reset()}.
 *
 * @param <E> what it says
 */
@FunctionalInterface
public interface Decoder<E extends Estimate> {
  /**
   * Decodes one window.
   *
   * @param window the samples, valid during the call
   * @return the estimate, which the decoder does not touch again
   */
  E decode(Window window);

  /** Forgets all that came before; the drivers call it at the start of a run. */
  default void reset() {}
}
