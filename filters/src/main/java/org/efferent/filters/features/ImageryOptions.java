package org.efferent.filters.features;

import org.efferent.core.UsageException;

/**
 * How imagined movements are learned from EEG.
 *
 * @param band band of the rhythms
 * @param order of either side of the Butterworth band pass
 * @param fromSeconds where a trial begins, after its cue
 * @param toSeconds where it ends
 * @param pairs pairs of spatial filters (per class against the rest, where there are more than two)
 * @param windowSeconds window of the power when streaming
 */
public record ImageryOptions(
    Band band, int order, double fromSeconds, double toSeconds, int pairs, double windowSeconds) {
  /**
   * 8 to 30 Hz, 0.5 to 2.5 s after the cue, three pairs: the usual choice (Blankertz et al., IEEE
   * Signal Process. Mag. 25(1):41, 2008, doi:10.1109/MSP.2008.4408441), nothing tuned here; a
   * window of 1 s when streaming.
   */
  public static final ImageryOptions DEFAULTS =
      new ImageryOptions(new Band(8, 30), 4, 0.5, 2.5, 3, 1);

  /** Checks the values. */
  public ImageryOptions {
    if (!(fromSeconds >= 0) || !(toSeconds > fromSeconds) || !(toSeconds <= 60)) {
      throw new UsageException(
          "a trial must begin at or after its cue and end later, within 60 s; fromSeconds="
              + fromSeconds
              + ", toSeconds="
              + toSeconds);
    }
    if (pairs < 1) {
      throw new UsageException("at least one pair of spatial filters is needed; pairs=" + pairs);
    }
    BandPower.checkWindow(windowSeconds);
  }

  SecondOrderSections filter(double sampleRateHz) {
    return SecondOrderSections.bandPass(order, band.lowHz(), band.highHz(), sampleRateHz);
  }

  /** Rows a trial. */
  int rows(double sampleRateHz) {
    return (int) Math.max(1, Math.round((toSeconds - fromSeconds) * sampleRateHz));
  }
}
