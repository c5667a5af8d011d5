package org.efferent.decoders.target;

import org.efferent.core.InputException;
import org.efferent.decoders.preprocess.SincResampler;
import org.jtransforms.fft.DoubleFFT_1D;

/** Envelopes of audio. */
public final class AudioEnvelope {
  /** Bandwidth of a gammatone of order 4 over the equivalent rectangular one (Patterson 1992). */
  private static final double GAMMATONE_WIDTH = 1.019;

  private AudioEnvelope() {}

  /**
   * The envelope at another rate.
   *
   * @param audio {@code [samples]}, mono
   * @param rateHz of the audio
   * @param targetHz of the envelope
   * @param options kind and power
   * @return {@code [⌊samples targetHz / rateHz⌋]}, in the unit of the audio to the power; a row of
   *     a mel envelope may be more or less, by the frames
   * @throws InputException if the audio is empty, not finite or too slow for the bands
   */
  public static double[] compute(
      double[] audio, int rateHz, int targetHz, EnvelopeOptions options) {
    if (options.kind() == EnvelopeOptions.Kind.MEL) {
      return mel(audio, rateHz, targetHz, options);
    }
    return new SincResampler(rateHz, targetHz).apply(full(audio, rateHz, options), 1);
  }

  /**
   * The envelope at the audio's own rate; of all kinds but mel, which comes in frames.
   *
   * @param audio {@code [samples]}, mono
   * @param rateHz of the audio
   * @param options kind and power
   * @return {@code [samples]}
   * @throws InputException as {@link #compute}
   */
  static double[] full(double[] audio, int rateHz, EnvelopeOptions options) {
    if (audio.length == 0) {
      throw new InputException("audio must not be empty; samples=0");
    }
    double[] x = Audio.checked(audio, false);
    double[] envelope =
        switch (options.kind()) {
          case HILBERT -> hilbert(x);
          case RECTIFIED -> rectified(x, rateHz, options.cutoffHz());
          case GAMMATONE -> gammatone(x, rateHz, options);
          case MEL -> throw new IllegalArgumentException("a mel envelope comes in frames");
        };
    if (options.kind() != EnvelopeOptions.Kind.GAMMATONE && options.power() != 1) {
      for (int i = 0; i < envelope.length; i++) {
        // The low-pass may swing a little below 0.
        envelope[i] = Math.pow(Math.max(0, envelope[i]), options.power());
      }
    }
    return envelope;
  }

  /** Length of the analytic signal: negative frequencies are left out, positive ones doubled. */
  private static double[] hilbert(double[] x) {
    int n = x.length;
    DoubleFFT_1D fft = new DoubleFFT_1D(n);
    double[] spectrum = new double[2 * n];
    for (int i = 0; i < n; i++) {
      spectrum[2 * i] = x[i];
    }
    fft.complexForward(spectrum);
    for (int k = 1; k < n; k++) {
      double factor = 2 * k < n ? 2 : 2 * k == n ? 1 : 0;
      spectrum[2 * k] *= factor;
      spectrum[2 * k + 1] *= factor;
    }
    fft.complexInverse(spectrum, true);
    double[] envelope = new double[n];
    for (int i = 0; i < n; i++) {
      envelope[i] = Math.hypot(spectrum[2 * i], spectrum[2 * i + 1]);
    }
    return envelope;
  }

  /** Two sections of a Butterworth low-pass of order 4, by the bilinear transform. */
  private static double[] rectified(double[] x, int rateHz, double cutoffHz) {
    if (2 * cutoffHz >= rateHz) {
      throw new InputException(
          "the cutoff must lie below half the rate; cutoffHz=%s, rate=%d"
              .formatted(cutoffHz, rateHz));
    }
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.abs(x[i]);
    }
    double k = Math.tan(Math.PI * cutoffHz / rateHz);
    for (double angle : new double[] {Math.PI / 8, 3 * Math.PI / 8}) {
      double damping = 2 * Math.cos(angle) * k;
      double norm = 1 / (1 + damping + k * k);
      double b = k * k * norm;
      double a1 = 2 * (k * k - 1) * norm;
      double a2 = (1 - damping + k * k) * norm;
      double s1 = 0;
      double s2 = 0;
      for (int i = 0; i < y.length; i++) {
        double in = y[i];
        double out = b * in + s1;
        s1 = 2 * b * in - a1 * out + s2;
        s2 = b * in - a2 * out;
        y[i] = out;
      }
    }
    return y;
  }

  /**
   * Gammatones of order 4 as four complex resonators in a row (Hohmann 2002, Acta Acustica 88:433):
   * pole {@code exp(2π (i f - 1.019 ERB(f)) / rate)}, gain 1 at f, the output's length the
   * envelope.
   */
  private static double[] gammatone(double[] x, int rateHz, EnvelopeOptions options) {
    if (2 * options.highHz() >= rateHz) {
      throw new InputException(
          "the highest band must lie below half the rate; highHz=%s, rate=%d"
              .formatted(options.highHz(), rateHz));
    }
    double[] sum = new double[x.length];
    for (int band = 0; band < options.bands(); band++) {
      addBand(x, rateHz, centreHz(options, band), options, sum);
    }
    return sum;
  }

  /** Centres lie evenly on the scale of equivalent rectangular bands (Glasberg and Moore 1990). */
  static double centreHz(EnvelopeOptions options, int band) {
    double low = Math.log(1 + 0.00437 * options.lowHz());
    double high = Math.log(1 + 0.00437 * options.highHz());
    double share = options.bands() == 1 ? 0 : (double) band / (options.bands() - 1);
    return (Math.exp(low + share * (high - low)) - 1) / 0.00437;
  }

  private static void addBand(
      double[] x, int rateHz, double centreHz, EnvelopeOptions options, double[] sum) {
    double width = 24.7 * (1 + 0.00437 * centreHz);
    double radius = Math.exp(-2 * Math.PI * GAMMATONE_WIDTH * width / rateHz);
    double re = radius * Math.cos(2 * Math.PI * centreHz / rateHz);
    double im = radius * Math.sin(2 * Math.PI * centreHz / rateHz);
    // A real input has half its amplitude at +f, hence the 2.
    double gain = 2 * Math.pow(1 - radius, 4);
    double[] stateRe = new double[4];
    double[] stateIm = new double[4];
    for (int i = 0; i < x.length; i++) {
      double inRe = gain * x[i];
      double inIm = 0;
      for (int s = 0; s < 4; s++) {
        double outRe = inRe + re * stateRe[s] - im * stateIm[s];
        inIm = inIm + re * stateIm[s] + im * stateRe[s];
        inRe = outRe;
        stateRe[s] = inRe;
        stateIm[s] = inIm;
      }
      sum[i] += Math.pow(inRe * inRe + inIm * inIm, options.power() / 2) / options.bands();
    }
  }

  private static double[] mel(double[] audio, int rateHz, int targetHz, EnvelopeOptions options) {
    // Frames of 32 ms, 8 ms apart, as the spectrogram's at 16 kHz.
    int hop = Math.max(1, rateHz / 125);
    MelSpectrogram mel =
        new MelSpectrogram(
            new MelOptions(rateHz, 4 * hop, hop, options.bands(), MelOptions.Scale.HTK, false));
    double[] power = mel.power(audio);
    double[] envelope = new double[power.length / options.bands()];
    for (int i = 0; i < power.length; i++) {
      envelope[i / options.bands()] += Math.pow(power[i], options.power() / 2) / options.bands();
    }
    return SincResampler.of(mel.frameRateHz(), targetHz).apply(envelope, 1);
  }
}
