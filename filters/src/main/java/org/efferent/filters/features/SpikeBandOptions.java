package org.efferent.filters.features;

import org.efferent.core.UsageException;

/**
 * How spikes are brought out of raw voltage.
 *
 * @param lowHz lower corner of the band
 * @param highHz upper corner
 * @param order of either side of the Butterworth band pass
 * @param quietChannels channels of the lowest RMS whose mean is taken away from all; 0 for none. If
 *     fewer vary, all that vary
 */
public record SpikeBandOptions(double lowHz, double highHz, int order, int quietChannels) {
  /**
   * 250 to 5000 Hz, eight poles, common average over the 40 quietest channels: BrainGate's chain
   * (Brandman et al., J. Neural Eng. 15:026007, 2018, doi:10.1088/1741-2552/aa9ee7), with a causal
   * filter.
   */
  public static final SpikeBandOptions DEFAULTS = new SpikeBandOptions(250, 5000, 4, 40);

  /** Checks the values; corners are held against the rate when a band is learned. */
  public SpikeBandOptions {
    if (quietChannels < 0) {
      throw new UsageException(
          "quietChannels must not be negative; quietChannels=" + quietChannels);
    }
  }
}
