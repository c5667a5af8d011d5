package org.efferent.viz;

/**
 * A smooth surface through values at the corners of triangles: a cubic on each third of a triangle,
 * without a crease anywhere (Clough and Tocher, "Finite element stiffness matrices for analysis of
 * plates in bending", 1965). Across a triangle's edge the slope towards the neighbour's middle
 * changes in a straight line, which keeps the surface the same under affine maps (Alfeld, "A
 * trivariate Clough-Tocher scheme", 1984). The slopes at the corners are those with which the
 * curves along the edges bend least (Nielson, "A method for interpolating scattered data based upon
 * a minimum norm network", 1983). SciPy's CloughTocher2DInterpolator, which MNE-Python draws
 * topographies with, is the same surface. Immutable.
 */
final class CloughTocher {
  private static final int MOST_ROUNDS = 1000;
  private static final double STILL = 1e-9;
  private static final double INSIDE = -1e-9;

  private final Triangulation triangles;
  private final double[] values;
  private final double[] slopesX;
  private final double[] slopesY;

  /**
   * Reckons the slopes.
   *
   * @param triangles over the points
   * @param values {@code [points]}, finite
   */
  CloughTocher(Triangulation triangles, double[] values) {
    this.triangles = triangles;
    this.values = values.clone();
    slopesX = new double[values.length];
    slopesY = new double[values.length];
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double still = STILL * (high - low);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double change = 0;
      for (int i = 0; i < values.length; i++) {
        change = Math.max(change, relax(i));
      }
      if (change <= still) {
        break;
      }
    }
  }

  /**
   * Sets one point's slope to the best for those of its neighbours. An edge e of length L with the
   * rise f and slopes g, h at its ends bends by 4 (a² + ab + b² - 3 f (a + b) + 3 f²) / L³, a = g·e
   * and b = h·e; its derivative for g vanishes where Σ e e'/L³ 2 g = Σ e/L³ (3 f - b).
   */
  private double relax(int i) {
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double rx = 0;
    double ry = 0;
    for (int j : triangles.neighbours(i)) {
      double ex = triangles.x(j) - triangles.x(i);
      double ey = triangles.y(j) - triangles.y(i);
      double weight = Math.pow(ex * ex + ey * ey, -1.5);
      double right = 3 * (values[j] - values[i]) - (slopesX[j] * ex + slopesY[j] * ey);
      xx += 2 * weight * ex * ex;
      xy += 2 * weight * ex * ey;
      yy += 2 * weight * ey * ey;
      rx += weight * right * ex;
      ry += weight * right * ey;
    }
    double determinant = xx * yy - xy * xy;
    double sx = (yy * rx - xy * ry) / determinant;
    double sy = (xx * ry - xy * rx) / determinant;
    double change = Math.max(Math.abs(sx - slopesX[i]), Math.abs(sy - slopesY[i]));
    slopesX[i] = sx;
    slopesY[i] = sy;
    return change;
  }

  /** The surface at a place; NaN outside all triangles. */
  double at(double px, double py) {
    double[] b = new double[3];
    for (int t = 0; t < triangles.count(); t++) {
      if (triangles.barycentric(t, px, py, b) >= INSIDE) {
        return inside(t, b);
      }
    }
    return Double.NaN;
  }

  /**
   * In the third of the triangle that lies at the edge from corner p to corner q: the cubic's
   * Bézier ordinates, by how often p, q, and the middle count (p²q is twice p and once q).
   */
  private double inside(int t, double[] b) {
    int r = b[0] <= b[1] && b[0] <= b[2] ? 0 : b[1] <= b[2] ? 1 : 2;
    int p = (r + 1) % 3;
    int q = (r + 2) % 3;
    double ppq = along(t, p, q);
    double pqq = along(t, q, p);
    double ppm = (along(t, p, q) + along(t, p, r) + value(t, p)) / 3;
    double qqm = (along(t, q, p) + along(t, q, r) + value(t, q)) / 3;
    double rrm = (along(t, r, p) + along(t, r, q) + value(t, r)) / 3;
    double pqm = between(t, r);
    double prm = between(t, q);
    double qrm = between(t, p);
    double pmm = (ppm + pqm + prm) / 3;
    double qmm = (qqm + pqm + qrm) / 3;
    double rmm = (rrm + prm + qrm) / 3;
    double mmm = (pmm + qmm + rmm) / 3;
    double u = b[p] - b[r];
    double v = b[q] - b[r];
    double w = 3 * b[r];
    return u * u * u * value(t, p)
        + v * v * v * value(t, q)
        + w * w * w * mmm
        + 3 * u * u * (v * ppq + w * ppm)
        + 3 * v * v * (u * pqq + w * qqm)
        + 3 * w * w * (u * pmm + v * qmm)
        + 6 * u * v * w * pqm;
  }

  private double value(int t, int corner) {
    return values[triangles.corner(t, corner)];
  }

  /** The ordinate next to a corner on the edge to another. */
  private double along(int t, int from, int to) {
    int i = triangles.corner(t, from);
    int j = triangles.corner(t, to);
    return values[i]
        + (slopesX[i] * (triangles.x(j) - triangles.x(i))
                + slopesY[i] * (triangles.y(j) - triangles.y(i)))
            / 3;
  }

  /**
   * The ordinate inside, before the edge that faces corner r: the slope in the direction a p + b q
   * + c m, from this triangle's middle m to the neighbour's, is in the middle of the edge the mean
   * of what it is at its ends. Without a neighbour the direction is that to the edge's middle.
   */
  private double between(int t, int r) {
    int p = (r + 1) % 3;
    int q = (r + 2) % 3;
    double a = 0.5;
    double b = 0.5;
    double c = -1;
    int other = triangles.across(t, r);
    if (other >= 0) {
      double[] weights = new double[3];
      triangles.barycentric(t, middle(other, true), middle(other, false), weights);
      // In p, q and m, from which three weights of r are taken.
      a = weights[p] - weights[r];
      b = weights[q] - weights[r];
      c = 3 * weights[r] - 1;
    }
    double ppm = (along(t, p, q) + along(t, p, r) + value(t, p)) / 3;
    double qqm = (along(t, q, p) + along(t, q, r) + value(t, q)) / 3;
    double first = a * value(t, p) + b * along(t, p, q) + c * ppm;
    double last = a * along(t, q, p) + b * value(t, q) + c * qqm;
    return ((first + last) / 2 - a * along(t, p, q) - b * along(t, q, p)) / c;
  }

  private double middle(int t, boolean horizontal) {
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      int i = triangles.corner(t, k);
      sum += horizontal ? triangles.x(i) : triangles.y(i);
    }
    return sum / 3;
  }
}
