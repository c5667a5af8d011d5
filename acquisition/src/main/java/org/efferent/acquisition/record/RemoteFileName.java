package org.efferent.acquisition.record;

import org.efferent.core.UsageException;

/**
 * The parts of a file name as LabRecorder's remote control takes them; what is empty stays as it is
 * there. No part may hold braces or control characters, which LabRecorder could not tell from its
 * own.
 *
 * @param root folder of the study, on LabRecorder's computer
 * @param template path below it, with {@code %p} (participant), {@code %s} (session), {@code %b}
 *     (task) and {@code %n} (run)
 * @param participant who
 * @param session which session
 * @param task which task, or block
 * @param run which run
 */
public record RemoteFileName(
    String root, String template, String participant, String session, String task, String run) {
  /** Leaves all as it is. */
  public static final RemoteFileName UNCHANGED = new RemoteFileName("", "", "", "", "", "");

  /** Checks the parts. */
  public RemoteFileName {
    check("root", root);
    check("template", template);
    check("participant", participant);
    check("session", session);
    check("task", task);
    check("run", run);
  }

  private static void check(String name, String value) {
    boolean wrong = value.chars().anyMatch(c -> c == '{' || c == '}' || Character.isISOControl(c));
    if (wrong) {
      throw new UsageException(
          "%s must have no braces and no line ends, which LabRecorder takes for its own; %s=%s"
              .formatted(name, name, value.replaceAll("\\p{Cc}", "?")));
    }
  }

  /** Whether nothing is named. */
  public boolean isEmpty() {
    return equals(UNCHANGED);
  }

  /** The line that says it. */
  String line() {
    StringBuilder line = new StringBuilder("filename");
    part(line, "root", root);
    part(line, "template", template);
    part(line, "participant", participant);
    part(line, "session", session);
    part(line, "task", task);
    part(line, "run", run);
    return line.toString();
  }

  private static void part(StringBuilder line, String name, String value) {
    if (!value.isEmpty()) {
      line.append(" {").append(name).append(':').append(value).append('}');
    }
  }
}
