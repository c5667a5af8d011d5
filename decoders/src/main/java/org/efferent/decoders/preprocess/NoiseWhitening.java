package org.efferent.decoders.preprocess;

import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.Transform;
import org.efferent.decoders.linear.SymmetricEigen;

/**
 * Multivariate noise normalisation (Guggenmos et al. 2018, NeuroImage 173:434): channels are
 * multiplied with {@code Σ^(-1/2)}, Σ the mean over conditions of the covariance between channels.
 * It is fitted on the training part of one session and used on all of that session.
 */
public final class NoiseWhitening {
  private final int channels;
  private final double[] matrix;

  private NoiseWhitening(int channels, double[] matrix) {
    this.channels = channels;
    this.matrix = matrix;
  }

  /** What the rows of a condition's covariance are. */
  public enum Over {
    /** Samples of each epoch; the mean over the epochs is taken. As published for NICE. */
    EPOCHS,
    /** Repetitions at each sample; the mean over the samples is taken. */
    TIME
  }

  /** Adds up covariances, condition by condition, so that a session need not be in memory. */
  public static final class Fit {
    private final int channels;
    private final Over over;
    private final Shrinkage shrinkage;
    private final double[] sum;
    private final boolean[] varies;
    private int conditions;

    /**
     * Nothing yet.
     *
     * @param channels of the session
     * @param over what covariances are taken over
     * @param shrinkage of each
     */
    public Fit(int channels, Over over, Shrinkage shrinkage) {
      this.channels = channels;
      this.over = over;
      this.shrinkage = shrinkage;
      sum = new double[channels * channels];
      varies = new boolean[channels];
    }

    /**
     * Adds one condition.
     *
     * @param epochs its repetitions; two at least if covariances are taken over them
     * @throws InputException if repetitions are too few or a value is not finite
     */
    public void add(Epochs epochs) {
      int samples = epochs.samples();
      int count = epochs.count();
      boolean overTime = over == Over.TIME;
      if (epochs.channels() != channels || count < (overTime ? 2 : 1) || samples < 2) {
        throw new InputException(
            "a condition needs %d channels, %d repetitions and 2 samples at least; channels=%d, repetitions=%d, samples=%d"
                .formatted(channels, overTime ? 2 : 1, epochs.channels(), count, samples));
      }
      int parts = overTime ? samples : count;
      int rows = overTime ? count : samples;
      double[] x = new double[rows * channels];
      for (int part = 0; part < parts; part++) {
        for (int row = 0; row < rows; row++) {
          int epoch = overTime ? row : part;
          int sample = overTime ? part : row;
          for (int c = 0; c < channels; c++) {
            x[row * channels + c] = epochs.values()[(epoch * channels + c) * samples + sample];
            varies[c] |= x[row * channels + c] != x[c];
            if (!Double.isFinite(x[row * channels + c])) {
              throw new InputException(
                  "noise whitening needs finite values; channel=%d, epoch=%d: leave it out"
                      .formatted(c, epoch));
            }
          }
        }
        double[] covariance = shrinkage.covariance(x, rows, channels);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += covariance[i] / parts;
        }
      }
      conditions++;
    }

    /**
     * The whitening.
     *
     * @return Σ^(-1/2), by eigenvalues
     * @throws InputException if nothing was added, a value is not finite, or Σ is singular
     */
    public NoiseWhitening finish() {
      if (conditions == 0) {
        throw new InputException("noise whitening needs one condition at least; conditions=0");
      }
      double[] mean = new double[sum.length];
      for (int i = 0; i < sum.length; i++) {
        mean[i] = sum[i] / conditions;
      }
      for (int c = 0; c < channels; c++) {
        if (!varies[c]) {
          throw new InputException(
              "a constant channel cannot be whitened; channel=" + c + ": leave it out");
        }
      }
      SymmetricEigen eigen = SymmetricEigen.of(mean, channels);
      double[] values = eigen.values();
      if (!(values[0] > 1e-12 * values[channels - 1])) {
        throw new InputException(
            "the noise covariance is singular, as after an average reference or a projection; smallest eigenvalue=%s, largest=%s: choose a shrinkage"
                .formatted(values[0], values[channels - 1]));
      }
      return new NoiseWhitening(channels, eigen.apply(value -> 1 / Math.sqrt(value)));
    }
  }

  /**
   * Fits on one session.
   *
   * @param training epochs of its training part
   * @param conditions one an epoch
   * @param over what covariances are taken over
   * @param shrinkage of each
   * @return the whitening
   */
  public static NoiseWhitening fit(
      Epochs training, int[] conditions, Over over, Shrinkage shrinkage) {
    if (conditions.length != training.count()) {
      throw new IllegalArgumentException(
          "conditions must be one an epoch; epochs=%d, conditions=%d"
              .formatted(training.count(), conditions.length));
    }
    Fit fit = new Fit(training.channels(), over, shrinkage);
    for (List<Integer> group : Epochs.byCondition(conditions).values()) {
      fit.add(training.select(group));
    }
    return fit.finish();
  }

  /** {@code Σ^(-1/2)}, {@code [channels × channels]}, in one over the unit of the channels. */
  public double[] matrix() {
    return matrix.clone();
  }

  /**
   * Whitens.
   *
   * @param epochs of the same channels
   * @return whitened epochs, without unit
   */
  public Epochs apply(Epochs epochs) {
    checkChannels(epochs.channels());
    int samples = epochs.samples();
    double[] values = epochs.values();
    double[] white = new double[values.length];
    for (int e = 0; e < epochs.count(); e++) {
      for (int i = 0; i < channels; i++) {
        int to = (e * channels + i) * samples;
        for (int j = 0; j < channels; j++) {
          double factor = matrix[i * channels + j];
          int from = (e * channels + j) * samples;
          for (int t = 0; t < samples; t++) {
            white[to + t] += factor * values[from + t];
          }
        }
      }
    }
    return epochs.with(white);
  }

  /** This whitening on a stream, row by row; used by one thread. */
  public Transform transform() {
    double[] row = new double[channels];
    return chunk -> {
      checkChannels(chunk.channels());
      double[] values = chunk.values();
      for (int at = 0; at < chunk.rows() * channels; at += channels) {
        System.arraycopy(values, at, row, 0, channels);
        for (int i = 0; i < channels; i++) {
          double sum = 0;
          for (int j = 0; j < channels; j++) {
            sum += matrix[i * channels + j] * row[j];
          }
          values[at + i] = sum;
        }
      }
    };
  }

  private void checkChannels(int found) {
    if (found != channels) {
      throw new InputException(
          "whitening must see the channels that it was fitted on; channels=%d, fitted on %d"
              .formatted(found, channels));
    }
  }
}
