package org.efferent.core;

/** A stream was not found, was lost, broke its protocol, or timed out. */
public final class StreamException extends EfferentException {
  private static final long serialVersionUID = 1L;

  /**
   * An error with a message for people.
   *
   * @param message rule, place and value in one line
   */
  public StreamException(String message) {
    super(message, null);
  }

  /**
   * An error with a message for people and the error below it.
   *
   * @param message rule, place and value in one line
   * @param cause what failed below, shown by {@code --verbose}
   */
  public StreamException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitStatus() {
    return 4;
  }
}
