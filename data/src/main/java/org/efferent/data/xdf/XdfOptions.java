package org.efferent.data.xdf;

import org.efferent.core.UsageException;

/**
 * How stamps are treated after reading. The thresholds are those of pyxdf's {@code load_xdf}.
 *
 * @param synchronizeClocks whether stamps are moved to the recorder's clock by the measured offsets
 * @param handleClockResets whether a stream whose clock restarted gets a fit for each stretch
 * @param dejitter whether the stamps of regular streams are smoothed
 * @param breakSeconds a step is a gap if it is longer than this and than {@code breakSamples}
 * @param breakSamples the same in nominal sample intervals
 */
public record XdfOptions(
    boolean synchronizeClocks,
    boolean handleClockResets,
    boolean dejitter,
    double breakSeconds,
    double breakSamples) {
  /** Everything on; gaps are longer than one second and 500 samples. */
  public static final XdfOptions DEFAULTS = new XdfOptions(true, true, true, 1, 500);

  /** The stamps as they stand in the file. */
  public static final XdfOptions RAW = new XdfOptions(false, false, false, 1, 500);

  /** Checks the thresholds. */
  public XdfOptions {
    if (!(breakSeconds >= 0) || !(breakSamples >= 0)) {
      throw new UsageException(
          "thresholds of gaps must not be negative; breakSeconds="
              + breakSeconds
              + ", breakSamples="
              + breakSamples);
    }
  }
}
