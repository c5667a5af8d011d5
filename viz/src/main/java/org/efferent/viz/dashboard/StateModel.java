package org.efferent.viz.dashboard;

import org.efferent.core.Decoded;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.Sink;

/**
 * The trail of two dimensions of a decoded state, with the uncertainty of the last estimate. A sink
 * of a session: its pipeline's thread feeds, any thread asks.
 */
public final class StateModel implements Sink<Gaussian> {
  private final int dimensionX;
  private final int dimensionY;
  private final String nameX;
  private final String nameY;
  private final double[] ring;
  private StateSnapshot.Ellipse ellipse = new StateSnapshot.Ellipse(0, 0, 0);
  private long estimates;

  /**
   * A model that has seen nothing.
   *
   * @param dimensionX which of the state's dimensions goes to the right
   * @param dimensionY which goes upwards
   * @param nameX what it is, with its unit: "x (mm)"
   * @param nameY likewise
   * @param points of the trail, at least 1
   */
  public StateModel(int dimensionX, int dimensionY, String nameX, String nameY, int points) {
    if (dimensionX < 0 || dimensionY < 0 || points < 1) {
      throw new IllegalArgumentException(
          "dimensions are counted from 0, and a trail has a point; dimensionX=%d, dimensionY=%d, points=%d"
              .formatted(dimensionX, dimensionY, points));
    }
    this.dimensionX = dimensionX;
    this.dimensionY = dimensionY;
    this.nameX = nameX;
    this.nameY = nameY;
    ring = new double[2 * points];
  }

  @Override
  public void accept(Decoded<Gaussian> decoded) {
    add(decoded.estimate());
  }

  /** Takes an estimate; one with fewer dimensions, or that is not finite, changes nothing. */
  public synchronized void add(Gaussian estimate) {
    if (estimate.dimensions() <= Math.max(dimensionX, dimensionY)) {
      return;
    }
    double x = estimate.mean(dimensionX);
    double y = estimate.mean(dimensionY);
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      return;
    }
    int slot = (int) (estimates++ % (ring.length / 2));
    ring[2 * slot] = x;
    ring[2 * slot + 1] = y;
    ellipse =
        StateSnapshot.Ellipse.of(
            estimate.covariance(dimensionX, dimensionX),
            estimate.covariance(dimensionX, dimensionY),
            estimate.covariance(dimensionY, dimensionY));
  }

  /** The trail until now. */
  public synchronized StateSnapshot snapshot() {
    int capacity = ring.length / 2;
    int n = (int) Math.min(estimates, capacity);
    double[] trail = new double[2 * n];
    for (int i = 0; i < n; i++) {
      int slot = (int) ((estimates - n + i) % capacity);
      trail[2 * i] = ring[2 * slot];
      trail[2 * i + 1] = ring[2 * slot + 1];
    }
    return new StateSnapshot(nameX, nameY, trail, ellipse, estimates);
  }
}
