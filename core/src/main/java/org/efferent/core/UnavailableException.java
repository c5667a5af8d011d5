package org.efferent.core;

/** A part that this machine lacks: a display, a native library, a device. */
public final class UnavailableException extends EfferentException {
  private static final long serialVersionUID = 1L;

  /**
   * An error with a message for people.
   *
   * @param message rule, place and value in one line
   */
  public UnavailableException(String message) {
    super(message, null);
  }

  /**
   * An error with a message for people and the error below it.
   *
   * @param message rule, place and value in one line
   * @param cause what failed below, shown by {@code --verbose}
   */
  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitStatus() {
    return 5;
  }
}
