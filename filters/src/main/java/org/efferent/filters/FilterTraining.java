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
    int features = Tables.check("features", x);
    int d = Tables.check("states", z);
    Tables.sameRows("features", x, "states", z);
    Map<String, Double> learned = new LinkedHashMap<>();
    if (spec.kind() == FilterKind.BEST) {
      Engine blend = BestTraining.train(x, z, spec.seed(), learned);
      return new CursorDecoder(spec.withLags(BestTraining.LAGS), features, d, blend, learned);
    }
    StateModel model = StateModel.fit(z);
    double[][] inputs = InputHistory.lagged(x, spec.lags());
    Engine engine =
        spec.kind() == FilterKind.KALMAN
            ? KalmanFilter.fit(model, inputs, z, spec.steadyState())
            : discriminative(spec, model, inputs, z, learned);
    return new CursorDecoder(spec, features, d, engine, learned);
  }

  private static Engine discriminative(
      FilterSpec spec, StateModel model, double[][] x, double[][] z, Map<String, Double> learned) {
    int split = (int) Math.floor(F_SHARE * x.length);
    RowRange f = spec.fRows() == null ? new RowRange(0, split) : spec.fRows();
    RowRange q = spec.qRows() == null ? new RowRange(split, x.length) : spec.qRows();
    within("f-rows", f, x.length);
    within("q-rows", q, x.length);
    double[][] fx = Tables.slice(x, f);
    double[][] fz = Tables.slice(z, f);
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
      case KALMAN, BEST ->
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
