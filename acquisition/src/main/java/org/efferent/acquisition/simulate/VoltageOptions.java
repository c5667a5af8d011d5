package org.efferent.acquisition.simulate;

/**
 * How spikes become voltage.
 *
 * @param electrodes how many; unit u is nearest to electrode u modulo this, and only that sees it
 * @param rateHz samples a second
 * @param noiseMicrovolt root mean square of the noise up to 7.5 kHz
 * @param fieldMicrovolt root mean square of the local field potential, mostly below 100 Hz
 */
public record VoltageOptions(
    int electrodes, double rateHz, double noiseMicrovolt, double fieldMicrovolt) {
  /** Four electrodes at 30 kHz in cortex. */
  public static final VoltageOptions DEFAULTS = new VoltageOptions(4, 30_000, 8, 40);

  /** Checks the values. */
  public VoltageOptions {
    Limits.check("electrodes", electrodes, 1, 1024);
    Limits.check("rateHz", rateHz, 10_000, 50_000);
    Limits.check("noiseMicrovolt", noiseMicrovolt, 0, 1e5);
    Limits.check("fieldMicrovolt", fieldMicrovolt, 0, 1e5);
  }
}
