package org.efferent.filters.loop;

import java.util.SplittableRandom;

/**
 * A user and their features, simple enough for tests: wants straight to the target as it is now,
 * slower below 4; features are lines of the wish, and noise.
 */
public final class LinearUser {
  /** Features a bin. */
  public static final int CHANNELS = 12;

  private static final double RAMP = 4;

  private final SplittableRandom random;
  private final double[][] weights = new double[CHANNELS][2];
  private final double noise;
  private final double[] wish = new double[2];

  /** Noise without any signal where it is infinite. */
  public LinearUser(double noise, long seed) {
    this.noise = noise;
    random = new SplittableRandom(seed);
    for (double[] w : weights) {
      double angle = 2 * Math.PI * random.nextDouble();
      w[0] = Math.cos(angle);
      w[1] = Math.sin(angle);
    }
  }

  /** What it wants. */
  public static void intend(double cx, double cy, double tx, double ty, double[] out) {
    double distance = Math.hypot(tx - cx, ty - cy);
    double share = distance == 0 ? 0 : Math.min(1, distance / RAMP) / distance;
    out[0] = (tx - cx) * share;
    out[1] = (ty - cy) * share;
  }

  /** What is measured while it sees a loop. */
  public double[] features(ClosedLoop loop) {
    intend(loop.cursorX(), loop.cursorY(), loop.target().x(), loop.target().y(), wish);
    double[] row = new double[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      double signal = weights[c][0] * wish[0] + weights[c][1] * wish[1];
      row[c] =
          5
              + (Double.isInfinite(noise) ? 0 : signal)
              + (Double.isInfinite(noise) ? 1 : noise) * random.nextGaussian();
    }
    return row;
  }
}
