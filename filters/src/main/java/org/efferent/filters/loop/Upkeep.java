package org.efferent.filters.loop;

import org.efferent.core.UsageException;

/**
 * What is set right while a decoder steers alone, without a new decoder.
 *
 * @param biasHalfLifeSeconds of the constant drift that is taken out of the decoded velocity
 *     ({@link org.efferent.filters.calibration.BiasCorrection}), in seconds of fast bins; NaN to
 *     leave it
 * @param zScoreSeconds length of the blocks after each of which features are standardised by that
 *     block's statistics ({@link org.efferent.filters.calibration.BlockZScore}); NaN to keep those
 *     of the calibration
 */
public record Upkeep(double biasHalfLifeSeconds, double zScoreSeconds) {
  /** Nothing is touched. */
  public static final Upkeep NONE = new Upkeep(Double.NaN, Double.NaN);

  /** Checks the times. */
  public Upkeep {
    if (biasHalfLifeSeconds <= 0 || (zScoreSeconds < 5 || zScoreSeconds > 3600)) {
      throw new UsageException(
          "a bias has a half-life above 0 s and a block of z-scores lasts 5 s to an hour;"
              + " biasHalfLifeSeconds="
              + biasHalfLifeSeconds
              + ", zScoreSeconds="
              + zScoreSeconds);
    }
  }

  /** Whether the velocity's drift is taken out. */
  public boolean correctsBias() {
    return !Double.isNaN(biasHalfLifeSeconds);
  }

  /** Whether features are standardised anew after each block. */
  public boolean standardises() {
    return !Double.isNaN(zScoreSeconds);
  }
}
