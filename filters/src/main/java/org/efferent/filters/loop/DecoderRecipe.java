package org.efferent.filters.loop;

import java.util.List;
import org.efferent.core.UsageException;
import org.efferent.filters.FilterKind;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.NoiseKind;

/**
 * How a decoder is made of recorded bins.
 *
 * @param filter what regresses and filters, with its settings
 * @param channels the best of all, by signal-to-noise, that are read; 0 for all
 * @param smoothings time constants of the features' smoothing to choose from, seconds; 0 for none
 * @param components principal components that go into the filter; 0 for the channels themselves
 * @param clip largest size of a z-score
 * @param labels what the user is taken to have wanted
 * @param rampDistance distance to the target below which the wanted speed falls in proportion
 * @param skipSeconds bins so soon after a cue train nothing: the user has not reacted yet
 * @param mostRows rows that train the filter at most: of more, every second, third, … is taken
 */
public record DecoderRecipe(
    FilterSpec filter,
    int channels,
    List<Double> smoothings,
    int components,
    double clip,
    Labels labels,
    double rampDistance,
    double skipSeconds,
    int mostRows) {

  /** What the user is taken to have wanted. */
  public enum Labels {
    /** Towards the target, by rule: full speed, slower near it. */
    TOWARDS,
    /** The decoded velocity rotated towards the target (ReFIT), where something was decoded. */
    ROTATED
  }

  private static final List<Double> SMOOTHINGS = List.of(0.04, 0.07, 0.1);
  private static final double SKIP_SECONDS = 0.3;
  private static final int COMPONENTS = 10;
  private static final int ROWS_OF_A_PROCESS = 1200;
  private static final int ROWS = 20_000;

  /** Checks the ranges. */
  public DecoderRecipe {
    if (filter == null || labels == null) {
      throw new UsageException("a recipe needs a filter and labels; labels=" + labels);
    }
    smoothings = List.copyOf(smoothings);
    if (smoothings.isEmpty()
        || !smoothings.stream().allMatch(s -> s >= 0 && s <= 10)
        || channels < 0
        || components < 0
        || !(clip > 0)
        || !(rampDistance >= 0)
        || !(skipSeconds >= 0)
        || mostRows < 100) {
      throw new UsageException(
          "a recipe needs smoothings of 0 to 10 s, channels and components of 0 or more, a clip above 0, ramp"
              + " and skip of 0 or more, at least 100 rows; smoothings="
              + smoothings
              + ", channels="
              + channels
              + ", components="
              + components
              + ", clip="
              + clip
              + ", rampDistance="
              + rampDistance
              + ", skipSeconds="
              + skipSeconds
              + ", mostRows="
              + mostRows);
    }
  }

  /**
   * The recipe for a filter. Those that model features by the state (Kalman filters) read every
   * channel of every bin; the others ten components of features smoothed by 40, 70 or 100 ms,
   * whatever does best; dkf-mk smoothed channels, since one component is not one neuron. The labels
   * of refit are the rotated ones.
   *
   * @param kind the filter
   * @param rampDistance distance below which users slow down
   * @return the recipe
   */
  public static DecoderRecipe of(FilterKind kind, double rampDistance) {
    FilterSpec spec = FilterSpec.of(kind);
    return switch (kind) {
      case KALMAN, KALMAN_PV, REFIT, EKF, UKF ->
          new DecoderRecipe(
              spec,
              0,
              List.of(0.0),
              0,
              Double.POSITIVE_INFINITY,
              kind == FilterKind.REFIT ? Labels.ROTATED : Labels.TOWARDS,
              rampDistance,
              SKIP_SECONDS,
              ROWS);
      case DKF_LINEAR, DKF_NW, DKF_KNN, DKF_GP, DKF_MK, DKF_NN, GRU, BEST ->
          new DecoderRecipe(
              kind == FilterKind.DKF_NW ? spec.withNoise(NoiseKind.CONSTANT) : spec,
              0,
              SMOOTHINGS,
              kind == FilterKind.DKF_MK ? 0 : COMPONENTS,
              Double.POSITIVE_INFINITY,
              Labels.TOWARDS,
              rampDistance,
              SKIP_SECONDS,
              kind == FilterKind.DKF_GP ? ROWS_OF_A_PROCESS : ROWS);
    };
  }

  /** The same with one smoothing, in seconds. */
  public DecoderRecipe withSmoothing(double seconds) {
    return new DecoderRecipe(
        filter,
        channels,
        List.of(seconds),
        components,
        clip,
        labels,
        rampDistance,
        skipSeconds,
        mostRows);
  }

  /** The same with another filter specification. */
  public DecoderRecipe withFilter(FilterSpec value) {
    return new DecoderRecipe(
        value, channels, smoothings, components, clip, labels, rampDistance, skipSeconds, mostRows);
  }
}
