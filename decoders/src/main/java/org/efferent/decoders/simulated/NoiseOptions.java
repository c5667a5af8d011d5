package org.efferent.decoders.simulated;

/**
 * What is measured beside the responses: other sources of the brain, pink in time, and the white
 * noise of the sensors. Its variance is 1, averaged over channels.
 *
 * @param sources dipoles anywhere in the head
 * @param exponent of the spectrum's fall, 1/f^exponent
 * @param lowestHz below this the spectrum is flat
 * @param whiteShare share of the variance that is the sensors'
 */
public record NoiseOptions(int sources, double exponent, double lowestHz, double whiteShare) {
  /** 200 sources, 1/f above 0.5 Hz, a fifth of the variance white. */
  public static final NoiseOptions DEFAULTS = new NoiseOptions(200, 1, 0.5, 0.2);

  /** Checks the ranges. */
  public NoiseOptions {
    Rules.atLeast("noise.sources", 1, sources);
    Rules.notNegative("noise.exponent", exponent);
    Rules.positive("noise.lowestHz", lowestHz);
    Rules.share("noise.whiteShare", whiteShare);
  }
}
