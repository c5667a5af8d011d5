package org.efferent.filters;

import java.util.Arrays;
import org.efferent.core.InputException;

/**
 * Trains {@link FilterKind#GRU} as the networks of {@link FilterKind#BEST} are trained: once on the
 * first 70 % of the rows, whose errors on the rest are the covariance, and once on all rows, which
 * is what decodes.
 */
final class GruTraining {
  private static final double TRAINED_SHARE = 0.7;
  private static final int FEWEST_ROWS = 200;

  private GruTraining() {}

  static GruEngine train(FilterSpec spec, double[][] x, double[][] z) {
    if (x.length < FEWEST_ROWS) {
      throw new InputException(
          "the filter 'gru' needs at least "
              + FEWEST_ROWS
              + " training rows; rows="
              + x.length
              + ": use dkf-nw or kalman");
    }
    double hidden = spec.setting("hidden");
    RecurrentTraining.Recipe recipe =
        BestTraining.recipe(Double.isNaN(hidden) ? BestTraining.HIDDEN : (int) hidden, x.length);
    double[] mean = new double[x[0].length];
    double[] factor = new double[x[0].length];
    double[][] rows = BestTraining.standardised(x, mean, factor);
    double scale = BestTraining.scale("gru", z);
    double[][] y = new double[z.length][];
    for (int t = 0; t < z.length; t++) {
      y[t] = Arrays.stream(z[t]).map(v -> v / scale).toArray();
    }
    int split = (int) (TRAINED_SHARE * x.length);
    GruNetwork first =
        RecurrentTraining.gru(
            recipe, Arrays.copyOf(rows, split), Arrays.copyOf(y, split), spec.seed());
    RecurrentNetwork.Memory memory = first.memory();
    double[][] residuals = new double[x.length - split][z[0].length];
    double[] out = new double[z[0].length];
    for (int t = 0; t < x.length; t++) {
      memory.step(rows[t], out);
      for (int i = 0; t >= split && i < out.length; i++) {
        residuals[t - split][i] = z[t][i] - scale * out[i];
      }
    }
    GruNetwork network = RecurrentTraining.gru(recipe, rows, y, spec.seed());
    return new GruEngine(mean, factor, network, scale, ConstantNoise.fit(residuals));
  }
}
