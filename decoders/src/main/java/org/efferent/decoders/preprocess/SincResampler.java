package org.efferent.decoders.preprocess;

import java.util.Arrays;
import org.efferent.core.InputException;

/**
 * Resampling by a rational factor with a windowed sinc, a filter a phase (J. O. Smith, Digital
 * Audio Resampling; the form of julius' {@code ResampleFrac}, which the speech decoder uses).
 *
 * <p>With {@code o / n} the rates without their common factor, {@code s = rolloff min(o, n)},
 * {@code y[i] = Σ_k h_i[k] x[⌊i/n⌋ o + k]}, {@code h_i[k] ∝ sinc(π u) cos²(π u / (2 zeros))},
 * {@code u = s (k/o - (i mod n)/n)} for {@code |u| ≤ zeros}, scaled so that each {@code h_i} sums
 * to 1. Both ends go on at their last value. The output has {@code ⌊n rows / o⌋} rows, row i at the
 * time i / to.
 *
 * <p>The filter is symmetric: a row waits for {@link #delaySeconds()} of input after it. Taken as a
 * causal filter this is its group delay, the same at all frequencies; fewer zeros make it shorter
 * and the transition band wider (24 zeros: 212 ms to 120 Hz; 6: 53 ms).
 */
public final class SincResampler {
  /** As published: 24. */
  public static final int ZEROS = 24;

  /** As published: 0.945 of the lower rate's Nyquist frequency is kept. */
  public static final double ROLLOFF = 0.945;

  private final int fromHz;
  private final int toHz;
  private final int step;
  private final double delay;
  private final double[][] kernels;
  private final int[] starts;

  /**
   * A resampler as published.
   *
   * @param fromHz rate of what goes in, a whole number
   * @param toHz rate of what comes out
   */
  public SincResampler(int fromHz, int toHz) {
    this(fromHz, toHz, ZEROS, ROLLOFF);
  }

  /**
   * A resampler.
   *
   * @param fromHz rate of what goes in
   * @param toHz rate of what comes out
   * @param zeros zero crossings on either side, at least 1
   * @param rolloff share of the lower rate's Nyquist frequency that is kept, up to 1
   */
  public SincResampler(int fromHz, int toHz, int zeros, double rolloff) {
    if (fromHz < 1 || toHz < 1 || zeros < 1 || !(rolloff > 0 && rolloff <= 1)) {
      throw new IllegalArgumentException(
          "rates and zeros must be 1 at least, rolloff above 0 and up to 1; fromHz=%d, toHz=%d, zeros=%d, rolloff=%s"
              .formatted(fromHz, toHz, zeros, rolloff));
    }
    this.fromHz = fromHz;
    this.toHz = toHz;
    int divisor = gcd(fromHz, toHz);
    step = fromHz / divisor;
    int phases = toHz / divisor;
    if (step == phases) {
      delay = 0;
      kernels = new double[][] {{1}};
      starts = new int[1];
      return;
    }
    double s = rolloff * Math.min(step, phases);
    delay = zeros * step / s / fromHz;
    kernels = new double[phases][];
    starts = new int[phases];
    for (int i = 0; i < phases; i++) {
      double centre = (double) i * step / phases;
      starts[i] = (int) Math.ceil(centre - zeros * step / s);
      int end = (int) Math.floor(centre + zeros * step / s);
      kernels[i] = kernel(starts[i], end, s / step, centre, zeros);
    }
  }

  private static double[] kernel(int start, int end, double slope, double centre, int zeros) {
    double[] kernel = new double[end - start + 1];
    double sum = 0;
    for (int k = 0; k < kernel.length; k++) {
      double t = Math.PI * slope * (start + k - centre);
      double window = Math.cos(t / zeros / 2);
      kernel[k] = (t == 0 ? 1 : Math.sin(t) / t) * window * window;
      sum += kernel[k];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
    return kernel;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /**
   * A resampler from a rate that a stream states.
   *
   * @param fromHz a whole number
   * @param toHz rate of what comes out
   * @return the resampler, as published
   * @throws InputException if the rate is not a whole number
   */
  public static SincResampler of(double fromHz, int toHz) {
    if (fromHz != Math.rint(fromHz) || !(fromHz >= 1 && fromHz <= 1e9)) {
      throw new InputException(
          "a rate must be a whole number of hertz to be resampled; rate=" + fromHz);
    }
    return new SincResampler((int) fromHz, toHz);
  }

  /** Rate of what goes in. */
  public int fromHz() {
    return fromHz;
  }

  /** Rate of what comes out. */
  public int toHz() {
    return toHz;
  }

  /** How long after its own time an output row is ready, at most; the group delay. */
  public double delaySeconds() {
    return delay;
  }

  /**
   * Rows that come out.
   *
   * @param rows that go in
   */
  public int outputRows(int rows) {
    return Math.toIntExact((long) rows * toHz / fromHz);
  }

  /**
   * Resamples a whole signal.
   *
   * @param x {@code [rows × channels]}, row-major
   * @param channels at least 1
   * @return {@code [outputRows × channels]}
   */
  public double[] apply(double[] x, int channels) {
    ResamplerStream stream = stream(channels);
    double[] head = stream.push(x, x.length / channels);
    double[] tail = stream.flush();
    double[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  /**
   * This resampler at work on a stream, at its start.
   *
   * @param channels values a row
   */
  public ResamplerStream stream(int channels) {
    return new ResamplerStream(this, channels);
  }

  int phases() {
    return kernels.length;
  }

  /** Input rows from one round of phases to the next. */
  int step() {
    return step;
  }

  double[] kernel(int phase) {
    return kernels[phase];
  }

  /** Where a phase's kernel begins, from the first input row of its round. */
  int start(int phase) {
    return starts[phase];
  }
}
