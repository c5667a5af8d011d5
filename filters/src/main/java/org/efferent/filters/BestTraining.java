package org.efferent.filters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.efferent.core.InputException;

/**
 * Trains {@link FilterKind#BEST}. Its constants were chosen on rows 0 to 5,000 of the recording of
 * Flint et al. 2012 alone, training on the first 2,500 or 3,500 rows and looking at the 1,000 or
 * 1,500 that follow; docs/DESIGN.md has the table. What depends on the recording is learned: the
 * weights of lags and features, signal and noise of the process (by {@link BlockwiseError}), and
 * the networks.
 */
final class BestTraining {
  /** Rows that make up the process's input. */
  static final int LAGS = 12;

  /** Units of a network. */
  static final int HIDDEN = 40;

  private static final int BLOCK = 100;
  private static final int FEWEST_ROWS = 4 * BLOCK;
  private static final int MOST_PROCESS_ROWS = 6_000;
  private static final int MOST_BLOCKS = 25;
  private static final int NETWORKS = 5;
  private static final double SHARE = 0.4;

  private static final int SEARCH_STEPS = 20;
  private static final int FAST_STEPS = 14;
  private static final double SEARCH_RATE = 0.12;
  private static final double SLOWER = 0.3;
  private static final double BETA_1 = 0.8;
  private static final double BETA_2 = 0.95;
  private static final double FIRST_LAG = -1.5;
  private static final double LAST_LAG = -2.8;
  private static final double FIRST_LOG_NOISE = -1.5;

  private static final double NETWORK_STEPS_A_ROW = 0.086;
  private static final int MOST_NETWORK_STEPS = 2_000;
  private static final int FEWEST_NETWORK_STEPS = 100;

  private BestTraining() {}

  /**
   * Trains.
   *
   * @param x features, {@code [rows][features]}
   * @param z states, {@code [rows][d]}
   * @param seed of the networks
   * @param learned modified: what was learned, by name
   * @return the blend
   */
  static BestEngine train(double[][] x, double[][] z, long seed, Map<String, Double> learned) {
    if (x.length < FEWEST_ROWS) {
      throw new InputException(
          "the filter 'best' needs at least "
              + FEWEST_ROWS
              + " training rows; rows="
              + x.length
              + ": use dkf-nw or kalman");
    }
    double[] mean = new double[x[0].length];
    double[] factor = new double[x[0].length];
    double[][] rows = standardised(x, mean, factor);
    double stateScale = scale("best", z);
    double[][] y = new double[z.length][];
    for (int t = 0; t < z.length; t++) {
      y[t] = Arrays.stream(z[t]).map(v -> v / stateScale).toArray();
    }
    double[][] lagged = InputHistory.lagged(rows, LAGS);
    double[][] errors = new double[1][];
    double[] parameters = search(lagged, y, learned, errors);
    LaggedProcess process = process(rows, y, parameters);
    LstmNetwork[] networks = networks(rows, y, seed);
    double[] q = errors[0];
    for (int i = 0; i < q.length; i++) {
      q[i] *= stateScale * stateScale;
    }
    return new BestEngine(
        mean, factor, process, networks, stateScale, SHARE, new ConstantNoise(z[0].length, q));
  }

  static double[][] standardised(double[][] x, double[] mean, double[] factor) {
    double[] variances = Tables.variances(x);
    for (double[] row : x) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += row[k] / x.length;
      }
    }
    for (int k = 0; k < mean.length; k++) {
      factor[k] = variances[k] > 0 ? 1 / Math.sqrt(variances[k]) : 0;
    }
    double[][] rows = new double[x.length][mean.length];
    for (int t = 0; t < x.length; t++) {
      BestEngine.standardise(x[t], mean, factor, rows[t]);
    }
    return rows;
  }

  static double scale(String filter, double[][] z) {
    double power = 0;
    for (double[] row : z) {
      for (double v : row) {
        power += v * v / (z.length * row.length);
      }
    }
    if (!(power > 0)) {
      throw new InputException("the filter '" + filter + "' needs states that are not all zero");
    }
    return Math.sqrt(power);
  }

  /** Adam (Kingma and Ba 2015) on the blockwise error of every other block. */
  private static double[] search(
      double[][] lagged, double[][] y, Map<String, Double> learned, double[][] covariance) {
    int features = lagged[0].length / LAGS;
    List<double[]> someX = new ArrayList<>();
    List<double[]> someY = new ArrayList<>();
    int stride = Math.max(2, (lagged.length / BLOCK + MOST_BLOCKS - 1) / MOST_BLOCKS);
    for (int b = 0; b + BLOCK <= lagged.length; b += stride * BLOCK) {
      someX.addAll(Arrays.asList(lagged).subList(b, b + BLOCK));
      someY.addAll(Arrays.asList(y).subList(b, b + BLOCK));
    }
    BlockwiseError error =
        new BlockwiseError(
            someX.toArray(double[][]::new), someY.toArray(double[][]::new), LAGS, BLOCK);
    double[] p = new double[error.size()];
    for (int l = 0; l < LAGS; l++) {
      p[l] = FIRST_LAG + (LAST_LAG - FIRST_LAG) * l / (LAGS - 1);
    }
    p[LAGS + features + 1] = FIRST_LOG_NOISE;
    double[] gradient = new double[p.length];
    double[] first = new double[p.length];
    double[] second = new double[p.length];
    double value = Double.NaN;
    for (int step = 1; step <= SEARCH_STEPS; step++) {
      value = error.at(p, gradient);
      if (!Double.isFinite(value)) {
        throw new InputException(
            "the process of the filter 'best' met a covariance that is not positive definite; leave"
                + " out features that repeat one another");
      }
      double rate = step <= FAST_STEPS ? SEARCH_RATE : SLOWER * SEARCH_RATE;
      for (int i = 0; i < p.length; i++) {
        first[i] = BETA_1 * first[i] + (1 - BETA_1) * gradient[i];
        second[i] = BETA_2 * second[i] + (1 - BETA_2) * gradient[i] * gradient[i];
        double slope = first[i] / (1 - Math.pow(BETA_1, step));
        p[i] -= rate * slope / (Math.sqrt(second[i] / (1 - Math.pow(BETA_2, step))) + 1e-8);
      }
    }
    covariance[0] = StateModel.secondMoment(error.errors());
    for (int l = 0; l < LAGS; l++) {
      learned.put("logLagScale." + l, p[l]);
    }
    for (int k = 0; k < features; k++) {
      learned.put("logFeatureScale." + k, p[LAGS + k]);
    }
    learned.put("logSignalVariance", p[LAGS + features]);
    learned.put("logNoiseVariance", p[LAGS + features + 1]);
    learned.put("blockwiseError", value);
    return p;
  }

  private static LaggedProcess process(double[][] all, double[][] y, double[] parameters) {
    int features = all[0].length;
    int from = Math.max(0, all.length - MOST_PROCESS_ROWS);
    double[][] rows = Arrays.copyOfRange(all, from, all.length);
    double logSignal = parameters[LAGS + features];
    double[] one = {0, logSignal / 2, parameters[LAGS + features + 1] / 2};
    double[][] hyper = new double[y[0].length][];
    Arrays.fill(hyper, one);
    double[][] alpha =
        GaussianProcess.fit(
                KernelShape.MATERN32,
                InputHistory.lagged(rows, LAGS),
                Arrays.copyOfRange(y, from, y.length),
                BlockwiseError.scales(parameters, LAGS, features),
                hyper)
            .alpha();
    return new LaggedProcess(
        rows,
        exponentials(parameters, 0, LAGS),
        exponentials(parameters, LAGS, LAGS + features),
        Math.exp(logSignal),
        alpha);
  }

  private static double[] exponentials(double[] logarithms, int from, int to) {
    return Arrays.stream(logarithms, from, to).map(Math::exp).toArray();
  }

  private static LstmNetwork[] networks(double[][] rows, double[][] y, long seed) {
    RecurrentTraining.Recipe recipe = recipe(HIDDEN, rows.length);
    return IntStream.range(0, NETWORKS)
        .parallel()
        .mapToObj(i -> RecurrentTraining.lstm(recipe, rows, y, seed * NETWORKS + i))
        .toArray(LstmNetwork[]::new);
  }

  /** How networks are trained on so many rows. */
  static RecurrentTraining.Recipe recipe(int hidden, int rows) {
    int steps =
        (int)
            Math.max(
                FEWEST_NETWORK_STEPS,
                Math.min(MOST_NETWORK_STEPS, Math.round(NETWORK_STEPS_A_ROW * rows)));
    return new RecurrentTraining.Recipe(
        hidden, steps, 64, 16, 8, 8e-3, 0.0125, 0.2, 0.1, 0.3, 0.5, 1);
  }
}
