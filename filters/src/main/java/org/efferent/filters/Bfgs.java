package org.efferent.filters;

/**
 * Minimises a smooth function of a few variables: BFGS with backtracking (Nocedal and Wright,
 * Numerical Optimization, 2006, algorithms 6.1 and 3.1). Variables that are not free stay.
 */
final class Bfgs {
  private static final double ARMIJO = 1e-4;
  private static final double LONGEST_STEP = 1;

  private Bfgs() {}

  /** The function: its value, and its gradient written to the second argument. */
  interface Function {
    double at(double[] x, double[] gradient);
  }

  /** Sees each point that is a step forward. */
  interface Observer {
    /** Whether to go on from {@code x}, which is valid during the call. */
    boolean goOn(double[] x);
  }

  /**
   * Minimises.
   *
   * @param start where to begin, with a finite value; not modified
   * @param free which variables may move
   * @param evaluations most calls of the function
   * @param tolerance ends when a step gains less
   * @return the best point seen
   */
  static double[] minimise(
      Function function, double[] start, boolean[] free, int evaluations, double tolerance) {
    return minimise(function, start, free, evaluations, tolerance, x -> true);
  }

  /** The same, watched: it also ends where the observer says so. */
  static double[] minimise(
      Function function,
      double[] start,
      boolean[] free,
      int evaluations,
      double tolerance,
      Observer observer) {
    int n = start.length;
    double[] x = start.clone();
    double[] gradient = new double[n];
    double[] next = new double[n];
    double[] nextGradient = new double[n];
    double[] direction = new double[n];
    double[] inverse = identity(n);
    boolean first = true;
    double value = masked(function, x, gradient, free);
    int used = 1;
    while (used < evaluations) {
      double slope = descend(inverse, gradient, direction);
      if (!(slope < 0)) {
        return x;
      }
      double step = Math.min(1, LONGEST_STEP / largest(direction));
      double nextValue = Double.NaN;
      boolean found = false;
      while (!found && used < evaluations && step > 1e-6) {
        for (int i = 0; i < n; i++) {
          next[i] = x[i] + step * direction[i];
        }
        nextValue = masked(function, next, nextGradient, free);
        used++;
        found = nextValue <= value + ARMIJO * step * slope;
        step *= found ? 1 : 0.3;
      }
      if (!found) {
        return x;
      }
      first = update(inverse, first, x, next, gradient, nextGradient);
      double gain = value - nextValue;
      System.arraycopy(next, 0, x, 0, n);
      System.arraycopy(nextGradient, 0, gradient, 0, n);
      value = nextValue;
      if (gain < tolerance || !observer.goOn(x)) {
        return x;
      }
    }
    return x;
  }

  private static double masked(Function function, double[] x, double[] gradient, boolean[] free) {
    double value = function.at(x, gradient);
    for (int i = 0; i < x.length; i++) {
      gradient[i] = free[i] ? gradient[i] : 0;
    }
    return value;
  }

  private static double descend(double[] inverse, double[] gradient, double[] direction) {
    SmallMatrix.apply(inverse, gradient, gradient.length, gradient.length, direction);
    double slope = 0;
    for (int i = 0; i < gradient.length; i++) {
      direction[i] = -direction[i];
      slope += direction[i] * gradient[i];
    }
    return slope;
  }

  private static double largest(double[] a) {
    double out = 0;
    for (double value : a) {
      out = Math.max(out, Math.abs(value));
    }
    return out;
  }

  private static double[] identity(int n) {
    double[] out = new double[n * n];
    for (int i = 0; i < n; i++) {
      out[i * (n + 1)] = 1;
    }
    return out;
  }

  /**
   * Eq. 6.17; the first update scales the identity, eq. 6.20; none without positive curvature.
   *
   * @return whether the first update is still to come
   */
  private static boolean update(
      double[] h, boolean first, double[] x, double[] y, double[] gx, double[] gy) {
    int n = x.length;
    double curvature = 0;
    double power = 0;
    for (int i = 0; i < n; i++) {
      curvature += (y[i] - x[i]) * (gy[i] - gx[i]);
      power += (gy[i] - gx[i]) * (gy[i] - gx[i]);
    }
    if (!(curvature > 1e-12 * power) || power == 0) {
      return first;
    }
    for (int i = 0; first && i < n; i++) {
      h[i * (n + 1)] = curvature / power;
    }
    double[] hy = new double[n];
    double yhy = 0;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        hy[i] += h[i * n + k] * (gy[k] - gx[k]);
      }
      yhy += hy[i] * (gy[i] - gx[i]);
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double si = y[i] - x[i];
        double sk = y[k] - x[k];
        h[i * n + k] +=
            (1 + yhy / curvature) * si * sk / curvature - (hy[i] * sk + si * hy[k]) / curvature;
      }
    }
    return false;
  }
}
