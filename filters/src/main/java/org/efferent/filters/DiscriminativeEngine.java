package org.efferent.filters;

import org.efferent.core.Estimate;

/** A regressor, a noise model and the discriminative Kalman filter that joins them. */
final class DiscriminativeEngine implements Engine {
  private final StateModel model;
  private final Regressor regressor;
  private final NoiseModel noise;
  private final DiscriminativeKalmanFilter filter;
  private final double[] f;
  private final double[] q;

  DiscriminativeEngine(
      StateModel model, FallbackPolicy policy, Regressor regressor, NoiseModel noise) {
    this.model = model;
    this.regressor = regressor;
    this.noise = noise;
    filter = new DiscriminativeKalmanFilter(model, policy);
    f = new double[model.dimensions()];
    q = new double[model.dimensions() * model.dimensions()];
  }

  @Override
  public void step(double[] input) {
    regressor.predict(input, f);
    noise.covariance(input, q);
    filter.step(f, q);
  }

  @Override
  public void reset() {
    filter.reset();
  }

  @Override
  public Estimate.Gaussian estimate() {
    return filter.estimate();
  }

  @Override
  public Estimate.Gaussian regression() {
    return new Estimate.Gaussian(f, q);
  }

  @Override
  public long fallbacks() {
    return filter.fallbacks();
  }

  @Override
  public long repairs() {
    return filter.repairs();
  }

  StateModel model() {
    return model;
  }

  Regressor regressor() {
    return regressor;
  }

  NoiseModel noise() {
    return noise;
  }
}
