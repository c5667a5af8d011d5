package org.efferent.viz;

import java.awt.image.BufferedImage;
import java.util.Objects;

/**
 * A picture that was drawn from brain activity, as a window shows it.
 *
 * @param seen what was shown to the person, or null where that is not known; not modified
 * @param seenWords below it
 * @param drawn the picture; null while there is none; not modified
 * @param drawnWords below it, such as the window that it comes from and how old it is
 * @param status a line at the end, such as pictures drawn and cancelled; may be empty
 */
public record DrawnView(
    BufferedImage seen, String seenWords, BufferedImage drawn, String drawnWords, String status) {
  /** Nothing yet. */
  public static final DrawnView START =
      new DrawnView(null, "", null, "waiting for the first window", "");

  /** Checks the words. */
  public DrawnView {
    Objects.requireNonNull(seenWords, "seenWords");
    Objects.requireNonNull(drawnWords, "drawnWords");
    Objects.requireNonNull(status, "status");
  }

  /** All of it in words. */
  public String headline() {
    return (seenWords.isEmpty() ? "" : "seen: " + seenWords + "; ") + "drawn: " + drawnWords;
  }
}
