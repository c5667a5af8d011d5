package org.efferent.decoders.simulated;

import java.util.SplittableRandom;

/**
 * The course of a source's response: an oscillation that swells and fades, a bump where it is slow.
 *
 * @param peakSeconds when it is strongest
 * @param widthSeconds standard deviation of its envelope
 * @param hz of the oscillation
 * @param phase at the peak, radians
 * @param scale so that its samples have a sum of squares of 1
 */
record Wave(double peakSeconds, double widthSeconds, double hz, double phase, double scale) {

  double at(double seconds) {
    double t = seconds - peakSeconds;
    double z = t / widthSeconds;
    return scale * Math.exp(-0.5 * z * z) * Math.cos(2 * Math.PI * hz * t + phase);
  }

  /**
   * Samples of it.
   *
   * @param samples how many
   * @param startSeconds time of the first
   * @param rateHz samples a second
   * @param delaySeconds how much later it comes
   */
  double[] samples(int samples, double startSeconds, double rateHz, double delaySeconds) {
    double[] out = new double[samples];
    for (int i = 0; i < samples; i++) {
      out[i] = at(startSeconds + i / rateHz - delaySeconds);
    }
    return out;
  }

  /**
   * Draws a wave.
   *
   * @param earliest peak, seconds
   * @param latest peak, seconds
   * @param rateHz samples a second
   * @param random from where
   */
  static Wave draw(double earliest, double latest, double rateHz, SplittableRandom random) {
    double peak = earliest + (latest - earliest) * random.nextDouble();
    // Later responses are slower.
    double width = (0.02 + 0.1 * peak) * (0.75 + 0.5 * random.nextDouble());
    double hz = 2 + 8 * random.nextDouble();
    double phase = 2 * Math.PI * random.nextDouble();
    Wave raw = new Wave(peak, width, hz, phase, 1);
    int half = (int) Math.ceil(5 * width * rateHz);
    double[] around = raw.samples(2 * half + 1, peak - half / rateHz, rateHz, 0);
    return new Wave(peak, width, hz, phase, 1 / Math.sqrt(Dense.dot(around, around)));
  }
}
