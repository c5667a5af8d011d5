package org.efferent.core;

/** A file, a recording, a model or a configuration that is not what it claims to be. */
public final class InputException extends EfferentException {
  private static final long serialVersionUID = 1L;

  /**
   * An error with a message for people.
   *
   * @param message rule, place and value in one line
   */
  public InputException(String message) {
    super(message, null);
  }

  /**
   * An error with a message for people and the error below it.
   *
   * @param message rule, place and value in one line
   * @param cause what failed below, shown by {@code --verbose}
   */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitStatus() {
    return 3;
  }
}
