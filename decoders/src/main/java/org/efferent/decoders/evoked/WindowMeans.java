package org.efferent.decoders.evoked;

import java.util.Arrays;
import org.efferent.core.InputException;
import org.efferent.decoders.preprocess.Epochs;

/**
 * Means of short windows that follow each other, every channel: an epoch at a lower rate (Blankertz
 * et al.: Single-trial analysis and classification of ERP components, NeuroImage 56, 2011,
 * doi:10.1016/j.neuroimage.2010.06.048). Samples after the last whole window are left out.
 *
 * @param rateHz windows a second, about: a window is a whole number of samples, at least one
 */
public record WindowMeans(double rateHz) implements EpochFeatures {
  /** Checks the rate. */
  public WindowMeans {
    if (!(rateHz > 0) || Double.isInfinite(rateHz)) {
      throw new IllegalArgumentException("rateHz must be finite and above 0; rateHz=" + rateHz);
    }
  }

  /** Samples of a window. */
  int window(Epochs epochs) {
    return (int) Math.max(1, Math.rint(epochs.sampleRateHz() / rateHz));
  }

  /**
   * The windows.
   *
   * @param epochs {@code [epochs × channels × samples]}
   * @return {@code [epochs × channels × windows]}, of the rate that whole windows make
   * @throws InputException if an epoch is shorter than a window
   */
  public Epochs reduce(Epochs epochs) {
    int window = window(epochs);
    int samples = epochs.samples();
    int windows = samples / window;
    if (windows == 0) {
      throw new InputException(
          "an epoch must hold a window at least; samples=%d, of a window %d"
              .formatted(samples, window));
    }
    double[] values = epochs.values();
    double[] means = new double[values.length / samples * windows];
    for (int i = 0; i < means.length; i++) {
      int from = i / windows * samples + i % windows * window;
      for (int t = from; t < from + window; t++) {
        means[i] += values[t] / window;
      }
    }
    return new Epochs(
        means,
        epochs.channels(),
        windows,
        epochs.sampleRateHz() / window,
        epochs.tminSeconds() + (window - 1) / 2.0 / epochs.sampleRateHz());
  }

  @Override
  public double[][] of(Epochs epochs) {
    Epochs reduced = reduce(epochs);
    int size = reduced.channels() * reduced.samples();
    double[][] rows = new double[reduced.count()][];
    for (int e = 0; e < rows.length; e++) {
      rows[e] = Arrays.copyOfRange(reduced.values(), e * size, (e + 1) * size);
    }
    return rows;
  }
}
