package org.efferent.decoders.target;

import java.util.Arrays;

/**
 * The spectrogram that Whisper hears (Radford et al. 2023, section 2.2): 80 mel bands of unit area
 * on Slaney's scale, frames of 25 ms every 10 ms, the logarithm to the base 10, at most 8 below the
 * loudest, moved and scaled by {@code (x + 4) / 4}; 30 s, silence after the end.
 */
final class WhisperMel {
  static final int RATE_HZ = 16_000;
  static final int SECONDS = 30;
  static final int MELS = 80;
  static final int FRAMES = 3000;

  private static final double FLOOR = 1e-10;
  private static final double RANGE = 8;

  private final MelSpectrogram spectrogram;
  private final double[] heights = new double[MELS];

  WhisperMel() {
    MelOptions options = new MelOptions(RATE_HZ, 400, 160, MELS, MelOptions.Scale.SLANEY, false);
    spectrogram = new MelSpectrogram(options);
    double top = options.scale().toMel(RATE_HZ / 2.0);
    for (int m = 0; m < MELS; m++) {
      double low = options.scale().toHertz(top * m / (MELS + 1));
      double high = options.scale().toHertz(top * (m + 2) / (MELS + 1));
      heights[m] = 2 / (high - low);
    }
  }

  /**
   * One block.
   *
   * @param audio at 16 kHz, at most 30 s
   * @return {@code [80 × 3000]}, row-major
   */
  float[] of(double[] audio) {
    double[] power = spectrogram.power(Arrays.copyOf(audio, RATE_HZ * SECONDS));
    // The last frame is left out, also from the search for the loudest.
    double loudest = Double.NEGATIVE_INFINITY;
    float[] out = new float[MELS * FRAMES];
    double[] logarithms = new double[MELS * FRAMES];
    for (int m = 0; m < MELS; m++) {
      for (int f = 0; f < FRAMES; f++) {
        double mel = heights[m] * power[f * MELS + m];
        double logarithm = Math.log10(Math.max(FLOOR, mel));
        logarithms[m * FRAMES + f] = logarithm;
        loudest = Math.max(loudest, logarithm);
      }
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) ((Math.max(logarithms[i], loudest - RANGE) + 4) / 4);
    }
    return out;
  }
}
