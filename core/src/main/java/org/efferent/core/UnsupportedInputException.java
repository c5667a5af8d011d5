package org.efferent.core;

/** Input that is well formed but of a kind that this version does not read. */
public final class UnsupportedInputException extends EfferentException {
  private static final long serialVersionUID = 1L;

  /**
   * An error with a message for people.
   *
   * @param message rule, place and value in one line
   */
  public UnsupportedInputException(String message) {
    super(message, null);
  }

  /**
   * An error with a message for people and the error below it.
   *
   * @param message rule, place and value in one line
   * @param cause what failed below, shown by {@code --verbose}
   */
  public UnsupportedInputException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitStatus() {
    return 3;
  }
}
