package org.efferent.decoders.linear;

import org.efferent.core.InputException;

/** One trial: a stimulus and the response to it, sample by sample. The arrays are not copied. */
public final class TrfTrial {
  private final double[] stimulus;
  private final double[] response;
  private final int samples;

  /**
   * A trial.
   *
   * @param stimulus {@code [samples × features]}, row-major
   * @param response {@code [samples × channels]}, row-major
   * @param samples rows of both, at least 1
   * @throws InputException if a value is not finite
   */
  public TrfTrial(double[] stimulus, double[] response, int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1; samples=" + samples);
    }
    Ridge.width("stimulus", stimulus, samples);
    Ridge.width("response", response, samples);
    this.stimulus = stimulus;
    this.response = response;
    this.samples = samples;
  }

  /** Rows. */
  public int samples() {
    return samples;
  }

  /** What predicts. */
  double[] x(TrfOptions options) {
    return options.direction() == TrfOptions.Direction.FORWARD ? stimulus : response;
  }

  /** What is predicted. */
  double[] y(TrfOptions options) {
    return options.direction() == TrfOptions.Direction.FORWARD ? response : stimulus;
  }
}
