package org.efferent.core;

/**
 * Root of the errors that a user can do something about. The message is one line: the rule, where,
 * the value, and what to do.
 *
 * <p>The kinds are closed, because each has a meaning of its own for the caller and an exit status
 * of its own in the command.
 */
public abstract sealed class EfferentException extends RuntimeException
    permits UsageException,
        InputException,
        UnsupportedInputException,
        StreamException,
        UnavailableException {
  private static final long serialVersionUID = 1L;

  EfferentException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The exit status of the command for this kind of error: 2, 3, 4 or 5. */
  public abstract int exitStatus();
}
