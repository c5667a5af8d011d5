package org.efferent.decoders.simulated;

import java.util.SplittableRandom;

/** How one subject's recordings differ from the template's. */
final class Subject {
  private final double[][] mixing;
  private final double[][] noiseFactor;
  private final double gain;
  private final double latencySeconds;
  private final double[] sessionGain;
  private final double[][] sessionOffset;

  /**
   * Draws a subject.
   *
   * @param options how much subjects differ
   * @param templateFactor of the noise's covariance between channels
   * @param random of this subject
   */
  Subject(VariabilityOptions options, double[][] templateFactor, SplittableRandom random) {
    int channels = templateFactor.length;
    mixing = Dense.normals(channels, channels, random);
    double size = options.mixing() / Math.sqrt(channels);
    for (int c = 0; c < channels; c++) {
      for (int k = 0; k < channels; k++) {
        mixing[c][k] = size * mixing[c][k] + (c == k ? 1 : 0);
      }
    }
    noiseFactor = Dense.times(mixing, templateFactor);
    gain = Math.exp(options.subjectGain() * random.nextGaussian());
    latencySeconds = options.subjectLatencySeconds() * random.nextGaussian();
    sessionGain = new double[options.sessions()];
    sessionOffset = new double[options.sessions()][];
    for (int s = 0; s < sessionGain.length; s++) {
      sessionGain[s] = Math.exp(options.sessionGain() * random.nextGaussian());
      sessionOffset[s] = Dense.normals(channels, random);
      for (int c = 0; c < channels; c++) {
        sessionOffset[s][c] *= options.sessionOffset();
      }
    }
  }

  /** What its sensors see of a pattern of the template, with its gain. */
  double[] pattern(double[] template) {
    double[] seen = Dense.times(mixing, template);
    for (int c = 0; c < seen.length; c++) {
      seen[c] *= gain;
    }
    return seen;
  }

  /** A factor of its noise's covariance between channels. */
  double[][] noiseFactor() {
    return noiseFactor;
  }

  double latencySeconds() {
    return latencySeconds;
  }

  /** As a session's amplifier records it: {@code [channels × samples]}, row-major. */
  float[] recorded(int session, double[][] window, int from, int samples) {
    float[] out = new float[window.length * samples];
    for (int c = 0; c < window.length; c++) {
      for (int t = 0; t < samples; t++) {
        out[c * samples + t] =
            (float) (sessionGain[session] * window[c][from + t] + sessionOffset[session][c]);
      }
    }
    return out;
  }

  /** The inverse of {@link #recorded}, in the numbers of the file. */
  double[][] unrecorded(int session, float[] window, int at, int samples) {
    double[][] out = new double[mixing.length][samples];
    for (int c = 0; c < out.length; c++) {
      for (int t = 0; t < samples; t++) {
        out[c][t] =
            (window[at + c * samples + t] - sessionOffset[session][c]) / sessionGain[session];
      }
    }
    return out;
  }
}
