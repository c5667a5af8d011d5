package org.efferent.data.edf;

import org.efferent.core.UsageException;

/**
 * How a file is written.
 *
 * @param overwrite whether a file that is already there may be replaced
 * @param bdf 24 bits a sample (BDF+) instead of 16 (EDF+)
 * @param recordSeconds duration of a data record; 0 to choose one that fits rates and length
 */
public record EdfOptions(boolean overwrite, boolean bdf, double recordSeconds) {
  /** EDF+, nothing is overwritten, the duration of a data record is chosen. */
  public static final EdfOptions DEFAULTS = new EdfOptions(false, false, 0);

  /** Checks the duration. */
  public EdfOptions {
    if (!(recordSeconds >= 0) || recordSeconds > 99_999_999) {
      throw new UsageException(
          "recordSeconds must lie between 0 (automatic) and 99999999; recordSeconds="
              + recordSeconds);
    }
  }

  /** BDF+ instead of EDF+. */
  public EdfOptions withBdf() {
    return new EdfOptions(overwrite, true, recordSeconds);
  }

  /** Replaces a file that is already there. */
  public EdfOptions overwriting() {
    return new EdfOptions(true, bdf, recordSeconds);
  }
}
