package org.efferent.decoders.dataset;

import java.util.Objects;

/**
 * One row of {@code examples.csv}.
 *
 * @param subject from 0
 * @param session from 0
 * @param layout which of the data set's layouts; 0 where it has none
 * @param stimulus what was shown or said; its examples share a target row and a split
 * @param target row in every {@code target-NAME.npy}
 * @param split what it is for
 */
public record Example(
    int subject, int session, int layout, String stimulus, int target, Split split) {
  /** Checks that no number is negative and nothing is missing. */
  public Example {
    Objects.requireNonNull(split, "split");
    if (subject < 0 || session < 0 || layout < 0 || target < 0) {
      throw new IllegalArgumentException(
          "numbers of an example must not be negative; subject=%d, session=%d, layout=%d, target=%d"
              .formatted(subject, session, layout, target));
    }
    if (stimulus.isBlank() || stimulus.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a stimulus must have a name in one line; stimulus='" + stimulus + "'");
    }
  }
}
