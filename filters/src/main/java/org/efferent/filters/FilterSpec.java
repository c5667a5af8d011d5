package org.efferent.filters;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.efferent.core.UsageException;
import org.efferent.data.RowRange;

/**
 * What is to be trained. Start from {@link #of} and change what differs.
 *
 * @param kind the filter
 * @param policy what a discriminative filter does where {@code Q⁻¹ - S⁻¹} is not positive definite
 * @param noise how Q is learned; null for the kind's default: local for dkf-nw, else constant
 * @param lags rows that make up one input, this bin's included, at least 1
 * @param fRows training rows that fit f; null for the first 70 %
 * @param qRows training rows that fit Q; null for the rows after 70 %
 * @param settings hyper-parameters that are given, not learned: {@code bandwidth} (dkf-nw) and
 *     {@code qBandwidth} (any dkf; used by local noise alone), variances in squared units of the
 *     features; {@code k} (dkf-knn); {@code logLength.J}, {@code logSignal.J}, {@code logNoise.J}
 *     (dkf-gp), natural logarithms, J the state's dimension from 0; {@code logLength} (in standard
 *     deviations) and {@code logNoise} (dkf-mk); {@code hidden} units (dkf-nn, ekf, ukf, gru);
 *     {@code positionDecay} a bin (kalman-pv, refit; no matter where positions are given)
 * @param steadyState whether kalman, kalman-pv or refit freezes its gain once it has converged
 * @param seed of what training draws at random: the networks of best, gru, dkf-nn, ekf and ukf
 */
public record FilterSpec(
    FilterKind kind,
    FallbackPolicy policy,
    NoiseKind noise,
    int lags,
    RowRange fRows,
    RowRange qRows,
    Map<String, Double> settings,
    boolean steadyState,
    long seed) {

  /** Most rows that may make up one input. */
  public static final int MOST_LAGS = 1000;

  /** Most units of a hidden layer. */
  public static final int MOST_HIDDEN = 1000;

  private static final double LARGEST_LOGARITHM = 20;

  /** Checks what can be checked without the training rows. */
  public FilterSpec {
    if (kind == null || policy == null) {
      throw new UsageException(
          "a filter needs a kind and a policy; kind=" + kind + ", policy=" + policy);
    }
    if (lags < 1 || lags > MOST_LAGS) {
      throw new UsageException("lags must lie in 1 to " + MOST_LAGS + "; lags=" + lags);
    }
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    for (Map.Entry<String, Double> setting : settings.entrySet()) {
      check(kind, setting.getKey(), setting.getValue());
    }
  }

  /**
   * The filter of a kind with nothing else said: policy CODE, the default noise, this bin alone,
   * all hyper-parameters learned.
   *
   * @param kind the filter
   * @return the specification
   */
  public static FilterSpec of(FilterKind kind) {
    return new FilterSpec(kind, FallbackPolicy.CODE, null, 1, null, null, Map.of(), false, 0);
  }

  /** The same with another policy. */
  public FilterSpec withPolicy(FallbackPolicy value) {
    return new FilterSpec(kind, value, noise, lags, fRows, qRows, settings, steadyState, seed);
  }

  /** The same with another noise model; null for the kind's default. */
  public FilterSpec withNoise(NoiseKind value) {
    return new FilterSpec(kind, policy, value, lags, fRows, qRows, settings, steadyState, seed);
  }

  /** The same with another number of rows an input. */
  public FilterSpec withLags(int value) {
    return new FilterSpec(kind, policy, noise, value, fRows, qRows, settings, steadyState, seed);
  }

  /** The same with other rows for f and Q; null for the default split. */
  public FilterSpec withRows(RowRange f, RowRange q) {
    return new FilterSpec(kind, policy, noise, lags, f, q, settings, steadyState, seed);
  }

  /** The same with one more setting. */
  public FilterSpec with(String name, double value) {
    Map<String, Double> more = new TreeMap<>(settings);
    more.put(name, value);
    return new FilterSpec(kind, policy, noise, lags, fRows, qRows, more, steadyState, seed);
  }

  /** The same with the Kalman gain frozen once converged, or not. */
  public FilterSpec withSteadyState(boolean value) {
    return new FilterSpec(kind, policy, noise, lags, fRows, qRows, settings, value, seed);
  }

  /** The same with another seed. */
  public FilterSpec withSeed(long value) {
    return new FilterSpec(kind, policy, noise, lags, fRows, qRows, settings, steadyState, value);
  }

  /** How Q is learned, the default resolved. */
  NoiseKind effectiveNoise() {
    return noise == null ? kind.defaultNoise() : noise;
  }

  /** A setting or NaN. */
  double setting(String name) {
    return settings.getOrDefault(name, Double.NaN);
  }

  private static void check(FilterKind kind, String name, Double value) {
    if (value == null || !known(kind, name)) {
      throw new UsageException(
          "a setting must be one of "
              + allowed(kind)
              + "; filter="
              + kind.id()
              + ", "
              + name
              + "="
              + value);
    }
    boolean inRange =
        switch (name) {
          case "bandwidth", "qBandwidth" -> value > 0 && value <= Tables.LARGEST;
          case "positionDecay" -> value >= 0.5 && value <= 1;
          case "hidden" -> value >= 1 && value <= MOST_HIDDEN && value == Math.rint(value);
          case "k" -> value >= 1 && value <= Integer.MAX_VALUE && value == Math.rint(value);
          default -> Math.abs(value) <= LARGEST_LOGARITHM;
        };
    if (!inRange) {
      throw new UsageException(
          "a setting lies out of its range; allowed: " + allowed(kind) + "; " + name + "=" + value);
    }
  }

  private static boolean known(FilterKind kind, String name) {
    boolean local = name.equals("qBandwidth");
    return switch (kind) {
      case KALMAN, BEST -> false;
      case KALMAN_PV, REFIT -> name.equals("positionDecay");
      case EKF, UKF, GRU -> name.equals("hidden");
      case DKF_LINEAR -> local;
      case DKF_NW -> local || name.equals("bandwidth");
      case DKF_KNN -> local || name.equals("k");
      case DKF_GP -> local || name.matches("log(Length|Signal|Noise)\\.\\d{1,3}");
      case DKF_MK -> local || name.equals("logLength") || name.equals("logNoise");
      case DKF_NN -> local || name.equals("hidden");
    };
  }

  private static String allowed(FilterKind kind) {
    String noise = "qBandwidth (above 0, at most 1e100)";
    String hidden = "hidden (a whole number from 1 to 1000)";
    return switch (kind) {
      case KALMAN, BEST -> "none";
      case KALMAN_PV, REFIT -> "positionDecay (0.5 to 1)";
      case EKF, UKF, GRU -> hidden;
      case DKF_LINEAR -> noise;
      case DKF_MK -> "logLength, logNoise (-20 to 20), " + noise;
      case DKF_NN -> hidden + ", " + noise;
      case DKF_NW -> "bandwidth (above 0, at most 1e100), " + noise;
      case DKF_KNN -> "k (a whole number from 1), " + noise;
      case DKF_GP ->
          "logLength.J, logSignal.J, logNoise.J (-20 to 20, J the state's dimension from 0), "
              + noise;
    };
  }
}
