package org.efferent.filters.features;

import org.efferent.core.UsageException;

/**
 * How rows are put into bins. Stamps that jitter by more than {@code lateSeconds} are to be
 * smoothed first (an LSL inlet can): a late chunk would be taken for a loss and then a leap back.
 *
 * @param binSeconds length of a bin
 * @param lateSeconds how far a stamp may lie behind the line of the stamps before it until rows
 *     count as lost; at least 1.5 periods of the rows are allowed
 * @param fillSeconds the longest loss that is bridged by bins of lost rows; after a longer one the
 *     bins and the features' state start anew
 */
public record BinOptions(double binSeconds, double lateSeconds, double fillSeconds) {
  /** Bins of 20 ms; 5 ms late is lost; losses up to a second are bridged. */
  public static final BinOptions DEFAULTS = ofSeconds(0.02);

  /** Checks the values. */
  public BinOptions {
    if (!(binSeconds > 0) || !(binSeconds <= 60)) {
      throw new UsageException(
          "a bin must be longer than 0 s and at most 60 s long; binSeconds=" + binSeconds);
    }
    if (!(lateSeconds >= 0) || !(fillSeconds >= 0) || !(fillSeconds <= 60)) {
      throw new UsageException(
          "lateSeconds must not be negative, fillSeconds 0 to 60; lateSeconds="
              + lateSeconds
              + ", fillSeconds="
              + fillSeconds);
    }
  }

  /**
   * Bins of a length; a quarter of it late is lost; losses up to a second are bridged.
   *
   * @param binSeconds length of a bin
   * @return the options
   */
  public static BinOptions ofSeconds(double binSeconds) {
    return new BinOptions(binSeconds, binSeconds / 4, 1);
  }
}
