package org.efferent.viz;

import java.util.Objects;

/**
 * The two lines above a keyboard.
 *
 * @param prompt what is to be typed
 * @param typed what stands there
 * @param right how many of the typed characters are right; those after them are marked as wrong
 */
public record TaskText(String prompt, String typed, int right) {
  /** Checks the count. */
  public TaskText {
    Objects.requireNonNull(prompt, "prompt");
    if (right < 0 || right > typed.length()) {
      throw new IllegalArgumentException(
          "right counts typed characters; right=" + right + ", typed=" + typed.length());
    }
  }
}
