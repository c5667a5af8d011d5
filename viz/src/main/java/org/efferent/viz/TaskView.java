package org.efferent.viz;

import java.util.Objects;

/**
 * One moment of a session, all that the task's window shows. Immutable: the session hands it to
 * {@link TaskWindow#update} and forgets it.
 *
 * @param phase what the session does
 * @param detail what to say instead of the phase's own advice, "3 of 96 channels are flat"; empty
 *     for that advice
 * @param scene the screen
 * @param text the lines above a keyboard; null where nothing is typed
 * @param progress the line below
 */
public record TaskView(
    TaskPhase phase, String detail, TaskScene scene, TaskText text, TaskProgress progress) {
  /** Before the session. */
  public static final TaskView START =
      new TaskView(TaskPhase.IDLE, "", TaskScene.EMPTY, null, TaskProgress.START);

  /** Checks what must be there. */
  public TaskView {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(scene, "scene");
    Objects.requireNonNull(progress, "progress");
  }

  /** The line above the screen: "STALE: no signal comes in; the cursor is stopped". */
  public String headline() {
    String why = detail.isEmpty() ? phase.advice() : detail;
    return why.isEmpty() ? phase.word() : phase.word() + ": " + why;
  }
}
