package org.efferent.filters;

import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.data.RowRange;

/**
 * Trains filters.
 *
 * <p>A discriminative filter fits f on the f rows and Q on the residuals of the q rows; the split
 * keeps Q honest. At test time Nadaraya-Watson's f uses all training rows, the others keep to the f
 * rows (Burkhart's thesis, section on learning).
 */
public final class FilterTraining {
  private static final double F_SHARE = 0.7;

  /** Units of a hidden layer, as in the reference. */
  private static final int HIDDEN = 10;

  private FilterTraining() {}

  /**
   * Trains a filter; what the settings leave open is learned from the training rows.
   *
   * @param spec what to train
   * @param x features, one row a bin, consecutive bins, {@code [rows][features]}
   * @param z states in any unit, {@code [rows][d]}
   * @return the decoder, at its start
   * @throws InputException where tables disagree, hold values that are not finite or are degenerate
   * @throws UsageException where row ranges or settings do not fit the rows
   */
  public static CursorDecoder train(FilterSpec spec, double[][] x, double[][] z) {
    return train(spec, x, z, null);
  }

  /**
   * The same with the cursor's positions, for {@link FilterKind#KALMAN_PV} and {@link
   * FilterKind#REFIT}; others do not heed them.
   *
   * @param spec what to train
   * @param x features, one row a bin, consecutive bins, {@code [rows][features]}
   * @param z velocities in any unit, {@code [rows][d]}
   * @param positions where the cursor stood as each bin began, {@code [rows][d]}; null where
   *     velocities are all there is
   * @return the decoder, at its start
   * @throws InputException where tables disagree, hold values that are not finite or are degenerate
   * @throws UsageException where row ranges or settings do not fit the rows
   */
  public static CursorDecoder train(
      FilterSpec spec, double[][] x, double[][] z, double[][] positions) {
    int features = Tables.check("features", x);
    int d = Tables.check("states", z);
    Tables.sameRows("features", x, "states", z);
    Map<String, Double> learned = new LinkedHashMap<>();
    FilterSpec trained =
        switch (spec.kind()) {
          case BEST -> spec.withLags(BestTraining.LAGS);
          case GRU -> spec.withLags(1);
          default -> spec;
        };
    double[][] inputs = spec.kind() == FilterKind.BEST ? x : InputHistory.lagged(x, trained.lags());
    Engine engine =
        switch (spec.kind()) {
          case BEST -> BestTraining.train(x, z, spec.seed(), learned);
          case GRU -> GruTraining.train(spec, x, z);
          case KALMAN -> KalmanFilter.fit(StateModel.fit(z), inputs, z, spec.steadyState());
          case KALMAN_PV, REFIT -> KalmanTraining.train(spec, inputs, z, positions, learned);
          case EKF, UKF -> nonlinear(spec, inputs, z, learned);
          default -> discriminative(spec, StateModel.fit(z), inputs, z, learned);
        };
    return new CursorDecoder(trained, features, d, engine, learned);
  }

  /** The rows that fit f and those that fit Q. */
  private static RowRange[] split(FilterSpec spec, int rows) {
    int split = (int) Math.floor(F_SHARE * rows);
    RowRange f = spec.fRows() == null ? new RowRange(0, split) : spec.fRows();
    RowRange q = spec.qRows() == null ? new RowRange(split, rows) : spec.qRows();
    within("f-rows", f, rows);
    within("q-rows", q, rows);
    return new RowRange[] {f, q};
  }

  /** h on the f rows, R the second moment of its residuals on the q rows. */
  private static Engine nonlinear(
      FilterSpec spec, double[][] x, double[][] z, Map<String, Double> learned) {
    StateModel model = StateModel.fit(z);
    RowRange[] rows = split(spec, x.length);
    NeuralRegressor h =
        NetworkTraining.train(
            Tables.slice(z, rows[0]), Tables.slice(x, rows[0]), hidden(spec), spec.seed(), learned);
    double[][] left = residuals(h, Tables.slice(z, rows[1]), Tables.slice(x, rows[1]));
    WhitenedNetwork observations = new WhitenedNetwork(h, ObservationNoise.moment(left));
    return new NonlinearEngine(model, observations, spec.kind() == FilterKind.UKF);
  }

  private static int hidden(FilterSpec spec) {
    double given = spec.setting("hidden");
    return Double.isNaN(given) ? HIDDEN : (int) given;
  }

  private static Engine discriminative(
      FilterSpec spec, StateModel model, double[][] x, double[][] z, Map<String, Double> learned) {
    RowRange[] rows = split(spec, x.length);
    RowRange q = rows[1];
    double[][] fx = Tables.slice(x, rows[0]);
    double[][] fz = Tables.slice(z, rows[0]);
    Regressor regressor = regressor(spec, fx, fz, learned);
    double[][] qx = Tables.slice(x, q);
    NoiseModel noise = noise(spec, qx, residuals(regressor, qx, Tables.slice(z, q)), learned);
    Regressor live =
        regressor instanceof NadarayaWatson nw
            ? new NadarayaWatson(x, z, nw.bandwidth())
            : regressor;
    return new DiscriminativeEngine(model, spec.policy(), live, noise);
  }

  private static void within(String what, RowRange range, int rows) {
    if (range.rows() == 0 || range.to() > rows) {
      throw new UsageException(
          what
              + " must be some rows within the training rows; "
              + what
              + "="
              + range
              + ", rows="
              + rows);
    }
  }

  private static Regressor regressor(
      FilterSpec spec, double[][] x, double[][] z, Map<String, Double> learned) {
    return switch (spec.kind()) {
      case KALMAN, KALMAN_PV, REFIT, EKF, UKF, GRU, BEST ->
          throw new IllegalArgumentException("no regressor alone makes " + spec.kind().id());
      case DKF_LINEAR -> LinearRegressor.fit(x, z);
      case DKF_NW -> {
        double given = spec.setting("bandwidth");
        double bandwidth = Double.isNaN(given) ? BandwidthSearch.search(x, z, spec.lags()) : given;
        learned.put("bandwidth", bandwidth);
        yield new NadarayaWatson(x, z, bandwidth);
      }
      case DKF_KNN -> {
        double given = spec.setting("k");
        if (given > x.length) {
          throw new UsageException(
              "k must not exceed the f rows; k=" + (long) given + ", f rows=" + x.length);
        }
        int k = Double.isNaN(given) ? NeighbourSearch.search(x, z, spec.lags()) : (int) given;
        learned.put("k", (double) k);
        yield new NearestNeighbours(x, z, k);
      }
      case DKF_GP -> process(spec, x, z, learned);
      case DKF_MK -> MeanKernelTraining.train(spec, x, z, learned);
      case DKF_NN -> NetworkTraining.train(x, z, hidden(spec), spec.seed(), learned);
    };
  }

  private static Regressor process(
      FilterSpec spec, double[][] x, double[][] z, Map<String, Double> learned) {
    String[] names = {"logLength.", "logSignal.", "logNoise."};
    double[][] given = new double[z[0].length][names.length];
    for (String name : spec.settings().keySet()) {
      int dot = name.indexOf('.');
      if (dot > 0 && Integer.parseInt(name.substring(dot + 1)) >= given.length) {
        throw new UsageException(
            "a setting's dimension must be below the number of states; setting="
                + name
                + ", states="
                + given.length);
      }
    }
    for (int j = 0; j < given.length; j++) {
      for (int i = 0; i < names.length; i++) {
        given[j][i] = spec.setting(names[i] + j);
      }
    }
    KernelShape shape = KernelShape.SQUARED_EXPONENTIAL;
    double[][] hyper = ProcessLearning.learn(shape, x, z, given);
    for (int j = 0; j < given.length; j++) {
      for (int i = 0; i < names.length; i++) {
        learned.put(names[i] + j, hyper[j][i]);
      }
    }
    return GaussianProcess.fit(shape, x, z, null, hyper);
  }

  private static NoiseModel noise(
      FilterSpec spec, double[][] x, double[][] residuals, Map<String, Double> learned) {
    if (spec.effectiveNoise() == NoiseKind.CONSTANT) {
      return ConstantNoise.fit(residuals);
    }
    double given = spec.setting("qBandwidth");
    double bandwidth =
        Double.isNaN(given)
            ? BandwidthSearch.search(x, LocalNoise.outerProducts(residuals), spec.lags())
            : given;
    learned.put("qBandwidth", bandwidth);
    return new LocalNoise(x, residuals, bandwidth);
  }

  /** State less prediction of each row. */
  static double[][] residuals(Regressor regressor, double[][] x, double[][] z) {
    double[][] out = new double[x.length][z[0].length];
    for (int t = 0; t < x.length; t++) {
      regressor.predict(x[t], out[t]);
      for (int i = 0; i < out[t].length; i++) {
        out[t][i] = z[t][i] - out[t][i];
      }
    }
    return out;
  }
}
