package org.efferent.decoders.evoked;

import java.util.Arrays;
import org.efferent.core.InputException;
import org.efferent.decoders.linear.SymmetricEigen;
import org.efferent.decoders.preprocess.Epochs;

/**
 * Spatial filters that bring out the evoked response of each class (Rivet et al.: xDAWN algorithm
 * to enhance evoked potentials, IEEE Trans. Biomed. Eng. 56, 2009, doi:10.1109/TBME.2009.2012869):
 * those with the largest {@code wᵀ E w / wᵀ C w}, E the covariance of the class's mean response and
 * C that of all epochs. The mean response is the plain average, not the least-squares one that
 * untangles responses which overlap.
 */
final class Xdawn {
  private final int filters;
  private final int channels;
  private final int samples;

  /** Of class 0, then of class 1: {@code [2 filters × channels]}. */
  private final double[] weights;

  /** Filtered mean responses of class 0, then of class 1: {@code [2 filters × samples]}. */
  private final double[] prototypes;

  private Xdawn(int filters, int channels, int samples, double[] weights, double[] prototypes) {
    this.filters = filters;
    this.channels = channels;
    this.samples = samples;
    this.weights = weights;
    this.prototypes = prototypes;
  }

  /**
   * Learns filters.
   *
   * @param trials of both classes
   * @param filters a class, at most as many as channels
   */
  static Xdawn fit(EvokedTrials trials, int filters) {
    Epochs epochs = trials.epochs();
    int channels = epochs.channels();
    int samples = epochs.samples();
    double[] all = new double[channels * channels];
    for (int e = 0; e < epochs.count(); e++) {
      addCovariance(all, epochs.values(), e * channels * samples, channels, samples);
    }
    double[] whitening = Spd.inverseRoot(all, channels);
    double[] weights = new double[2 * filters * channels];
    double[] prototypes = new double[2 * filters * samples];
    for (int label = 0; label < 2; label++) {
      double[] response = response(trials, label);
      double[] evoked = new double[channels * channels];
      addCovariance(evoked, response, 0, channels, samples);
      SymmetricEigen eigen =
          SymmetricEigen.of(Spd.congruent(whitening, evoked, channels), channels);
      int last = (channels - filters) * channels; // the largest come last
      double[] directions = Arrays.copyOfRange(eigen.vectors(), last, channels * channels);
      double[] own = Spd.multiply(directions, whitening, filters, channels, channels);
      System.arraycopy(own, 0, weights, label * own.length, own.length);
      double[] filtered = Spd.multiply(own, response, filters, channels, samples);
      System.arraycopy(filtered, 0, prototypes, label * filtered.length, filtered.length);
    }
    return new Xdawn(filters, channels, samples, weights, prototypes);
  }

  private static double[] response(EvokedTrials trials, int label) {
    int[] labels = trials.labels();
    int count = trials.count(label);
    if (count == 0) {
      throw new InputException(
          "each class needs a trial at least; trials of class %d=0".formatted(label));
    }
    double[] values = trials.epochs().values();
    double[] mean = new double[values.length / labels.length];
    for (int i = 0; i < values.length; i++) {
      if (labels[i / mean.length] == label) {
        mean[i % mean.length] += values[i] / count;
      }
    }
    return mean;
  }

  /** Adds the covariance of {@code [channels × samples]}, each channel's mean taken away. */
  private static void addCovariance(double[] sum, double[] x, int at, int channels, int samples) {
    double[] centred = new double[channels * samples];
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      for (int t = 0; t < samples; t++) {
        mean += x[at + c * samples + t] / samples;
      }
      for (int t = 0; t < samples; t++) {
        centred[c * samples + t] = x[at + c * samples + t] - mean;
      }
    }
    for (int i = 0; i < channels; i++) {
      for (int j = 0; j < channels; j++) {
        for (int t = 0; t < samples; t++) {
          sum[i * channels + j] += centred[i * samples + t] * centred[j * samples + t] / samples;
        }
      }
    }
  }

  /** Rows of {@link #beside}. */
  int rows() {
    return 4 * filters;
  }

  /**
   * The prototypes and below them the filtered epoch.
   *
   * @param epoch {@code [channels × samples]}
   * @return {@code [4 filters × samples]}
   */
  double[] beside(double[] epoch) {
    if (epoch.length != channels * samples) {
      throw new InputException(
          "an epoch must have the channels and samples that filters were learned from; channels=%d, samples=%d, values=%d"
              .formatted(channels, samples, epoch.length));
    }
    double[] rows = Arrays.copyOf(prototypes, 2 * prototypes.length);
    double[] filtered = Spd.multiply(weights, epoch, 2 * filters, channels, samples);
    System.arraycopy(filtered, 0, rows, prototypes.length, filtered.length);
    return rows;
  }
}
