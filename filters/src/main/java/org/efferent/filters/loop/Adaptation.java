package org.efferent.filters.loop;

import java.util.Locale;
import org.efferent.core.UsageException;

/**
 * How a decoder follows the user's neurons while it is in use. A new decoder that is worse than the
 * present one on bins that neither saw is refused.
 *
 * @param kind how
 * @param everySeconds from one new decoder to the next
 * @param halfLifeSeconds after which what was known counts half
 */
public record Adaptation(Kind kind, double everySeconds, double halfLifeSeconds) {
  /** How a decoder is made of what it knew and of new bins. */
  public enum Kind {
    /**
     * It is trained anew on a memory of bins in which older ones are thinned out, without the
     * channels that were dead in the last stretch. For every filter.
     */
    ROWS,
    /**
     * The parameters of a Kalman filter are mixed with those of the new bins alone ({@link
     * org.efferent.filters.calibration.SmoothBatch}); what happens to features before stays.
     */
    SMOOTH_BATCH,
    /**
     * The statistics of a Kalman filter are updated bin by bin ({@link
     * org.efferent.filters.calibration.RecursiveMaximumLikelihood}), and every so often the filter
     * that they call for comes into use; what happens to features before stays.
     */
    RML;

    /** Name in commands and records: {@code smooth-batch}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Checks the times. */
  public Adaptation {
    if (kind == null) {
      throw new UsageException("an adaptation needs a kind; kind=null");
    }
    if (!(everySeconds >= 5 && everySeconds <= 3600) || !(halfLifeSeconds > 0)) {
      throw new UsageException(
          "adaptation happens every 5 s to an hour and has a half-life above 0 s; everySeconds="
              + everySeconds
              + ", halfLifeSeconds="
              + halfLifeSeconds);
    }
  }

  /**
   * Training anew on a memory of bins.
   *
   * @param everySeconds from one training to the next
   * @param halfLifeSeconds after which half of a stretch's bins are forgotten
   */
  public Adaptation(double everySeconds, double halfLifeSeconds) {
    this(Kind.ROWS, everySeconds, halfLifeSeconds);
  }

  /** Whether a Kalman filter's own parameters are followed. */
  boolean followsParameters() {
    return kind != Kind.ROWS;
  }
}
