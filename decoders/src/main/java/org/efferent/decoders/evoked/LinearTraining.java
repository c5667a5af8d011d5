package org.efferent.decoders.evoked;

import java.util.Arrays;
import org.efferent.decoders.linear.Ridge;
import org.efferent.decoders.linear.RidgeOptions;

/** Makes a linear rule that tells two classes apart: a ridge regression, a discriminant, … */
@FunctionalInterface
public interface LinearTraining {
  /** A trained rule. */
  @FunctionalInterface
  interface Score {
    /**
     * Scores one row.
     *
     * @param features {@code [features]}
     * @return the larger, the more like class 1
     */
    double of(double[] features);
  }

  /**
   * Trains.
   *
   * @param features {@code [rows][features]}, finite
   * @param labels class of each row, 0 or 1
   * @return the rule
   */
  Score fit(double[][] features, int[] labels);

  /**
   * Ridge regression on −1 and 1, its penalty by leave-one-out error of the training rows ({@link
   * Ridge}).
   *
   * @param options the grid of penalties
   * @return the rule
   */
  static LinearTraining ridge(RidgeOptions options) {
    return (features, labels) -> {
      double[] x = Arrays.stream(features).flatMapToDouble(Arrays::stream).toArray();
      double[] y = Arrays.stream(labels).mapToDouble(label -> 2.0 * label - 1).toArray();
      Ridge ridge = Ridge.fit(x, y, labels.length, options);
      return row -> ridge.predict(row, 1)[0];
    };
  }
}
