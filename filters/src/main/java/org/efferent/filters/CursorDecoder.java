package org.efferent.filters;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.Decoder;
import org.efferent.core.Estimate;
import org.efferent.core.InputException;
import org.efferent.core.Window;

/**
 * A trained filter as a decoder: of each window the last row is one bin's features, the answer is
 * the state's mean and covariance, in the unit of the training states. Made by {@link
 * FilterTraining}.
 *
 * <p>Used by one thread. {@link #reset()} forgets the past; the counters count from construction.
 */
public final class CursorDecoder implements Decoder<Estimate.Gaussian> {
  private final FilterKind kind;
  private final FallbackPolicy policy;
  private final NoiseKind noise;
  private final int lags;
  private final boolean steadyState;
  private final int inputs;
  private final int outputs;
  private final Engine engine;
  private final Map<String, Double> hyperparameters;
  private final InputHistory history;

  CursorDecoder(
      FilterSpec spec, int inputs, int outputs, Engine engine, Map<String, Double> learned) {
    kind = spec.kind();
    policy = spec.policy();
    noise = spec.effectiveNoise();
    lags = spec.lags();
    steadyState = spec.steadyState();
    this.inputs = inputs;
    this.outputs = outputs;
    this.engine = engine;
    hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(learned));
    history = new InputHistory(inputs, lags);
  }

  /**
   * Decodes the last row of a window. Rows that were lost before the window are taken to have held
   * the row before them, as far as lags reach back.
   *
   * @throws InputException where the window has another number of channels than the training rows
   */
  @Override
  public Estimate.Gaussian decode(Window window) {
    check(window.channels());
    int last = (window.rows() - 1) * inputs;
    engine.step(history.push(window.values(), last, window.lostBefore()));
    return engine.estimate();
  }

  /**
   * Decodes one row, nothing lost before it.
   *
   * @param row {@code [inputs]}; values that are not finite are repaired and counted
   * @return the state
   * @throws InputException where the row has another length than the training rows
   */
  public Estimate.Gaussian decode(double[] row) {
    check(row.length);
    engine.step(history.push(row, 0, 0));
    return engine.estimate();
  }

  private void check(int channels) {
    if (channels != inputs) {
      throw new InputException(
          "a bin must have as many features as the decoder was trained on; features="
              + channels
              + ", trained on "
              + inputs);
    }
  }

  @Override
  public void reset() {
    history.reset();
    engine.reset();
  }

  /**
   * What the last bin alone said, N(f(x), Q(x)), before the state model had its say; of a Kalman
   * filter too.
   *
   * @return the regression; empty for filters that have none (ekf, ukf, gru, best)
   */
  public Optional<Estimate.Gaussian> regression() {
    return Optional.ofNullable(engine.regression());
  }

  /** Whether the filter takes the cursor's position into account: refit alone. */
  public boolean usesPosition() {
    return engine.usesPosition();
  }

  /**
   * Says where the cursor stands as the next bin is decoded, for filters that use it; others do not
   * heed it. Without a word the filter adds up its own velocities.
   *
   * @param position in the unit of the training positions, {@code [outputs]}
   */
  public void position(double[] position) {
    if (position.length != outputs || !SmallMatrix.isFinite(position)) {
      throw new InputException(
          "a position must be finite and have the state's dimensions; position="
              + java.util.Arrays.toString(position)
              + ", dimensions="
              + outputs);
    }
    engine.position(position);
  }

  /** Steps at which the policy acted, since construction. */
  public long fallbacks() {
    return engine.fallbacks();
  }

  /**
   * Input values that were not finite and were replaced, plus steps whose result was unusable and
   * was replaced, since construction.
   */
  public long repairs() {
    return history.repairs() + engine.repairs();
  }

  /** Given and learned hyper-parameters, in a fixed order; names as in {@link FilterSpec}. */
  public Map<String, Double> hyperparameters() {
    return hyperparameters;
  }

  /** The filter. */
  public FilterKind kind() {
    return kind;
  }

  /** What happens where {@code Q⁻¹ - S⁻¹} is not positive definite; no matter to KALMAN. */
  public FallbackPolicy policy() {
    return policy;
  }

  /** How Q was learned; no matter to KALMAN. */
  public NoiseKind noise() {
    return noise;
  }

  /** Rows that make up one input. */
  public int lags() {
    return lags;
  }

  /** Features a bin. */
  public int inputs() {
    return inputs;
  }

  /** State dimensions. */
  public int outputs() {
    return outputs;
  }

  /** All that this decoder is, its past and its counters left out. */
  public DecoderState toState() {
    return DecoderCodec.write(this, steadyState);
  }

  /**
   * The decoder of a state: it decodes to the same bits as the one that gave the state.
   *
   * @param state as {@link #toState} gives it
   * @return the decoder, at its start
   * @throws InputException where tensors or entries are missing, have another shape or are not
   *     finite, the filter is unknown or the state is of a newer version
   */
  public static CursorDecoder fromState(DecoderState state) {
    return DecoderCodec.read(state);
  }

  /**
   * A decoder of a given Kalman filter, one bin an input: what adaptation makes.
   *
   * @param filter which the decoder uses from then on
   * @return the decoder, at its start
   */
  public static CursorDecoder of(KalmanFilter filter) {
    filter.reset();
    FilterSpec spec = FilterSpec.of(FilterKind.KALMAN).withSteadyState(filter.isSteadyState());
    return new CursorDecoder(spec, filter.inputs(), filter.model().dimensions(), filter, Map.of());
  }

  /**
   * A copy, at its start, of the Kalman filter that decodes, for adaptation to go on from.
   *
   * @return the filter; empty where the decoder is of another kind
   */
  public Optional<KalmanFilter> kalmanFilter() {
    return engine instanceof KalmanFilter kalman
        ? Optional.of(
            new KalmanFilter(
                kalman.model(),
                kalman.observation(),
                kalman.observationNoise(),
                kalman.offset(),
                kalman.isSteadyState()))
        : Optional.empty();
  }

  Engine engine() {
    return engine;
  }
}
