package org.efferent.filters;

import java.util.Arrays;
import org.efferent.core.Estimate;

/**
 * A gated recurrent network as a decoder: standardised features in, the state out, a constant
 * covariance beside it. A baseline: no state model.
 */
final class GruEngine implements Engine {
  private final double[] mean;
  private final double[] factor;
  private final GruNetwork network;
  private final double stateScale;
  private final ConstantNoise noise;
  private final RecurrentNetwork.Memory memory;
  private final double[] input;
  private final double[] answer;
  private long repairs;

  /**
   * An engine at its start; arrays are kept, not copied.
   *
   * @param mean of the features, {@code [features]}
   * @param factor one over their standard deviations, {@code [features]}
   * @param network over standardised features, states in units of their scale
   * @param stateScale the states' scale
   * @param noise covariance of the errors
   */
  GruEngine(
      double[] mean, double[] factor, GruNetwork network, double stateScale, ConstantNoise noise) {
    this.mean = mean;
    this.factor = factor;
    this.network = network;
    this.stateScale = stateScale;
    this.noise = noise;
    memory = network.memory();
    input = new double[network.inputs()];
    answer = new double[network.outputs()];
  }

  @Override
  public void step(double[] row) {
    BestEngine.standardise(row, mean, factor, input);
    memory.step(input, answer);
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
    memory.reset();
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

  GruNetwork network() {
    return network;
  }

  double stateScale() {
    return stateScale;
  }

  ConstantNoise noise() {
    return noise;
  }
}
