package org.efferent.filters;

import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.efferent.core.InputException;

/**
 * The bandwidth of a Nadaraya-Watson regression by leave-one-out squared error: a coarse grid over
 * its logarithm in steps of a factor 2 around the features' mean variance, then Brent's method
 * between the best point's neighbours.
 *
 * <p>Where inputs overlap in time (lags above 1) the rows that share samples with the one left out
 * are left out with it. The grid looks at 500 rows spread evenly, Brent at 4,000.
 */
final class BandwidthSearch {
  private static final int COARSE_QUERIES = 500;
  private static final int FINE_QUERIES = 4000;
  private static final int LOWEST = -12;
  private static final int HIGHEST = 8;
  private static final int SWEEP = 15;
  private static final int SWEEP_UNIT = 8;
  private static final double SWEEP_STEP = 0.75;

  private final int n;
  private final int inputs;
  private final double[][] rows;
  private final double[][] targets;
  private final double[][] columns;
  private final double[] distances;
  private final double[] prediction;
  private final int lags;
  private double nearest;

  private BandwidthSearch(double[][] rows, double[][] targets, int lags) {
    this.rows = rows;
    this.targets = targets;
    this.lags = lags;
    n = rows.length;
    inputs = rows[0].length;
    columns = Tables.columnMajor(rows);
    distances = new double[n];
    prediction = new double[targets[0].length];
  }

  static double search(double[][] rows, double[][] targets, int lags) {
    if (rows.length < 2 * lags + 1) {
      throw new InputException(
          "learning a bandwidth needs at least "
              + (2 * lags + 1)
              + " rows; rows="
              + rows.length
              + ": give the bandwidth or more rows");
    }
    double unit = 0;
    for (double variance : Tables.variances(rows)) {
      unit += variance / rows[0].length;
    }
    if (!(unit > 0)) {
      throw new InputException(
          "learning a bandwidth needs features that vary over the rows; rows=" + rows.length);
    }
    BandwidthSearch search = new BandwidthSearch(rows, targets, lags);
    double base = Math.log(unit);
    int best = LOWEST;
    double least = Double.POSITIVE_INFINITY;
    for (int step = LOWEST; step <= HIGHEST; step++) {
      double error = search.error(base + step * Math.log(2), COARSE_QUERIES);
      if (error < least) {
        least = error;
        best = step;
      }
    }
    double found =
        new BrentOptimizer(1e-4, 1e-6)
            .optimize(
                new MaxEval(500),
                new UnivariateObjectiveFunction(log -> search.error(log, FINE_QUERIES)),
                GoalType.MINIMIZE,
                new SearchInterval(
                    base + (best - 1) * Math.log(2),
                    base + (best + 1) * Math.log(2),
                    base + best * Math.log(2)))
            .getPoint();
    return Math.exp(found);
  }

  /**
   * The bandwidth of rows that are alike because they are near in time: a grid in steps of a factor
   * 2^0.75, all of it from one set of distances a query, which is fast enough to do again and again
   * in a session. Rows nearer in time than {@code apart} are left out with the one that is left
   * out.
   */
  static double sweep(double[][] rows, double[][] targets, int apart, int queries) {
    int n = rows.length;
    double unit = 0;
    for (double variance : Tables.variances(rows)) {
      unit += variance / rows[0].length;
    }
    if (n < 2 * apart + 1 || !(unit > 0)) {
      throw new InputException(
          "learning a bandwidth needs features that vary over at least "
              + (2 * apart + 1)
              + " rows; rows="
              + n);
    }
    BandwidthSearch search = new BandwidthSearch(rows, targets, apart);
    double[] errors = new double[SWEEP];
    int stride = Math.max(1, (n + queries - 1) / queries);
    for (int t = 0; t < n; t += stride) {
      search.measure(t);
      for (int g = 0; g < SWEEP; g++) {
        errors[g] += search.weigh(t, unit * Math.pow(2, SWEEP_STEP * (g - SWEEP_UNIT)));
      }
    }
    int best = 0;
    for (int g = 1; g < SWEEP; g++) {
      best = errors[g] < errors[best] ? g : best;
    }
    return unit * Math.pow(2, SWEEP_STEP * (best - SWEEP_UNIT));
  }

  /** Mean squared leave-one-out error over at most {@code queries} rows. */
  private double error(double logBandwidth, int queries) {
    double bandwidth = Math.exp(logBandwidth);
    int stride = Math.max(1, (n + queries - 1) / queries);
    double sum = 0;
    int count = 0;
    for (int t = 0; t < n; t += stride) {
      measure(t);
      sum += weigh(t, bandwidth);
      count++;
    }
    return sum / count;
  }

  /** Distances from row t to all others; infinite to those that are left out with it. */
  private void measure(int t) {
    Distances.squared(columns, n, rows[t], inputs, distances);
    java.util.Arrays.fill(
        distances, Math.max(0, t - lags + 1), Math.min(n, t + lags), Double.POSITIVE_INFINITY);
    nearest = Distances.smallest(distances, n);
  }

  /** Squared error at row t, whose distances are measured. */
  private double weigh(int t, double bandwidth) {
    double limit = nearest + 80 * bandwidth;
    double scale = -0.5 / bandwidth;
    double total = 0;
    java.util.Arrays.fill(prediction, 0);
    for (int i = 0; i < n; i++) {
      if (distances[i] <= limit) {
        double weight = NegativeExp.of((distances[i] - nearest) * scale);
        total += weight;
        for (int j = 0; j < prediction.length; j++) {
          prediction[j] += weight * targets[i][j];
        }
      }
    }
    double sum = 0;
    for (int j = 0; j < prediction.length; j++) {
      double difference = prediction[j] / total - targets[t][j];
      sum += difference * difference;
    }
    return sum;
  }
}
