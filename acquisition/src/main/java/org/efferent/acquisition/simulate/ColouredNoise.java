package org.efferent.acquisition.simulate;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Stationary Gaussian noise of a given spectrum, at any sample number: white noise through a finite
 * filter, by overlap-save in blocks that lie at fixed sample numbers (A. V. Oppenheim and R. W.
 * Schafer, Discrete-Time Signal Processing, section 8.7.3). A sample is the same whichever samples
 * are asked for, and in whatever order; in order is fast.
 */
final class ColouredNoise {
  private final long key;
  private final long secondKey;
  private final boolean pair;
  private final int taps;
  private final long phase;
  private final Fft fft;
  private final double[] filterRe;
  private final double[] filterIm;
  private final double[] re;
  private final double[] im;
  private final double[] whiteRe;
  private final double[] whiteIm;
  private long block = Long.MIN_VALUE;

  private ColouredNoise(long key, boolean pair, double[] filterRe, double[] filterIm) {
    this.key = key;
    this.secondKey = Draws.key(key, "second");
    this.pair = pair;
    this.taps = filterRe.length;
    // Blocks of different noises end at different samples, so that the work of a live stream is
    // spread evenly.
    this.phase = (long) (Draws.uniform(Draws.key(key, "phase"), 0) * taps);
    this.fft = new Fft(2 * taps);
    this.filterRe = Arrays.copyOf(filterRe, 2 * taps);
    this.filterIm = Arrays.copyOf(filterIm, 2 * taps);
    fft.forward(this.filterRe, this.filterIm);
    re = new double[2 * taps];
    im = new double[2 * taps];
    whiteRe = new double[taps];
    whiteIm = new double[pair ? taps : 0];
  }

  /**
   * Real noise of variance 1.
   *
   * @param key of its random numbers
   * @param rateHz samples a second
   * @param seconds least length of the filter, which is the resolution of the spectrum
   * @param magnitude root of the power at a frequency in hertz, in any unit
   */
  static ColouredNoise of(long key, double rateHz, double seconds, DoubleUnaryOperator magnitude) {
    return real(key, false, rateHz, seconds, magnitude);
  }

  /** As {@link #of}, with a second, independent noise of the same kind as its imaginary part. */
  static ColouredNoise twoOf(
      long key, double rateHz, double seconds, DoubleUnaryOperator magnitude) {
    return real(key, true, rateHz, seconds, magnitude);
  }

  private static ColouredNoise real(
      long key, boolean pair, double rateHz, double seconds, DoubleUnaryOperator magnitude) {
    int taps = powerOfTwo(seconds * rateHz);
    double[] re = new double[taps];
    double[] im = new double[taps];
    for (int k = 0; k < taps; k++) {
      re[k] = magnitude.applyAsDouble(Math.min(k, taps - k) * rateHz / taps);
    }
    new Fft(taps).inverse(re, im);
    double[] filter = new double[taps];
    double power = 0;
    for (int i = 0; i < taps; i++) {
      int lag = i - taps / 2;
      double hann = 0.5 + 0.5 * StrictMath.cos(2 * Math.PI * lag / taps);
      filter[i] = re[Math.floorMod(lag, taps)] * hann;
      power += filter[i] * filter[i];
    }
    for (int i = 0; i < taps; i++) {
      filter[i] /= Math.sqrt(power);
    }
    return new ColouredNoise(key, pair, filter, new double[taps]);
  }

  /**
   * An oscillation that waxes and wanes: complex noise of a narrow band, whose real part, of
   * variance 1, is the oscillation and whose magnitude is its envelope.
   *
   * @param key of its random numbers
   * @param rateHz samples a second
   * @param frequencyHz centre of the band
   * @param widthHz full width of the power at half its maximum; the shape is Gaussian
   */
  static ColouredNoise narrow(long key, double rateHz, double frequencyHz, double widthHz) {
    // |H|² ∝ exp(−(f−f₀)²/σ²) is half at σ √(ln 2).
    double sigmaHz = widthHz / (2 * Math.sqrt(StrictMath.log(2)));
    double sigmaSeconds = 1 / (2 * Math.PI * sigmaHz);
    int taps = powerOfTwo(8 * sigmaSeconds * rateHz);
    double[] re = new double[taps];
    double[] im = new double[taps];
    double power = 0;
    for (int i = 0; i < taps; i++) {
      double t = (i - taps / 2) / rateHz;
      double bell = StrictMath.exp(-0.5 * (t / sigmaSeconds) * (t / sigmaSeconds));
      re[i] = bell * StrictMath.cos(2 * Math.PI * frequencyHz * t);
      im[i] = bell * StrictMath.sin(2 * Math.PI * frequencyHz * t);
      power += re[i] * re[i];
    }
    for (int i = 0; i < taps; i++) {
      re[i] /= Math.sqrt(power);
      im[i] /= Math.sqrt(power);
    }
    return new ColouredNoise(key, false, re, im);
  }

  private static int powerOfTwo(double least) {
    return Math.max(16, Integer.highestOneBit((int) Math.ceil(least) - 1) << 1);
  }

  /**
   * Computes some samples.
   *
   * @param from first sample number
   * @param count how many
   * @param real modified: {@code [count]}
   * @param imaginary modified: {@code [count]}; null where it is not wanted
   */
  void fill(long from, int count, double[] real, double[] imaginary) {
    int done = 0;
    while (done < count) {
      long first = hold(from + done);
      int at = (int) (from + done - first);
      int n = Math.min(count - done, taps - at);
      System.arraycopy(re, taps + at, real, done, n);
      if (imaginary != null) {
        System.arraycopy(im, taps + at, imaginary, done, n);
      }
      done += n;
    }
  }

  /** Computes the block of a sample, if it is not the one held; returns its first sample number. */
  private long hold(long sample) {
    long wanted = Math.floorDiv(sample - phase, (long) taps);
    long first = wanted * taps + phase;
    if (wanted != block) {
      boolean next = wanted - 1 == block;
      white(key, first, next, re, whiteRe);
      if (pair) {
        white(secondKey, first, next, im, whiteIm);
      } else {
        Arrays.fill(im, 0);
      }
      fft.forward(re, im);
      for (int i = 0; i < re.length; i++) {
        double x = re[i] * filterRe[i] - im[i] * filterIm[i];
        im[i] = re[i] * filterIm[i] + im[i] * filterRe[i];
        re[i] = x;
      }
      fft.inverse(re, im);
      block = wanted;
    }
    return first;
  }

  /** White noise of a block and of that before it, which is there already if it was the last. */
  private void white(long from, long first, boolean next, double[] into, double[] kept) {
    if (next) {
      System.arraycopy(kept, 0, into, 0, taps);
    } else {
      Draws.gaussians(from, first - taps, into, 0, taps);
    }
    Draws.gaussians(from, first, kept, 0, taps);
    System.arraycopy(kept, 0, into, taps, taps);
  }
}
