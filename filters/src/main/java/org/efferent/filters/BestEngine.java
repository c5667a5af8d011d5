package org.efferent.filters;

import java.util.Arrays;
import org.efferent.core.Estimate;

/**
 * The blend behind {@link FilterKind#BEST}: a Gaussian process over lagged inputs and the mean of
 * several recurrent networks,
 *
 * <pre>
 * μ_t = σ_z (w f_GP(x_t, …, x_{t-L+1}) + (1 - w) mean_i f_i(x_t, state_i))
 * </pre>
 *
 * <p>Inputs are standardised by the training rows. The covariance is constant. No Kalman step
 * follows: both parts remember the past themselves, and a filter on top made them worse
 * (docs/DESIGN.md, "What best is").
 */
final class BestEngine implements Engine {
  private final double[] mean;
  private final double[] factor;
  private final LaggedProcess process;
  private final LstmNetwork[] networks;
  private final double stateScale;
  private final double share;
  private final ConstantNoise noise;
  private final RecurrentNetwork.Memory[] states;
  private final double[] input;
  private final double[] answer;
  private final double[] part;
  private long repairs;

  /**
   * A trained blend; arrays are kept, not copied.
   *
   * @param mean of the features, {@code [features]}
   * @param factor one over their standard deviations, {@code [features]}
   * @param process over standardised lagged inputs, states in units of their scale
   * @param networks over standardised inputs, states in units of their scale
   * @param stateScale the states' scale
   * @param share the process's share w, 0 to 1
   * @param noise covariance of the errors
   */
  BestEngine(
      double[] mean,
      double[] factor,
      LaggedProcess process,
      LstmNetwork[] networks,
      double stateScale,
      double share,
      ConstantNoise noise) {
    this.mean = mean;
    this.factor = factor;
    this.process = process;
    this.networks = networks;
    this.stateScale = stateScale;
    this.share = share;
    this.noise = noise;
    states = new RecurrentNetwork.Memory[networks.length];
    for (int i = 0; i < states.length; i++) {
      states[i] = networks[i].memory();
    }
    input = new double[process.inputs()];
    answer = new double[process.outputs()];
    part = new double[process.outputs()];
  }

  /** Standardises rows of lags × features values. */
  static void standardise(double[] from, double[] mean, double[] factor, double[] to) {
    for (int c = 0; c < to.length; c++) {
      int k = c % mean.length;
      to[c] = (from[c] - mean[k]) * factor[k];
    }
  }

  @Override
  public void step(double[] lagged) {
    standardise(lagged, mean, factor, input);
    process.predict(input, part);
    for (int i = 0; i < answer.length; i++) {
      answer[i] = share * part[i];
    }
    for (RecurrentNetwork.Memory state : states) {
      state.step(input, part); // the newest row stands first
      for (int i = 0; i < answer.length; i++) {
        answer[i] += (1 - share) / states.length * part[i];
      }
    }
    for (int i = 0; i < answer.length; i++) {
      answer[i] *= stateScale;
    }
    if (!SmallMatrix.isFinite(answer)) {
      reset();
      repairs++;
    }
  }

  @Override
  public void reset() {
    Arrays.fill(answer, 0);
    for (RecurrentNetwork.Memory state : states) {
      state.reset();
    }
  }

  @Override
  public Estimate.Gaussian estimate() {
    return new Estimate.Gaussian(answer, noise.values());
  }

  @Override
  public long fallbacks() {
    return 0;
  }

  @Override
  public long repairs() {
    return repairs;
  }

  double[] mean() {
    return mean;
  }

  double[] factor() {
    return factor;
  }

  LaggedProcess process() {
    return process;
  }

  LstmNetwork[] networks() {
    return networks;
  }

  double stateScale() {
    return stateScale;
  }

  double share() {
    return share;
  }

  ConstantNoise noise() {
    return noise;
  }
}
