package org.efferent.decoders.target;

import org.efferent.core.InputException;
import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Mel spectrograms of audio, as torchaudio's {@code MelSpectrogram} computes them by default:
 * frames around every hop-th sample, the ends mirrored, a periodic Hann window, the power of the
 * spectrum, triangles of height 1 on the mel scale. Bands narrower than the spectrum's step may see
 * nothing.
 */
public final class MelSpectrogram {
  /** What is added before the logarithm; silence is −5. */
  public static final double FLOOR = 1e-5;

  private final MelOptions options;
  private final double[] window;
  private final double[] filters;

  /**
   * A spectrogram.
   *
   * @param options frames and bands
   */
  public MelSpectrogram(MelOptions options) {
    this.options = options;
    int n = options.fftSize();
    window = new double[n];
    for (int i = 0; i < n; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / n);
    }
    filters = filters(options);
  }

  /** {@code [mels × bins]}, row-major. */
  private static double[] filters(MelOptions options) {
    int bins = options.fftSize() / 2 + 1;
    double nyquist = Math.floorDiv(options.sampleRateHz(), 2);
    double top = options.scale().toMel(nyquist);
    double[] edges = new double[options.mels() + 2];
    for (int m = 0; m < edges.length; m++) {
      edges[m] = options.scale().toHertz(top * m / (edges.length - 1));
    }
    double[] filters = new double[options.mels() * bins];
    for (int m = 0; m < options.mels(); m++) {
      for (int k = 0; k < bins; k++) {
        double f = nyquist * k / (bins - 1);
        double up = (f - edges[m]) / (edges[m + 1] - edges[m]);
        double down = (edges[m + 2] - f) / (edges[m + 2] - edges[m + 1]);
        filters[m * bins + k] = Math.max(0, Math.min(up, down));
      }
    }
    return filters;
  }

  /** Frames a second. */
  public double frameRateHz() {
    return (double) options.sampleRateHz() / options.hop();
  }

  /**
   * Frames of audio.
   *
   * @param samples its length
   */
  public int frames(int samples) {
    return 1 + samples / options.hop();
  }

  /**
   * The published target, {@code log10(mel + 1e-5)}.
   *
   * @param audio {@code [samples]}, mono; more than half a frame
   * @return {@code [frames × mels]}, row-major
   * @throws InputException if the audio is too short or not finite
   */
  public double[] logarithmic(double[] audio) {
    double[] mel = power(audio);
    for (int i = 0; i < mel.length; i++) {
      mel[i] = Math.log10(mel[i] + FLOOR);
    }
    return mel;
  }

  /**
   * The power in each band.
   *
   * @param audio {@code [samples]}, mono; more than half a frame
   * @return {@code [frames × mels]}, row-major
   * @throws InputException if the audio is too short or not finite
   */
  public double[] power(double[] audio) {
    int n = options.fftSize();
    if (audio.length <= n / 2) {
      throw new InputException(
          "audio must be longer than half a frame; samples=%d, fftSize=%d"
              .formatted(audio.length, n));
    }
    double[] x = Audio.checked(audio, options.standardize());
    int bins = n / 2 + 1;
    int mels = options.mels();
    DoubleFFT_1D fft = new DoubleFFT_1D(n);
    double[] frame = new double[n];
    double[] spectrum = new double[bins];
    double[] out = new double[frames(x.length) * mels];
    for (int f = 0; f < out.length / mels; f++) {
      for (int i = 0; i < n; i++) {
        frame[i] = window[i] * x[mirrored(f * options.hop() + i - n / 2, x.length)];
      }
      // Packed: real part of bin 0, of bin n/2, then real and imaginary parts of the others.
      fft.realForward(frame);
      spectrum[0] = frame[0] * frame[0];
      spectrum[bins - 1] = frame[1] * frame[1];
      for (int k = 1; k < bins - 1; k++) {
        spectrum[k] = frame[2 * k] * frame[2 * k] + frame[2 * k + 1] * frame[2 * k + 1];
      }
      for (int m = 0; m < mels; m++) {
        double sum = 0;
        for (int k = 0; k < bins; k++) {
          sum += filters[m * bins + k] * spectrum[k];
        }
        out[f * mels + m] = sum;
      }
    }
    return out;
  }

  /** An index beyond an end is mirrored there; the end itself is not repeated. */
  private static int mirrored(int index, int length) {
    int inside = Math.abs(index);
    return inside < length ? inside : 2 * (length - 1) - inside;
  }
}
