package org.efferent.viz;

/** Who does what the operator asks for. */
@FunctionalInterface
public interface OperatorListener {
  /**
   * Does it, or notes it for the session's thread. Called on Swing's thread: it must not wait.
   *
   * @param what is asked for
   */
  void operate(Operator what);
}
