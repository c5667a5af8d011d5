package org.efferent.decoders.preprocess;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.Transform;

/**
 * Scaling by median and quartiles, one recording and channel at a time (Défossez et al. 2023):
 * {@code (x - median) / (Q75 - Q25)}. A quantile q of n values is element {@code ⌊q n⌋} of the
 * sorted values, nothing interpolated; a channel whose quartiles are equal is not scaled.
 *
 * <p>As published it is fitted on some 200 windows of the training part of a recording, after the
 * baseline was taken away, and what lies beyond ±20 is clamped or its window left out.
 */
public final class RobustScaler {
  /** The published limit, in units of the interquartile range. */
  public static final double LIMIT = 20;

  private final double[] centres;
  private final double[] scales;

  /**
   * A scaler that was fitted before.
   *
   * @param centres {@code [channels]}
   * @param scales {@code [channels]}, above 0
   */
  public RobustScaler(double[] centres, double[] scales) {
    if (centres.length != scales.length || Arrays.stream(scales).anyMatch(s -> !(s > 0))) {
      throw new IllegalArgumentException(
          "scales must be one a channel and above 0; centres=%s, scales=%s"
              .formatted(Arrays.toString(centres), Arrays.toString(scales)));
    }
    this.centres = centres.clone();
    this.scales = scales.clone();
  }

  /**
   * Fits a scaler.
   *
   * @param epochs of one recording, of its training part alone
   * @return the scaler
   * @throws InputException if there is no epoch or a value is not finite
   */
  public static RobustScaler fit(Epochs epochs) {
    int samples = epochs.samples();
    int n = epochs.count() * samples;
    if (n == 0) {
      throw new InputException("a robust scaler needs one epoch at least; epochs=0");
    }
    double[] centres = new double[epochs.channels()];
    double[] scales = new double[epochs.channels()];
    double[] column = new double[n];
    for (int c = 0; c < centres.length; c++) {
      for (int e = 0; e < epochs.count(); e++) {
        System.arraycopy(
            epochs.values(), (e * epochs.channels() + c) * samples, column, e * samples, samples);
      }
      Arrays.sort(column);
      // NaN and infinities are sorted to the ends.
      if (!Double.isFinite(column[0]) || !Double.isFinite(column[n - 1])) {
        throw new InputException(
            "a robust scaler needs finite values; channel=%d: leave its epochs out".formatted(c));
      }
      centres[c] = column[(int) (0.5 * n)];
      double range = column[(int) (0.75 * n)] - column[(int) (0.25 * n)];
      scales[c] = range == 0 ? 1 : range;
    }
    return new RobustScaler(centres, scales);
  }

  /** Median of each channel, in its unit. */
  public double[] centres() {
    return centres.clone();
  }

  /** Interquartile range of each channel, in its unit; 1 where that is 0. */
  public double[] scales() {
    return scales.clone();
  }

  /**
   * Scales.
   *
   * @param epochs of the same channels
   * @return scaled epochs, not clamped
   */
  public Epochs apply(Epochs epochs) {
    checkChannels(epochs.channels());
    double[] scaled = epochs.values().clone();
    for (int i = 0; i < scaled.length; i++) {
      int c = i / epochs.samples() % centres.length;
      scaled[i] = (scaled[i] - centres[c]) / scales[c];
    }
    return epochs.with(scaled);
  }

  /**
   * Clamps.
   *
   * @param epochs scaled
   * @param limit above 0
   * @return the epochs with nothing beyond ±limit
   */
  public static Epochs clamp(Epochs epochs, double limit) {
    double[] clamped = epochs.values().clone();
    for (int i = 0; i < clamped.length; i++) {
      clamped[i] = Math.max(-limit, Math.min(limit, clamped[i]));
    }
    return epochs.with(clamped);
  }

  /**
   * Epochs to keep where windows are left out instead of clamped.
   *
   * @param epochs scaled
   * @param limit above 0
   * @return indices of those without a value beyond ±limit and without NaN
   */
  public static List<Integer> within(Epochs epochs, double limit) {
    List<Integer> kept = new ArrayList<>();
    int size = epochs.channels() * epochs.samples();
    for (int e = 0; e < epochs.count(); e++) {
      boolean good = true;
      for (int i = 0; i < size && good; i++) {
        good = Math.abs(epochs.values()[e * size + i]) <= limit;
      }
      if (good) {
        kept.add(e);
      }
    }
    return kept;
  }

  /**
   * This scaler, frozen, on a stream: it scales and clamps row by row.
   *
   * @param limit above 0; infinite for no clamp
   * @return a transform without state
   */
  public Transform transform(double limit) {
    return chunk -> {
      checkChannels(chunk.channels());
      double[] values = chunk.values();
      for (int i = 0; i < chunk.rows() * centres.length; i++) {
        int c = i % centres.length;
        values[i] = Math.max(-limit, Math.min(limit, (values[i] - centres[c]) / scales[c]));
      }
    };
  }

  private void checkChannels(int channels) {
    if (channels != centres.length) {
      throw new InputException(
          "a scaler must see the channels that it was fitted on; channels=%d, fitted on %d"
              .formatted(channels, centres.length));
    }
  }
}
