package org.efferent.decoders.target;

import java.util.Objects;

/**
 * How audio becomes numbers.
 *
 * @param features what the network sees
 * @param sampleRateHz rate that the audio is brought to
 * @param standardize whether each block is brought to mean 0 and deviation 1; waveforms alone
 * @param blockSeconds length of the pieces that are encoded one by one; 0 for the whole
 * @param rateHz rows of the output a second
 */
public record AudioInput(
    Features features, int sampleRateHz, boolean standardize, double blockSeconds, double rateHz)
    implements ModelInput {
  /** What a network of audio sees. */
  public enum Features {
    /** The samples, {@code [1 × samples]}: wav2vec 2.0 and its like. */
    WAVEFORM,
    /** Whisper's spectrogram of 30 s, {@code [1 × 80 × 3000]}. */
    WHISPER
  }

  /** Checks the values. */
  public AudioInput {
    Objects.requireNonNull(features, "features");
    if (sampleRateHz < 1000 || sampleRateHz > 200_000) {
      throw new IllegalArgumentException(
          "sampleRateHz must be from 1000 to 200000; sampleRateHz=" + sampleRateHz);
    }
    if (!(rateHz > 0 && rateHz <= 1000)) {
      throw new IllegalArgumentException(
          "rateHz must be above 0 and at most 1000; rateHz=" + rateHz);
    }
    if (!(blockSeconds == 0 || (blockSeconds >= 1 && blockSeconds <= 3600))) {
      throw new IllegalArgumentException(
          "blockSeconds must be 0, for the whole, or from 1 to 3600; blockSeconds=" + blockSeconds);
    }
    if (features == Features.WHISPER
        && (sampleRateHz != WhisperMel.RATE_HZ
            || blockSeconds != WhisperMel.SECONDS
            || standardize)) {
      throw new IllegalArgumentException(
          "Whisper hears 16000 Hz, 30 s at a time, not standardized; sampleRateHz=%d, blockSeconds=%s, standardize=%s"
              .formatted(sampleRateHz, blockSeconds, standardize));
    }
  }
}
