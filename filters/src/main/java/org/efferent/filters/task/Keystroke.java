package org.efferent.filters.task;

/**
 * What one trial of {@link CopyTyping} typed.
 *
 * @param seconds that it took, from its cue to its end
 * @param effect on the text
 * @param typed the text after it; empty where it finished the prompt
 */
public record Keystroke(double seconds, Effect effect, String typed) {
  /** What a key did. */
  public enum Effect {
    /** The next right character was added. */
    RIGHT_TYPED,
    /** A wrong character was added, or any after a wrong one. */
    WRONG_TYPED,
    /** A right character was deleted. */
    RIGHT_DELETED,
    /** A wrong character was deleted. */
    WRONG_DELETED,
    /** The key that deletes was selected where nothing stood. */
    NOTHING,
    /** No key was selected in time. */
    NONE
  }
}
