package org.efferent.decoders.target;

import java.util.Objects;

/**
 * How an envelope is computed.
 *
 * @param kind by what
 * @param power to which it is raised; of each band where there are bands
 * @param bands number of gammatone or mel bands
 * @param lowHz centre of the lowest gammatone band
 * @param highHz centre of the highest gammatone band
 * @param cutoffHz where the low-pass after rectifying cuts off, −3 dB
 */
public record EnvelopeOptions(
    Kind kind, double power, int bands, double lowHz, double highHz, double cutoffHz) {
  /** By what an envelope is computed. */
  public enum Kind {
    /** Length of the analytic signal of all frequencies together; needs the whole audio. */
    HILBERT,
    /** Absolute values through a causal Butterworth low-pass of order 4. */
    RECTIFIED,
    /** Mean over gammatone bands of their envelope, each to the power (Biesmans et al. 2017). */
    GAMMATONE,
    /** Mean over mel bands of the square root of their power, each to the power. */
    MEL
  }

  /** The broadband envelope as it is. */
  public static final EnvelopeOptions BROADBAND =
      new EnvelopeOptions(Kind.HILBERT, 1, 28, 50, 5000, 30);

  /** Absolute values below 30 Hz. */
  public static final EnvelopeOptions CAUSAL =
      new EnvelopeOptions(Kind.RECTIFIED, 1, 28, 50, 5000, 30);

  /** 28 bands from 50 Hz to 5 kHz to the power 0.6 (Biesmans et al. 2017, IEEE TNSRE 25:402). */
  public static final EnvelopeOptions AUDITORY =
      new EnvelopeOptions(Kind.GAMMATONE, 0.6, 28, 50, 5000, 30);

  /** 28 mel bands to the power 0.6. */
  public static final EnvelopeOptions MEL = new EnvelopeOptions(Kind.MEL, 0.6, 28, 50, 5000, 30);

  /** Checks the values. */
  public EnvelopeOptions {
    Objects.requireNonNull(kind, "kind");
    if (!(power > 0) || bands < 1 || !(cutoffHz > 0) || !(lowHz > 0) || !(highHz >= lowHz)) {
      throw new IllegalArgumentException(
          "power, cutoffHz and lowHz must be above 0, highHz not below lowHz, bands 1 at least; power=%s, bands=%d, lowHz=%s, highHz=%s, cutoffHz=%s"
              .formatted(power, bands, lowHz, highHz, cutoffHz));
    }
  }
}
