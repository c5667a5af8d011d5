package org.efferent.core;

/**
 * Root of the errors that a user can do something about. The message is one line: the rule, where,
 * the value, and what to do. It quotes what comes from files and networks, which may be long and
 * may command a terminal: so it is cut at {@value #LONGEST} characters, and control characters but
 * tabs and ends of lines are shown as {@code \uFFFD}.
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
  private static final int LONGEST = 4000;

  EfferentException(String message, Throwable cause) {
    super(printable(message), cause);
  }

  private static String printable(String message) {
    if (message == null) {
      return null;
    }
    int length = Math.min(LONGEST, message.length());
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = message.charAt(i);
      boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
      text.append(control ? '\uFFFD' : c);
    }
    if (message.length() > LONGEST) {
      text.append(" … (").append(message.length()).append(" characters)");
    }
    return text.toString();
  }

  /** The exit status of the command for this kind of error: 2, 3, 4 or 5. */
  public abstract int exitStatus();
}
