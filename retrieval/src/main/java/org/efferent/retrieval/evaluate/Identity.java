package org.efferent.retrieval.evaluate;

import java.util.Locale;

/** What two rows can have in common. */
public enum Identity {
  /** The picture, or the segment of speech. */
  STIMULUS,
  /** What is in the picture. */
  CONCEPT,
  /** The sentence around a segment. */
  SENTENCE,
  /** The word at the beginning of a segment. */
  WORD,
  /** Who saw or heard it. */
  SUBJECT,
  /** When. */
  SESSION;

  /** Its name in files and messages. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
