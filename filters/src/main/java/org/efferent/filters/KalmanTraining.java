package org.efferent.filters;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.RealMatrix;
import org.efferent.core.InputException;

/**
 * Trains the Kalman filters that know of positions, {@link FilterKind#KALMAN_PV} and {@link
 * FilterKind#REFIT}.
 *
 * <p>Positions may be given (in closed loop the cursor's). Where velocities are all there is, a
 * position is their leaky sum, {@link PositionModel#integrate}; its decay, unless given, is the one
 * of six that does best on the last 30 % of the training rows, trained on those before.
 * Observations are fitted by least squares with an intercept, {@code x = H_p p + H_v v + b}.
 */
final class KalmanTraining {
  private static final double[] DECAYS = {0.8, 0.9, 0.95, 0.98, 0.99, 1};
  private static final double TRAINED_SHARE = 0.7;

  /** Variance of the noise of positions, in the positions' own variance: they follow exactly. */
  private static final double POSITION_NOISE = 1e-6;

  private KalmanTraining() {}

  /**
   * Trains.
   *
   * @param spec kind, steady state and positionDecay
   * @param x features, {@code [rows][features]}
   * @param v velocities, {@code [rows][d]}
   * @param positions where the cursor stood as each bin began, {@code [rows][d]}, or null
   * @param learned modified: positionDecay
   * @return the engine
   */
  static Engine train(
      FilterSpec spec,
      double[][] x,
      double[][] v,
      double[][] positions,
      Map<String, Double> learned) {
    if (positions != null) {
      Tables.sameRows("positions", positions, "states", v);
      if (Tables.check("positions", positions) != v[0].length) {
        throw new InputException(
            "positions must have the states' columns; columns="
                + positions[0].length
                + ", states="
                + v[0].length);
      }
      return fit(spec, x, v, positions, PositionModel.of(positions, v));
    }
    double given = spec.setting("positionDecay");
    double decay =
        Double.isNaN(given) ? least(DECAYS, candidate -> heldOut(spec, x, v, candidate)) : given;
    learned.put("positionDecay", decay);
    return fit(spec, x, v, PositionModel.integrate(v, decay), new PositionModel(decay, 1));
  }

  private static double heldOut(FilterSpec spec, double[][] x, double[][] v, double decay) {
    int split = (int) (TRAINED_SHARE * x.length);
    double[][] before = Arrays.copyOf(v, split);
    Engine engine =
        fit(
            spec,
            Arrays.copyOf(x, split),
            before,
            PositionModel.integrate(before, decay),
            new PositionModel(decay, 1));
    double error = 0;
    for (int t = 0; t < x.length; t++) {
      engine.step(x[t]);
      double[] mean = engine.estimate().mean();
      for (int i = 0; t >= split && i < mean.length; i++) {
        error += (mean[i] - v[t][i]) * (mean[i] - v[t][i]);
      }
    }
    return error;
  }

  private static Engine fit(
      FilterSpec spec, double[][] x, double[][] v, double[][] p, PositionModel positions) {
    int d = v[0].length;
    int m = x[0].length;
    double[][] design = new double[x.length][2 * d + 1];
    for (int t = 0; t < x.length; t++) {
      System.arraycopy(p[t], 0, design[t], 0, d);
      System.arraycopy(v[t], 0, design[t], d, d);
      design[t][2 * d] = 1;
    }
    RealMatrix lines = Tables.leastSquares(design, x);
    double[] variances = Tables.variances(x);
    double[][] residuals = new double[x.length][m];
    double[] both = new double[m * 2 * d];
    double[] offset = new double[m];
    for (int f = 0; f < m; f++) {
      if (variances[f] > 0) {
        for (int i = 0; i < 2 * d; i++) {
          both[f * 2 * d + i] = lines.getEntry(i, f);
        }
        offset[f] = lines.getEntry(2 * d, f);
        for (int t = 0; t < x.length; t++) {
          residuals[t][f] = x[t][f];
          for (int i = 0; i <= 2 * d; i++) {
            residuals[t][f] -= lines.getEntry(i, f) * design[t][i];
          }
        }
      }
    }
    double[] noise = ObservationNoise.moment(residuals);
    if (spec.kind() == FilterKind.KALMAN_PV) {
      StateModel model = positionVelocity(v, p, positions);
      return new PositionVelocityEngine(
          new KalmanFilter(model, both, noise, offset, spec.steadyState()));
    }
    double[] byPosition = columns(both, 2 * d, 0, d);
    double[] byVelocity = columns(both, 2 * d, d, 2 * d);
    StateModel model = StateModel.fit(v);
    return new RefitEngine(
        new KalmanFilter(model, byVelocity, noise, offset, spec.steadyState()),
        byPosition,
        positions);
  }

  private static double[] columns(double[] table, int width, int from, int to) {
    double[] out = new double[table.length / width * (to - from)];
    for (int i = 0; i < out.length; i++) {
      out[i] = table[i / (to - from) * width + from + i % (to - from)];
    }
    return out;
  }

  /** A = [decay I, rate I; 0, A_v], Γ = [tiny, 0; 0, Γ_v], S the sample covariance of (p, v). */
  private static StateModel positionVelocity(double[][] v, double[][] p, PositionModel positions) {
    int d = v[0].length;
    int n = 2 * d;
    StateModel velocity = StateModel.fit(v);
    double[][] states = new double[v.length][n];
    for (int t = 0; t < v.length; t++) {
      System.arraycopy(p[t], 0, states[t], 0, d);
      System.arraycopy(v[t], 0, states[t], d, d);
    }
    double[] covariance = StateModel.fitCovariance(states);
    double[] a = new double[n * n];
    double[] gamma = new double[n * n];
    for (int i = 0; i < d; i++) {
      a[i * n + i] = positions.decay();
      a[i * n + d + i] = positions.rate();
      gamma[i * n + i] = POSITION_NOISE * covariance[i * n + i];
      for (int j = 0; j < d; j++) {
        a[(d + i) * n + d + j] = velocity.transition()[i * d + j];
        gamma[(d + i) * n + d + j] = velocity.transitionNoise()[i * d + j];
      }
    }
    return new StateModel(n, a, gamma, covariance);
  }

  /** The first candidate of the least value; values that are not numbers lose. */
  private static double least(double[] candidates, DoubleUnaryOperator value) {
    double best = candidates[0];
    double least = Double.POSITIVE_INFINITY;
    for (double candidate : candidates) {
      double v = value.applyAsDouble(candidate);
      if (v < least) {
        least = v;
        best = candidate;
      }
    }
    return best;
  }
}
