package org.efferent.decoders.linear;

import java.util.Objects;

/**
 * A temporal response function as the mTRF toolboxes define it (Crosse et al. 2016, Front Hum
 * Neurosci 10:604).
 *
 * @param direction from stimulus to response or back
 * @param sampleRateHz of stimulus and response
 * @param tminSeconds first lag of the response behind the stimulus
 * @param tmaxSeconds last lag, not before the first; a backward model turns both around
 * @param regularization what the penalty is put on
 * @param zeroPad whether rows whose lags reach beyond a trial see zeros there, or are left out
 * @param scaling how the covariances of trials are put together
 */
public record TrfOptions(
    Direction direction,
    double sampleRateHz,
    double tminSeconds,
    double tmaxSeconds,
    Regularization regularization,
    boolean zeroPad,
    Scaling scaling) {

  /** Which side predicts the other. */
  public enum Direction {
    /**
     * Encoding: the stimulus predicts the response; lags {@code floor(tmin fs) … ceil(tmax fs)}.
     */
    FORWARD,
    /**
     * Decoding: the response predicts the stimulus; lags {@code floor(-tmax fs) … ceil(-tmin fs)}.
     */
    BACKWARD
  }

  /** The matrix M of the penalty; the bias is free in both. */
  public enum Regularization {
    /** Identity. */
    RIDGE,
    /**
     * 1 on the diagonal, ½ at its ends, −½ beside it: neighbouring columns of the design should be
     * alike. With more than one input neighbours are inputs of one lag, as in the toolboxes, which
     * advise against it there.
     */
    TIKHONOV
  }

  /** With more than one trial, equal penalties mean different shrinkage. */
  public enum Scaling {
    /** Covariances of trials are added up: mTRF-Toolbox (MATLAB). */
    SUMMED,
    /** … and divided by the number of trials: mTRFpy. */
    AVERAGED
  }

  /** Checks the values. */
  public TrfOptions {
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(regularization, "regularization");
    Objects.requireNonNull(scaling, "scaling");
    if (!(sampleRateHz > 0) || Double.isInfinite(sampleRateHz)) {
      throw new IllegalArgumentException(
          "sampleRateHz must be finite and above 0; sampleRateHz=" + sampleRateHz);
    }
    if (!(tminSeconds <= tmaxSeconds) || !(Math.abs(tminSeconds) + Math.abs(tmaxSeconds) < 1e4)) {
      throw new IllegalArgumentException(
          "tminSeconds must not lie after tmaxSeconds; tminSeconds="
              + tminSeconds
              + ", tmaxSeconds="
              + tmaxSeconds);
    }
  }

  /**
   * A ridge model with zero padding and summed covariances, the defaults of mTRF-Toolbox.
   *
   * @param direction from stimulus to response or back
   * @param sampleRateHz of stimulus and response
   * @param tminSeconds first lag
   * @param tmaxSeconds last lag
   * @return the options
   */
  public static TrfOptions of(
      Direction direction, double sampleRateHz, double tminSeconds, double tmaxSeconds) {
    return new TrfOptions(
        direction,
        sampleRateHz,
        tminSeconds,
        tmaxSeconds,
        Regularization.RIDGE,
        true,
        Scaling.SUMMED);
  }

  /** The first lag in samples: input row {@code t - lag} is seen by output row t. */
  public int firstLag() {
    double from = direction == Direction.FORWARD ? tminSeconds : -tmaxSeconds;
    return (int) Math.floor(from * sampleRateHz);
  }

  /** The last lag in samples. */
  public int lastLag() {
    double to = direction == Direction.FORWARD ? tmaxSeconds : -tminSeconds;
    return (int) Math.ceil(to * sampleRateHz);
  }

  /** Lags from the first to the last. */
  public int lags() {
    return lastLag() - firstLag() + 1;
  }
}
