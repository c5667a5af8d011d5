package org.efferent.viz;

/** What an operator can ask a session for, by a button or a key. */
public enum Operator {
  /** Hold the cursor. */
  PAUSE("Pause", "P", "Holds the cursor until it goes on."),
  /** Go on after a pause or an emergency stop. */
  RESUME("Go on", "P", "Lets the cursor move again."),
  /** End the session in good order. */
  STOP("Stop", "S", "Ends the session; the recording is closed and the report written."),
  /** Zero velocity, at once. */
  EMERGENCY_STOP("Emergency stop", "ESCAPE", "Sets the velocity to zero at once."),
  /** Put the cursor into the middle. */
  RECENTRE("Recentre", "C", "Puts the cursor into the middle."),
  /** Keep the decoder as it is. */
  FREEZE("Freeze decoder", "F", "Keeps the decoder as it is: no adaptation."),
  /** Let the decoder adapt again. */
  UNFREEZE("Unfreeze decoder", "F", "Lets the decoder adapt again."),
  /** Take the decoder before the present one. */
  ROLLBACK("Roll back decoder", "B", "Takes the decoder before the present one."),
  /** Begin the next block. */
  NEXT("Next block", "N", "Ends this block and begins the next.");

  private final String label;
  private final String key;
  private final String description;

  Operator(String label, String key, String description) {
    this.label = label;
    this.key = key;
    this.description = description;
  }

  /** What its button says. */
  public String label() {
    return label;
  }

  /** The key, as {@link javax.swing.KeyStroke#getKeyStroke(String)} reads it. */
  public String key() {
    return key;
  }

  /** The key, as people call it. */
  public String keyName() {
    return this == EMERGENCY_STOP ? "Esc" : key;
  }

  /** What it does, a sentence. */
  public String description() {
    return description;
  }

  /**
   * What this asks for at a moment: one key pauses and goes on, one freezes and unfreezes.
   *
   * @param view the moment
   * @return this, or what undoes it
   */
  public Operator at(TaskView view) {
    return switch (this) {
      case PAUSE, RESUME -> view.phase().held() ? RESUME : PAUSE;
      case FREEZE, UNFREEZE -> view.progress().frozen() ? UNFREEZE : FREEZE;
      default -> this;
    };
  }
}
