package org.efferent.decoders.target;

import java.util.Objects;

/**
 * How a mel spectrogram is computed.
 *
 * @param sampleRateHz of the audio
 * @param fftSize samples of a frame, even
 * @param hop samples from one frame to the next
 * @param mels bands from 0 Hz to half the rate
 * @param scale the mel scale; torchaudio's default is {@link Scale#HTK}
 * @param standardize whether the audio is brought to mean 0 and deviation 1 before
 */
public record MelOptions(
    int sampleRateHz, int fftSize, int hop, int mels, Scale scale, boolean standardize) {
  /** As published for speech: 16 kHz, 512, 128 (125 frames a second), 120 bands, HTK. */
  public static final MelOptions SPEECH = new MelOptions(16_000, 512, 128, 120, Scale.HTK, true);

  /** From hertz to mel. */
  public enum Scale {
    /** {@code 2595 log10(1 + f/700)}. */
    HTK,
    /** Slaney's Auditory Toolbox: linear up to 1 kHz, logarithmic above. */
    SLANEY;

    private static final double SLANEY_STEP = Math.log(6.4) / 27;

    double toMel(double hertz) {
      if (this == HTK) {
        return 2595 * Math.log10(1 + hertz / 700);
      }
      return hertz < 1000 ? hertz * 3 / 200 : 15 + Math.log(hertz / 1000) / SLANEY_STEP;
    }

    double toHertz(double mel) {
      if (this == HTK) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
      }
      return mel < 15 ? mel * 200 / 3 : 1000 * Math.exp((mel - 15) * SLANEY_STEP);
    }
  }

  /** Checks the values. */
  public MelOptions {
    Objects.requireNonNull(scale, "scale");
    if (sampleRateHz < 1 || fftSize < 2 || fftSize % 2 != 0 || hop < 1 || mels < 1) {
      throw new IllegalArgumentException(
          "rate, hop and mels must be 1 at least, fftSize even; sampleRateHz=%d, fftSize=%d, hop=%d, mels=%d"
              .formatted(sampleRateHz, fftSize, hop, mels));
    }
  }
}
