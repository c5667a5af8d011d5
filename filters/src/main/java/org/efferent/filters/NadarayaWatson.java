package org.efferent.filters;

import org.efferent.core.InputException;

/**
 * Nadaraya-Watson regression with an isotropic Gaussian kernel:
 *
 * <pre>
 * f(x) = Σ z_i k(x, x_i) / Σ k(x, x_i),   k(x, y) = exp(-|x - y|² / (2 v))
 * </pre>
 *
 * <p>v, the bandwidth, is a variance. Weights are taken relative to the nearest row's, so far from
 * all rows the answer tends to the nearest row's target and never to 0 / 0.
 */
public final class NadarayaWatson implements Regressor {
  /** Rows whose weight relative to the nearest row's is below exp(-40) = 4e-18 are left out. */
  private static final double NEGLIGIBLE = 40;

  private final int n;
  private final int inputs;
  private final int outputs;
  private final double bandwidth;
  private final double[][] rows;
  private final double[][] table;
  private final double[][] columns;
  private final double[] targets;
  private final double[] distances;
  private final double[] weights;

  /**
   * A regression on given rows, which are kept, not copied.
   *
   * @param rows {@code [rows][inputs]}
   * @param targets {@code [rows][outputs]}
   * @param bandwidth variance of the kernel, in squared units of the features, above 0
   * @throws InputException where tables disagree or hold values that are not finite
   */
  public NadarayaWatson(double[][] rows, double[][] targets, double bandwidth) {
    inputs = Tables.check("kernel rows", rows);
    outputs = Tables.check("kernel targets", targets);
    Tables.sameRows("kernel rows", rows, "kernel targets", targets);
    if (!(bandwidth > 0 && bandwidth < Double.POSITIVE_INFINITY)) {
      throw new InputException("the bandwidth must be above 0; bandwidth=" + bandwidth);
    }
    n = rows.length;
    this.bandwidth = bandwidth;
    this.rows = rows;
    this.table = targets;
    columns = Tables.columnMajor(rows);
    this.targets = Tables.flat(targets);
    distances = new double[n];
    weights = new double[n];
  }

  /**
   * A bandwidth by leave-one-out squared error for rows of which neighbours in time are alike, as
   * smoothed features are; coarse (a grid in steps of a factor 2^0.75) and quick.
   *
   * @param rows {@code [rows][inputs]}, consecutive
   * @param targets {@code [rows][outputs]}
   * @param apart rows nearer in time than this are left out with the one that is left out
   * @param queries rows that are left out in turn, spread evenly
   * @return a variance, in squared units of the features
   * @throws InputException where rows are too few or do not vary
   */
  public static double learnBandwidth(double[][] rows, double[][] targets, int apart, int queries) {
    Tables.check("kernel rows", rows);
    Tables.check("kernel targets", targets);
    Tables.sameRows("kernel rows", rows, "kernel targets", targets);
    return BandwidthSearch.sweep(rows, targets, apart, queries);
  }

  @Override
  public void predict(double[] x, double[] out) {
    Distances.squared(columns, n, x, inputs, distances);
    double nearest = Distances.smallest(distances, n);
    double scale = -0.5 / bandwidth;
    if (outputs == 2) {
      predictTwo(nearest, scale, out);
      return;
    }
    double limit = nearest + NEGLIGIBLE * 2 * bandwidth;
    java.util.Arrays.fill(out, 0, outputs, 0);
    double total = 0;
    for (int i = 0; i < n; i++) {
      if (distances[i] <= limit) {
        double weight = NegativeExp.of((distances[i] - nearest) * scale);
        total += weight;
        int row = i * outputs;
        for (int j = 0; j < outputs; j++) {
          out[j] += weight * targets[row + j];
        }
      }
    }
    for (int j = 0; j < outputs; j++) {
      out[j] /= total;
    }
  }

  /**
   * Two outputs, the usual number. Weights first and sums after, no branch in either loop: a branch
   * that cannot be foretold costs more than the exponentials that it saves.
   */
  private void predictTwo(double nearest, double scale, double[] out) {
    NegativeExp.all(distances, n, nearest, scale, weights);
    double total = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < n; i++) {
      double weight = weights[i];
      total += weight;
      first += weight * targets[2 * i];
      second += weight * targets[2 * i + 1];
    }
    out[0] = first / total;
    out[1] = second / total;
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  /** Variance of the kernel. */
  public double bandwidth() {
    return bandwidth;
  }

  double[][] rows() {
    return rows;
  }

  double[][] targets() {
    return table;
  }
}
