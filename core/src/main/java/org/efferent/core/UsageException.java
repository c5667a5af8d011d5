package org.efferent.core;

/** Options that contradict one another or lie outside their range. */
public final class UsageException extends EfferentException {
  private static final long serialVersionUID = 1L;

  /**
   * An error with a message for people.
   *
   * @param message rule, place and value in one line
   */
  public UsageException(String message) {
    super(message, null);
  }

  /**
   * An error with a message for people and the error below it.
   *
   * @param message rule, place and value in one line
   * @param cause what failed below, shown by {@code --verbose}
   */
  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitStatus() {
    return 2;
  }
}
