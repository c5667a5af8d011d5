package org.efferent.filters;

import java.util.Arrays;
import org.efferent.core.Estimate;

/**
 * A Kalman filter of position and velocity, {@code (p, v)}, that answers with the velocity. What
 * features say of the position thus helps, and is not taken for velocity.
 */
final class PositionVelocityEngine implements Engine {
  private final KalmanFilter filter;
  private final int d;

  /**
   * An engine at its start.
   *
   * @param filter of states (p, v): as many positions as velocities, positions first
   */
  PositionVelocityEngine(KalmanFilter filter) {
    this.filter = filter;
    d = filter.model().dimensions() / 2;
  }

  @Override
  public void step(double[] input) {
    filter.step(input);
  }

  @Override
  public void reset() {
    filter.reset();
  }

  @Override
  public Estimate.Gaussian estimate() {
    return velocity(filter.estimate());
  }

  @Override
  public Estimate.Gaussian regression() {
    return velocity(filter.regression());
  }

  private Estimate.Gaussian velocity(Estimate.Gaussian both) {
    double[] covariance = new double[d * d];
    for (int i = 0; i < d * d; i++) {
      covariance[i] = both.covariance(d + i / d, d + i % d);
    }
    return new Estimate.Gaussian(Arrays.copyOfRange(both.mean(), d, 2 * d), covariance);
  }

  @Override
  public long fallbacks() {
    return 0;
  }

  @Override
  public long repairs() {
    return filter.repairs();
  }

  KalmanFilter filter() {
    return filter;
  }
}
