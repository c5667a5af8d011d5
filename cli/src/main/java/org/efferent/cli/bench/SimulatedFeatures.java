package org.efferent.cli.bench;

import java.util.SplittableRandom;

/**
 * Features and states of the size of the published recordings, made from a seed: a smooth velocity
 * and features that depend on it in a bent way, with noise.
 *
 * @param features {@code [rows][features]}, about unit variance
 * @param states {@code [rows][2]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record SimulatedFeatures(double[][] features, double[][] states) {

  /**
   * Makes them.
   *
   * @param rows bins
   * @param features numbers a bin
   * @param seed of all of it
   * @return the material
   */
  public static SimulatedFeatures of(int rows, int features, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = new double[rows][features];
    double[][] z = new double[rows][2];
    double[][] tuning = new double[features][2];
    for (double[] t : tuning) {
      t[0] = random.nextGaussian();
      t[1] = random.nextGaussian();
    }
    for (int i = 0; i < rows; i++) {
      for (int d = 0; d < 2; d++) {
        z[i][d] = (i > 0 ? 0.85 * z[i - 1][d] : 0) + 0.03 * random.nextGaussian();
      }
      for (int k = 0; k < features; k++) {
        double drive = 12 * (tuning[k][0] * z[i][0] + tuning[k][1] * z[i][1]);
        x[i][k] = Math.tanh(drive) + 0.7 * random.nextGaussian();
      }
    }
    return new SimulatedFeatures(x, z);
  }
}
