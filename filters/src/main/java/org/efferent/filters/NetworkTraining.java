package org.efferent.filters;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.efferent.core.InputException;

/**
 * Trains a {@link NeuralRegressor} of one hidden layer: gradients by Deeplearning4j ({@link
 * NetworkObjective}), steps by BFGS over all rows (Deeplearning4j's own L-BFGS stalls after a few
 * steps on such networks). Two ways not to learn the noise:
 *
 * <ul>
 *   <li><b>Bayesian regularisation</b>, {@code F = β E_D + α E_W}, α and β by the evidence (MacKay,
 *       Neural Computation 4:415, 1992; Foresee and Hagan 1997; what the reference's trainbr does):
 *       γ = P - α tr (β JᵀJ + α I)⁻¹, α = γ / 2 E_W, β = (N - γ) / 2 E_D, in turns with the steps.
 *       For at most 600 parameters.
 *   <li><b>Early stopping</b>: the steps of the last fifth of the rows' least error.
 * </ul>
 *
 * <p>Both are tried on the first 80 % of the rows and judged by the squared error on the rest; the
 * better one is then trained on all rows.
 */
final class NetworkTraining {
  /** Most parameters that Bayesian regularisation takes: its cost grows with their square. */
  static final int MOST_BAYESIAN = 600;

  private static final double TRAINED_SHARE = 0.8;
  private static final int FEWEST_ROWS = 50;
  private static final int TURNS = 8;
  private static final int EVALUATIONS = 60;
  private static final int MOST_EVALUATIONS = 400;
  private static final int PATIENCE = 40;
  private static final double FIRST_DECAY = 0.01;

  private final int hidden;
  private final long seed;

  private NetworkTraining(int hidden, long seed) {
    this.hidden = hidden;
    this.seed = seed;
  }

  /**
   * Trains.
   *
   * @param x inputs, {@code [rows][inputs]}
   * @param y outputs, {@code [rows][outputs]}
   * @param hidden units
   * @param seed of the first parameters
   * @param learned modified: hidden, bayesian (1 or 0), and effectiveParameters (γ) if 1
   * @return the network, over raw inputs and outputs
   * @throws InputException where there are fewer than 50 rows
   */
  static NeuralRegressor train(
      double[][] x, double[][] y, int hidden, long seed, Map<String, Double> learned) {
    if (x.length < FEWEST_ROWS) {
      throw new InputException(
          "a network needs at least " + FEWEST_ROWS + " rows; rows=" + x.length);
    }
    double[] mean = new double[x[0].length];
    double[] factor = new double[x[0].length];
    double[] outMean = new double[y[0].length];
    double[] outFactor = new double[y[0].length];
    double[][] inputs = standardised(x, mean, factor);
    double[][] outputs = standardised(y, outMean, outFactor);
    double[] outScale = Arrays.stream(outFactor).map(f -> f > 0 ? 1 / f : 0).toArray();
    NetworkTraining training = new NetworkTraining(hidden, seed);
    int split = (int) (TRAINED_SHARE * x.length);
    int size = (x[0].length + 1) * hidden + (hidden + 1) * y[0].length;
    boolean bayesian = false;
    if (size <= MOST_BAYESIAN && split * y[0].length > 2 * size) {
      double[][] a = Arrays.copyOf(inputs, split);
      double[][] b = Arrays.copyOf(outputs, split);
      double[][] heldX = Arrays.copyOfRange(inputs, split, x.length);
      double[][] heldY = Arrays.copyOfRange(outputs, split, y.length);
      bayesian =
          error(training.bayesian(a, b, new double[1]), heldX, heldY)
              <= error(training.stopped(a, b), heldX, heldY);
    }
    double[] gamma = new double[1];
    NeuralRegressor network =
        bayesian ? training.bayesian(inputs, outputs, gamma) : training.stopped(inputs, outputs);
    learned.put("hidden", (double) hidden);
    learned.put("bayesian", bayesian ? 1.0 : 0.0);
    if (bayesian) {
      learned.put("effectiveParameters", gamma[0]);
    }
    return network.unscaled(mean, factor, outMean, outScale);
  }

  private static double[][] standardised(double[][] rows, double[] mean, double[] factor) {
    double[] variances = Tables.variances(rows);
    for (double[] row : rows) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += row[k] / rows.length;
      }
    }
    for (int k = 0; k < mean.length; k++) {
      factor[k] = variances[k] > 0 ? 1 / Math.sqrt(variances[k]) : 0;
    }
    double[][] out = new double[rows.length][mean.length];
    for (int t = 0; t < rows.length; t++) {
      BestEngine.standardise(rows[t], mean, factor, out[t]);
    }
    return out;
  }

  /** Squared error, summed. */
  static double error(NeuralRegressor network, double[][] x, double[][] y) {
    double[] out = new double[y[0].length];
    double sum = 0;
    for (int t = 0; t < x.length; t++) {
      network.predict(x[t], out);
      for (int i = 0; i < out.length; i++) {
        sum += (out[i] - y[t][i]) * (out[i] - y[t][i]);
      }
    }
    return sum;
  }

  private NeuralRegressor stopped(double[][] x, double[][] y) {
    int split = (int) (TRAINED_SHARE * x.length);
    double[][] heldX = Arrays.copyOfRange(x, split, x.length);
    double[][] heldY = Arrays.copyOfRange(y, split, y.length);
    try (NetworkObjective objective =
        new NetworkObjective(Arrays.copyOf(x, split), Arrays.copyOf(y, split), hidden, seed)) {
      double[] start = objective.start();
      double[][] best = {start.clone()};
      double[] least = {Double.POSITIVE_INFINITY};
      int[] since = {0};
      Bfgs.minimise(
          objective,
          start,
          all(start.length),
          MOST_EVALUATIONS,
          0,
          parameters -> {
            double held = error(objective.network(parameters), heldX, heldY);
            since[0]++;
            if (held < least[0]) {
              least[0] = held;
              best[0] = parameters.clone();
              since[0] = 0;
            }
            return since[0] < PATIENCE;
          });
      return objective.network(best[0]);
    }
  }

  private NeuralRegressor bayesian(double[][] x, double[][] y, double[] gamma) {
    try (NetworkObjective objective = new NetworkObjective(x, y, hidden, seed)) {
      int p = objective.size();
      double n = (double) x.length * y[0].length;
      double[] parameters = objective.start();
      double[] ratio = {FIRST_DECAY}; // α / β
      for (int turn = 0; turn < TURNS; turn++) {
        parameters =
            Bfgs.minimise(
                (w, slope) -> decayed(objective, w, slope, ratio[0]),
                parameters,
                all(p),
                EVALUATIONS,
                1e-6 * n);
        double weights = Arrays.stream(parameters).map(w -> w * w).sum();
        NeuralRegressor network = objective.network(parameters);
        double before = gamma[0];
        gamma[0] = effective(network, x, ratio[0]);
        // α = γ / 2 E_W, β = (N - γ) / 2 E_D with E the halves of the sums
        ratio[0] = gamma[0] / weights * (error(network, x, y) / Math.max(1, n - gamma[0]));
        if (Math.abs(gamma[0] - before) < 0.01 * before) {
          break;
        }
      }
      return objective.network(parameters);
    }
  }

  private static double decayed(
      NetworkObjective objective, double[] w, double[] slope, double ratio) {
    double value = objective.at(w, slope);
    for (int i = 0; i < w.length; i++) {
      value += 0.5 * ratio * w[i] * w[i];
      slope[i] += ratio * w[i];
    }
    return value;
  }

  private static boolean[] all(int n) {
    boolean[] out = new boolean[n];
    Arrays.fill(out, true);
    return out;
  }

  /** {@code γ = P - (α/β) tr (JᵀJ + (α/β) I)⁻¹}, J the slopes of all outputs of all rows. */
  static double effective(NeuralRegressor network, double[][] x, double ratio) {
    int h = network.hidden();
    int in = network.inputs();
    int out = network.outputs();
    int p = (in + 1) * h + (h + 1) * out;
    double[][] square = new double[p][p];
    double[] slope = new double[p];
    double[] active = new double[h];
    for (double[] row : x) {
      network.activations(row, active);
      for (int o = 0; o < out; o++) {
        Arrays.fill(slope, 0);
        for (int j = 0; j < h; j++) {
          double back = network.readout()[o * h + j] * (1 - active[j] * active[j]);
          for (int i = 0; i < in; i++) {
            slope[j * in + i] = back * row[i];
          }
          slope[h * in + j] = back;
          slope[h * (in + 1) + o * h + j] = active[j];
        }
        slope[p - out + o] = 1;
        for (int i = 0; i < p; i++) {
          if (slope[i] != 0) {
            double factor = slope[i];
            double[] into = square[i];
            for (int k = 0; k <= i; k++) {
              into[k] += factor * slope[k];
            }
          }
        }
      }
    }
    try (Cholesky factor =
        new JavaCholesky(
            p,
            (row, values) -> {
              System.arraycopy(square[row], 0, values, 0, row + 1);
              values[row] += ratio;
            })) {
      if (!factor.isDefinite()) {
        return p;
      }
      factor.invert();
      double[] values = new double[p];
      double trace =
          IntStream.range(0, p)
              .mapToDouble(
                  i -> {
                    factor.inverseRow(i, values);
                    return values[i];
                  })
              .sum();
      return p - ratio * trace;
    }
  }
}
