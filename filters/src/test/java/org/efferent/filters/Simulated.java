package org.efferent.filters;

import java.util.Random;

/** A state that follows a linear model and features that see it through a bent line. */
final class Simulated {
  final double[][] x;
  final double[][] z;

  Simulated(int rows, int features, int d, double bend, long seed) {
    Random random = new Random(seed);
    double[][] h = new double[features][d];
    for (double[] row : h) {
      for (int i = 0; i < d; i++) {
        row[i] = random.nextGaussian();
      }
    }
    x = new double[rows][features];
    z = new double[rows][d];
    for (int t = 0; t < rows; t++) {
      for (int i = 0; i < d; i++) {
        double before = t == 0 ? 0 : 0.9 * z[t - 1][i] + 0.05 * z[t - 1][(i + 1) % d];
        z[t][i] = before + 0.4 * random.nextGaussian();
      }
      for (int f = 0; f < features; f++) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
          sum += h[f][i] * z[t][i];
        }
        x[t][f] = sum + bend * Math.sin(2 * sum) + 0.7 * random.nextGaussian();
      }
    }
  }
}
