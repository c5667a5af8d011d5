package org.efferent.benchmarks;

import java.util.Arrays;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresProblem;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.Pair;

/**
 * {@code y = fixed + factor · x^slope}, by least squares of the logarithms: a cost that is there
 * anyway, and one that grows.
 *
 * @param fixed what nothing costs already; 0 where too few points could tell it from growth
 * @param factor growth at x = 1
 * @param slope 1 for what grows in proportion
 * @param error largest |fit/measured − 1| of the points
 */
record GrowthLaw(double fixed, double factor, double slope, double error) {
  /** Fewer points than this say no more than a power law. */
  private static final int POINTS = 5;

  private static final double[] SHARES = {0.2, 0.5, 0.8, 0.95, 0.99};

  /** Of at least two points of different, positive x and positive y. */
  static GrowthLaw of(double[] x, double[] y) {
    GrowthLaw best = power(x, y);
    if (x.length < POINTS) {
      return best;
    }
    double least = Arrays.stream(y).min().getAsDouble();
    double bound = squares(best, x, y) * 2 / 3; // what is worth another parameter
    for (double share : SHARES) {
      double[] above = Arrays.stream(y).map(v -> v - share * least).toArray();
      GrowthLaw start = power(x, above);
      double[] p = {Math.log(share * least), Math.log(start.factor), start.slope};
      GrowthLaw law = refined(p, x, y);
      if (law.slope > 0 && squares(law, x, y) < bound) { // what falls is a fixed cost and noise
        best = law;
        bound = squares(law, x, y);
      }
    }
    return best;
  }

  /** Without a fixed cost. */
  static GrowthLaw power(double[] x, double[] y) {
    if (x.length < 2 || x.length != y.length) {
      throw new IllegalArgumentException("a law needs two points or more; points=" + x.length);
    }
    double meanX = Arrays.stream(x).map(Math::log).average().getAsDouble();
    double meanY = Arrays.stream(y).map(Math::log).average().getAsDouble();
    double above = 0;
    double below = 0;
    for (int i = 0; i < x.length; i++) {
      double d = Math.log(x[i]) - meanX;
      above += d * (Math.log(y[i]) - meanY);
      below += d * d;
    }
    double slope = above / below;
    return measured(0, Math.exp(meanY - slope * meanX), slope, x, y);
  }

  private static GrowthLaw refined(double[] start, double[] x, double[] y) {
    LeastSquaresProblem problem =
        new LeastSquaresBuilder()
            .start(start)
            .target(Arrays.stream(y).map(Math::log).toArray())
            .model(p -> model(p, x))
            .maxEvaluations(10_000)
            .maxIterations(10_000)
            .build();
    double[] p = new LevenbergMarquardtOptimizer().optimize(problem).getPoint().toArray();
    return measured(Math.exp(p[0]), Math.exp(p[1]), p[2], x, y);
  }

  /** Logarithms of the law at every x and what they change with ln fixed, ln factor, slope. */
  private static Pair<RealVector, RealMatrix> model(RealVector p, double[] x) {
    double[] values = new double[x.length];
    double[][] changes = new double[x.length][];
    double fixed = Math.exp(p.getEntry(0));
    for (int i = 0; i < x.length; i++) {
      double grown = Math.exp(p.getEntry(1) + p.getEntry(2) * Math.log(x[i]));
      double all = fixed + grown;
      values[i] = Math.log(all);
      changes[i] = new double[] {fixed / all, grown / all, grown * Math.log(x[i]) / all};
    }
    return new Pair<>(new ArrayRealVector(values), new Array2DRowRealMatrix(changes));
  }

  private static double squares(GrowthLaw law, double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double d = Math.log(law.at(x[i]) / y[i]);
      sum += d * d;
    }
    return sum;
  }

  private static GrowthLaw measured(
      double fixed, double factor, double slope, double[] x, double[] y) {
    GrowthLaw law = new GrowthLaw(fixed, factor, slope, 0);
    double error = 0;
    for (int i = 0; i < x.length; i++) {
      error = Math.max(error, Math.abs(law.at(x[i]) / y[i] - 1));
    }
    return new GrowthLaw(fixed, factor, slope, error);
  }

  double at(double x) {
    return fixed + factor * Math.pow(x, slope);
  }
}
