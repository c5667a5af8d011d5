package org.efferent.viz;

/** What the session does, in words for the user and the operator. */
public enum TaskPhase {
  /** Nothing has begun. */
  IDLE("READY", "the session has not begun", Tone.CALM, false),
  /** The cursor moves by itself, and the decoder learns. */
  CALIBRATING_OPEN("CALIBRATING", "watch the cursor and imagine moving it", Tone.CALM, true),
  /** The decoder steers with help, and learns. */
  CALIBRATING_ASSISTED("CALIBRATING", "steer; the program helps", Tone.CALM, true),
  /** A decoder is being made of the block that ended. */
  TRAINING("LEARNING", "a decoder is being made; rest", Tone.CALM, false),
  /** The user steers. */
  RUNNING("RUNNING", "", Tone.CALM, true),
  /** The operator holds the cursor. */
  PAUSED("PAUSED", "the cursor is held; P goes on", Tone.WARNING, false),
  /** The watchdog stopped the cursor because no signal comes in. */
  STALE("STALE", "no signal comes in; the cursor is stopped", Tone.WARNING, false),
  /** The operator stopped the cursor at once. */
  EMERGENCY("EMERGENCY STOP", "velocity is zero; P goes on, S ends", Tone.ALARM, false),
  /** Something is broken. */
  FAULT("FAULT", "the session cannot go on", Tone.ALARM, false),
  /** The session has ended. */
  STOPPED("STOPPED", "the session has ended", Tone.WARNING, false);

  /** How loudly a phase is said. */
  enum Tone {
    CALM,
    WARNING,
    ALARM
  }

  private final String word;
  private final String advice;
  private final Tone tone;
  private final boolean moving;

  TaskPhase(String word, String advice, Tone tone, boolean moving) {
    this.word = word;
    this.advice = advice;
    this.tone = tone;
    this.moving = moving;
  }

  /** One or two words. */
  public String word() {
    return word;
  }

  /** What it means for the user; empty where all is well. */
  public String advice() {
    return advice;
  }

  /** Whether the cursor moves; else it is painted hollow. */
  public boolean moving() {
    return moving;
  }

  /** Whether {@link Operator#RESUME} is what P asks for. */
  public boolean held() {
    return this == PAUSED || this == EMERGENCY;
  }

  Tone tone() {
    return tone;
  }
}
