package org.efferent.viz;

import java.util.List;
import org.efferent.core.Estimate;

/**
 * A decoded state over time, with the truth and the decoder's own uncertainty where there are any.
 * Immutable: arrays are copied.
 */
public final class Trajectory {
  private final double[] seconds;
  private final double[][] decoded;
  private final double[][] truth;
  private final double[][] deviations;

  /**
   * What was decoded.
   *
   * @param seconds {@code [bins]}, ascending, at least two
   * @param decoded {@code [bins][d]}, in the unit of the state; NaN leaves a gap
   * @param truth {@code [bins][d]}, or null if nobody knows it
   * @param deviations {@code [bins][d]}, standard deviations of the decoded state, or null
   */
  public Trajectory(double[] seconds, double[][] decoded, double[][] truth, double[][] deviations) {
    if (seconds.length < 2) {
      throw new IllegalArgumentException(
          "a trajectory has at least two bins; bins=" + seconds.length);
    }
    for (int i = 1; i < seconds.length; i++) {
      if (!(seconds[i] > seconds[i - 1])) {
        throw new IllegalArgumentException(
            "seconds must ascend; seconds[" + i + "]=" + seconds[i] + " after " + seconds[i - 1]);
      }
    }
    this.seconds = seconds.clone();
    int d = decoded.length == 0 ? 0 : decoded[0].length;
    this.decoded = copy("decoded", decoded, d);
    this.truth = truth == null ? null : copy("truth", truth, d);
    this.deviations = deviations == null ? null : copy("deviations", deviations, d);
  }

  /**
   * What a filter said, with its uncertainty.
   *
   * @param seconds {@code [bins]}, ascending, at least two
   * @param estimates one a bin
   * @param truth {@code [bins][d]}, or null if nobody knows it
   * @return the trajectory of the means, with the square roots of the covariances' diagonals
   */
  public static Trajectory of(
      double[] seconds, List<Estimate.Gaussian> estimates, double[][] truth) {
    double[][] means = new double[estimates.size()][];
    double[][] deviations = new double[estimates.size()][];
    for (int i = 0; i < means.length; i++) {
      Estimate.Gaussian estimate = estimates.get(i);
      means[i] = estimate.mean();
      deviations[i] = new double[means[i].length];
      for (int j = 0; j < means[i].length; j++) {
        deviations[i][j] = Math.sqrt(estimate.covariance(j, j));
      }
    }
    return new Trajectory(seconds, means, truth, deviations);
  }

  /** Number of bins. */
  public int bins() {
    return seconds.length;
  }

  /** Dimensions of the state. */
  public int dimensions() {
    return decoded[0].length;
  }

  /** Whether the truth is known. */
  public boolean hasTruth() {
    return truth != null;
  }

  /** Whether the decoder says how sure it is. */
  public boolean hasDeviations() {
    return deviations != null;
  }

  double seconds(int bin) {
    return seconds[bin];
  }

  double decoded(int bin, int dimension) {
    return decoded[bin][dimension];
  }

  double truth(int bin, int dimension) {
    return truth[bin][dimension];
  }

  double deviation(int bin, int dimension) {
    return deviations[bin][dimension];
  }

  private double[][] copy(String name, double[][] rows, int d) {
    if (rows.length != seconds.length) {
      throw new IllegalArgumentException(
          name + " must have a row a bin; bins=" + seconds.length + ", rows=" + rows.length);
    }
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != d || d == 0) {
        throw new IllegalArgumentException(
            name + " must be [bins × d]; d=" + d + ", row " + i + " has " + rows[i].length);
      }
      copy[i] = rows[i].clone();
    }
    return copy;
  }
}
