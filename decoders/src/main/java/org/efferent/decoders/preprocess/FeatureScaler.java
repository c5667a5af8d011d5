package org.efferent.decoders.preprocess;

import java.util.Arrays;
import org.efferent.core.InputException;

/**
 * Standardises features of a stimulus, {@code (x - mean) / deviation}, with one mean and deviation
 * for all of them, as published for speech, or one a feature. The deviation is that of the
 * population (divided by n); where it is 0 nothing is divided.
 */
public final class FeatureScaler {
  private final double[] means;
  private final double[] deviations;

  private FeatureScaler(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  /**
   * Fits a scaler.
   *
   * @param values {@code [rows × features]}, row-major, of the training part alone
   * @param features columns
   * @param perFeature whether each has a mean and deviation of its own
   * @return the scaler
   * @throws InputException if there is no row or a value is not finite
   */
  public static FeatureScaler fit(double[] values, int features, boolean perFeature) {
    if (features < 1 || values.length == 0 || values.length % features != 0) {
      throw new InputException(
          "features must be [rows × features] with one row at least; features=%d, values=%d"
              .formatted(features, values.length));
    }
    int groups = perFeature ? features : 1;
    int n = values.length / groups;
    double[] means = new double[groups];
    double[] deviations = new double[groups];
    for (int i = 0; i < values.length; i++) {
      means[i % groups] += values[i] / n;
    }
    for (int i = 0; i < values.length; i++) {
      double d = values[i] - means[i % groups];
      deviations[i % groups] += d * d / n;
    }
    for (int g = 0; g < groups; g++) {
      if (!Double.isFinite(deviations[g])) {
        throw new InputException(
            "features must be finite to be scaled; mean=%s, variance=%s"
                .formatted(means[g], deviations[g]));
      }
      deviations[g] = deviations[g] == 0 ? 1 : Math.sqrt(deviations[g]);
    }
    return new FeatureScaler(means, deviations);
  }

  /** Means, one or one a feature. */
  public double[] means() {
    return means.clone();
  }

  /** Deviations, one or one a feature. */
  public double[] deviations() {
    return deviations.clone();
  }

  /**
   * Scales.
   *
   * @param values {@code [rows × features]}, row-major
   * @return scaled values
   */
  public double[] apply(double[] values) {
    double[] scaled = values.clone();
    Arrays.setAll(
        scaled, i -> (values[i] - means[i % means.length]) / deviations[i % means.length]);
    return scaled;
  }

  /**
   * Takes the scaling back.
   *
   * @param scaled {@code [rows × features]}, row-major
   * @return values in the features' units
   */
  public double[] invert(double[] scaled) {
    double[] values = scaled.clone();
    Arrays.setAll(values, i -> scaled[i] * deviations[i % means.length] + means[i % means.length]);
    return values;
  }
}
