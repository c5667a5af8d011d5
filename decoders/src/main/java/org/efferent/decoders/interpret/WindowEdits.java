package org.efferent.decoders.interpret;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.efferent.decoders.train.WindowEdit;
import org.jtransforms.fft.DoubleFFT_1D;

/** Usual edits of windows. */
public final class WindowEdits {
  private WindowEdits() {}

  /**
   * Some channels say nothing: they stay at their centre.
   *
   * @param silent {@code [channels]}
   * @return the edit
   */
  public static WindowEdit without(boolean[] silent) {
    boolean[] own = silent.clone();
    return (window, channels, time) -> {
      if (own.length != channels) {
        throw new IllegalArgumentException(
            "one entry a channel is needed; entries=%d, channels=%d"
                .formatted(own.length, channels));
      }
      for (int c = 0; c < channels; c++) {
        if (own[c]) {
          Arrays.fill(window, c * time, (c + 1) * time, 0);
        }
      }
    };
  }

  /**
   * Only a stretch of time is there; the rest stays at the centre.
   *
   * @param from first sample, 0 or more
   * @param to sample after the last, behind {@code from}
   * @return the edit
   */
  public static WindowEdit during(int from, int to) {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "a stretch must not be empty; from=%d, to=%d".formatted(from, to));
    }
    return (window, channels, time) -> {
      for (int c = 0; c < channels; c++) {
        Arrays.fill(window, c * time, c * time + Math.min(from, time), 0);
        Arrays.fill(window, c * time + Math.min(to, time), (c + 1) * time, 0);
      }
    };
  }

  /**
   * Only frequencies of a band are there. A spectrum of a window is cut off sharply, without delay;
   * a window of T seconds tells frequencies apart that differ by 1/T Hz.
   *
   * @param rateHz samples a second
   * @param lowHz first frequency that stays
   * @param highHz first frequency that goes
   * @return the edit
   */
  public static WindowEdit band(double rateHz, double lowHz, double highHz) {
    if (!(rateHz > 0 && lowHz >= 0 && highHz > lowHz)) {
      throw new IllegalArgumentException(
          "a band must be of rising frequencies; lowHz=%s, highHz=%s, rateHz=%s"
              .formatted(lowHz, highHz, rateHz));
    }
    return (window, channels, time) -> {
      DoubleFFT_1D transform = new DoubleFFT_1D(time);
      double[] line = new double[2 * time];
      for (int c = 0; c < channels; c++) {
        for (int t = 0; t < time; t++) {
          line[t] = window[c * time + t];
        }
        transform.realForwardFull(line);
        for (int k = 0; k < time; k++) {
          double hz = Math.min(k, time - k) * rateHz / time;
          if (hz < lowHz || hz >= highHz) {
            line[2 * k] = 0;
            line[2 * k + 1] = 0;
          }
        }
        transform.complexInverse(line, true);
        for (int t = 0; t < time; t++) {
          window[c * time + t] = (float) line[2 * t];
        }
        Arrays.fill(line, 0);
      }
    };
  }

  /**
   * Noise in the place of the signal: normal with mean 0 and deviation 1, in each channel's own
   * scale (a window comes scaled as the encoder takes it). Nothing of the window is left, neither
   * its power nor its mean, which may know the stimulus; what an encoder still finds, it did not
   * find in the brain.
   *
   * @param seed of the draws; each window draws anew
   * @return the edit
   */
  public static WindowEdit noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return (window, channels, time) -> {
      for (int i = 0; i < channels * time; i++) {
        window[i] = (float) random.nextGaussian();
      }
    };
  }

  /**
   * The signal of another time: later samples, and behind them those of the beginning.
   *
   * @param samples to shift by
   * @return the edit
   */
  public static WindowEdit shifted(int samples) {
    return (window, channels, time) -> {
      int by = Math.floorMod(samples, time);
      float[] line = new float[time];
      for (int c = 0; c < channels; c++) {
        System.arraycopy(window, c * time + by, line, 0, time - by);
        System.arraycopy(window, c * time, line, time - by, by);
        System.arraycopy(line, 0, window, c * time, time);
      }
    };
  }
}
