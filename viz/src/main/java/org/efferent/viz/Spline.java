package org.efferent.viz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The smoothest surface through values at places of a plane: the thin plate spline, whose energy of
 * bending is least (biharmonic; Duchon, "Splines minimizing rotation-invariant semi-norms in
 * Sobolev spaces", 1977). Places closer than a hundredth count as one with the mean of their
 * values. Immutable.
 *
 * <p>Its plane part has as many terms as the places determine: none of them but a constant for one
 * place, a slope along the line for places on one line.
 */
public final class Spline {
  private static final double SAME = 0.01;
  // Places that reach less far from a line lie on it: a slope across them would say nothing.
  private static final double NARROW = 0.02;

  private final double[] x;
  private final double[] y;
  private final double[] weights;
  // Directions of the plane part's slopes, none to two.
  private final double[][] slopes;

  /**
   * Solves for the weights.
   *
   * @param x {@code [places]}, radii of the head, at least one
   * @param y {@code [places]}
   * @param values {@code [places]}, finite
   */
  public Spline(double[] x, double[] y, double[] values) {
    slopes = slopes(x, y);
    List<double[]> places = merged(onAxes(x, y, slopes), values);
    int n = places.size();
    this.x = places.stream().mapToDouble(p -> p[0]).toArray();
    this.y = places.stream().mapToDouble(p -> p[1]).toArray();
    int terms = 1 + slopes.length;
    RealMatrix matrix = new Array2DRowRealMatrix(n + terms, n + terms);
    ArrayRealVector right = new ArrayRealVector(n + terms);
    for (int i = 0; i < n; i++) {
      right.setEntry(i, places.get(i)[2]);
      for (int j = 0; j < n; j++) {
        matrix.setEntry(i, j, kernel(this.x[i] - this.x[j], this.y[i] - this.y[j]));
      }
      for (int t = 0; t < terms; t++) {
        double term = term(t, this.x[i], this.y[i]);
        matrix.setEntry(i, n + t, term);
        matrix.setEntry(n + t, i, term);
      }
    }
    weights = new LUDecomposition(matrix, 1e-14).getSolver().solve(right).toArray();
  }

  /** The surface at a place. */
  public double at(double px, double py) {
    int n = x.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += weights[i] * kernel(px - x[i], py - y[i]);
    }
    for (int t = 0; t <= slopes.length; t++) {
      sum += weights[n + t] * term(t, px, py);
    }
    return sum;
  }

  private double term(int t, double px, double py) {
    return t == 0 ? 1 : slopes[t - 1][0] * px + slopes[t - 1][1] * py;
  }

  /** r² ln r. */
  private static double kernel(double dx, double dy) {
    double square = dx * dx + dy * dy;
    return square == 0 ? 0 : 0.5 * square * Math.log(square);
  }

  /** The places, moved onto the line or the point that they are hardly off. */
  private static double[][] onAxes(double[] x, double[] y, double[][] axes) {
    double mx = Arrays.stream(x).average().orElse(0);
    double my = Arrays.stream(y).average().orElse(0);
    double[][] moved = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      moved[i] = axes.length == 2 ? new double[] {x[i], y[i]} : new double[] {mx, my};
      if (axes.length == 1) {
        double along = axes[0][0] * (x[i] - mx) + axes[0][1] * (y[i] - my);
        moved[i][0] += along * axes[0][0];
        moved[i][1] += along * axes[0][1];
      }
    }
    return moved;
  }

  private static List<double[]> merged(double[][] at, double[] values) {
    List<double[]> places = new ArrayList<>(); // x, y, mean, how many
    for (int i = 0; i < at.length; i++) {
      double[] same = null;
      for (double[] p : places) {
        if (Math.hypot(p[0] - at[i][0], p[1] - at[i][1]) < SAME) {
          same = p;
          break;
        }
      }
      if (same == null) {
        places.add(new double[] {at[i][0], at[i][1], values[i], 1});
      } else {
        same[3]++;
        same[2] += (values[i] - same[2]) / same[3];
      }
    }
    return places;
  }

  /** The main axes of the places' extent along which they differ. */
  private static double[][] slopes(double[] x, double[] y) {
    int n = x.length;
    double mx = Arrays.stream(x).average().orElse(0);
    double my = Arrays.stream(y).average().orElse(0);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < n; i++) {
      xx += (x[i] - mx) * (x[i] - mx);
      xy += (x[i] - mx) * (y[i] - my);
      yy += (y[i] - my) * (y[i] - my);
    }
    double angle = 0.5 * Math.atan2(2 * xy, xx - yy);
    double[][] axes = {{Math.cos(angle), Math.sin(angle)}, {-Math.sin(angle), Math.cos(angle)}};
    List<double[]> kept = new ArrayList<>();
    for (double[] a : axes) {
      double extent = 0;
      for (int i = 0; i < n; i++) {
        extent = Math.max(extent, Math.abs(a[0] * (x[i] - mx) + a[1] * (y[i] - my)));
      }
      if (extent > NARROW) {
        kept.add(a);
      }
    }
    return kept.toArray(double[][]::new);
  }
}
