package org.efferent.filters.loop;

import org.efferent.core.UsageException;

/**
 * How a decoder follows the user's neurons while it is in use: every so often it is trained anew on
 * a memory of bins in which older ones are thinned out (SmoothBatch by rows), without the channels
 * that were dead in the last stretch. A new decoder that is worse than the present one on that
 * stretch, which neither saw, is refused.
 *
 * @param everySeconds from one training to the next
 * @param halfLifeSeconds after which half of a stretch's bins are forgotten
 */
public record Adaptation(double everySeconds, double halfLifeSeconds) {
  /** Checks the times. */
  public Adaptation {
    if (!(everySeconds >= 5 && everySeconds <= 3600) || !(halfLifeSeconds > 0)) {
      throw new UsageException(
          "adaptation happens every 5 s to an hour and has a half-life above 0 s; everySeconds="
              + everySeconds
              + ", halfLifeSeconds="
              + halfLifeSeconds);
    }
  }
}
