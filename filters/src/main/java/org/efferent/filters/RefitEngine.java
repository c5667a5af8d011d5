package org.efferent.filters;

import java.util.Arrays;
import org.efferent.core.Estimate;

/**
 * A Kalman filter of the velocity with the position as a known input: of {@code x = H_p p + H_v v +
 * b + noise} the part of the position is taken away before the update. The user sees the cursor, so
 * its position is certain: what the ReFIT filter does by zeroing the position's covariance (Gilja
 * et al., Nature Neuroscience 15:1752, 2012, doi:10.1038/nn.3265). Its other half, the intended
 * velocities to train on, is {@link org.efferent.filters.calibration.Intention}.
 */
final class RefitEngine implements Engine {
  private final KalmanFilter filter;
  private final double[] byPosition;
  private final PositionModel positions;
  private final double[] position;
  private final double[] velocity;
  private final double[] input;
  private boolean told;

  /**
   * An engine at its start; arrays are kept, not copied.
   *
   * @param filter of the velocity
   * @param byPosition H_p, {@code [features × d]}, row-major
   * @param positions how positions follow where nobody tells them
   */
  RefitEngine(KalmanFilter filter, double[] byPosition, PositionModel positions) {
    this.filter = filter;
    this.byPosition = byPosition;
    this.positions = positions;
    position = new double[filter.model().dimensions()];
    velocity = new double[position.length];
    input = new double[filter.inputs()];
  }

  @Override
  public void step(double[] x) {
    if (!told) {
      filter.mean(velocity);
      positions.advance(position, velocity);
    }
    told = false;
    int d = position.length;
    for (int f = 0; f < input.length; f++) {
      double sum = x[f];
      for (int i = 0; i < d; i++) {
        sum -= byPosition[f * d + i] * position[i];
      }
      input[f] = sum;
    }
    filter.step(input);
    if (!SmallMatrix.isFinite(position)) {
      Arrays.fill(position, 0);
    }
  }

  @Override
  public boolean usesPosition() {
    return true;
  }

  @Override
  public void position(double[] where) {
    System.arraycopy(where, 0, position, 0, position.length);
    told = true;
  }

  @Override
  public void reset() {
    filter.reset();
    Arrays.fill(position, 0);
    told = false;
  }

  @Override
  public Estimate.Gaussian estimate() {
    return filter.estimate();
  }

  @Override
  public Estimate.Gaussian regression() {
    return filter.regression();
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

  double[] byPosition() {
    return byPosition;
  }

  PositionModel positions() {
    return positions;
  }
}
