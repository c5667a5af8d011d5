package org.efferent.viz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The Delaunay triangulation of points inside a convex ring: no circle through a triangle's corners
 * holds another point. Point after point is put in: the triangles whose circle holds it go, and new
 * ones join it to the edge of the hole (Bowyer, "Computing Dirichlet tessellations", 1981; Watson,
 * the same year). Immutable.
 */
final class Triangulation {
  /**
   * Shares of the fourth power of a triangle's size below which four points lie on one circle:
   * there the triangles that the later point joins are taken.
   */
  private static final double ON_CIRCLE = 1e-12;

  private final double[] x;
  private final double[] y;
  private final int[][] triangles;
  private final int[][] across;
  private final int[][] neighbours;

  /**
   * Triangulates.
   *
   * @param x {@code [points]}; the last {@code ring} of them are the corners of a convex polygon on
   *     a circle, counter-clockwise; the others lie inside, all of them apart
   * @param y {@code [points]}
   * @param ring how many, at least 3
   */
  Triangulation(double[] x, double[] y, int ring) {
    this.x = x.clone();
    this.y = y.clone();
    int inner = x.length - ring;
    List<int[]> all = new ArrayList<>();
    for (int i = 1; i + 1 < ring; i++) {
      all.add(new int[] {inner, inner + i, inner + i + 1}); // a fan: any will do on a circle
    }
    for (int p = 0; p < inner; p++) {
      insert(p, all);
    }
    triangles = all.toArray(int[][]::new);
    across = across(triangles);
    neighbours = neighbours(triangles, x.length);
  }

  private void insert(int p, List<int[]> all) {
    // Edges of the triangles that go; an edge that two of them share turns up in both directions.
    Map<Long, int[]> edges = new HashMap<>();
    List<int[]> kept = new ArrayList<>();
    for (int[] t : all) {
      if (!holds(t, p)) {
        kept.add(t);
        continue;
      }
      for (int k = 0; k < 3; k++) {
        int a = t[k];
        int b = t[(k + 1) % 3];
        if (edges.remove(key(b, a)) == null) {
          edges.put(key(a, b), new int[] {a, b, p});
        }
      }
    }
    all.clear();
    all.addAll(kept);
    edges.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(edge -> all.add(edge.getValue()));
  }

  /** Whether the circle through a triangle's corners holds a point: the sign of a determinant. */
  private boolean holds(int[] t, int p) {
    double ax = x[t[0]] - x[p];
    double ay = y[t[0]] - y[p];
    double bx = x[t[1]] - x[p];
    double by = y[t[1]] - y[p];
    double cx = x[t[2]] - x[p];
    double cy = y[t[2]] - y[p];
    double a = ax * ax + ay * ay;
    double b = bx * bx + by * by;
    double c = cx * cx + cy * cy;
    double determinant =
        a * (bx * cy - by * cx) - b * (ax * cy - ay * cx) + c * (ax * by - ay * bx);
    double largest = Math.max(a, Math.max(b, c));
    return determinant > -ON_CIRCLE * largest * largest;
  }

  private static long key(int a, int b) {
    return (long) a << 32 | b;
  }

  private static int[][] across(int[][] triangles) {
    Map<Long, Integer> byEdge = new HashMap<>();
    for (int t = 0; t < triangles.length; t++) {
      for (int k = 0; k < 3; k++) {
        byEdge.put(key(triangles[t][(k + 1) % 3], triangles[t][(k + 2) % 3]), t);
      }
    }
    int[][] across = new int[triangles.length][3];
    for (int t = 0; t < triangles.length; t++) {
      for (int k = 0; k < 3; k++) {
        across[t][k] =
            byEdge.getOrDefault(key(triangles[t][(k + 2) % 3], triangles[t][(k + 1) % 3]), -1);
      }
    }
    return across;
  }

  private static int[][] neighbours(int[][] triangles, int points) {
    List<TreeSet<Integer>> sets = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      sets.add(new TreeSet<>());
    }
    for (int[] t : triangles) {
      for (int k = 0; k < 3; k++) {
        sets.get(t[k]).add(t[(k + 1) % 3]);
        sets.get(t[k]).add(t[(k + 2) % 3]);
      }
    }
    return sets.stream()
        .map(s -> s.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /** How many triangles there are. */
  int count() {
    return triangles.length;
  }

  /** The number of a triangle's corner 0, 1 or 2, counter-clockwise. */
  int corner(int triangle, int corner) {
    return triangles[triangle][corner];
  }

  /** The triangle beyond the edge that faces a corner; -1 where there is none. */
  int across(int triangle, int corner) {
    return across[triangle][corner];
  }

  /** The points that share an edge with a point, ascending; not to be modified. */
  int[] neighbours(int point) {
    return neighbours[point];
  }

  double x(int point) {
    return x[point];
  }

  double y(int point) {
    return y[point];
  }

  /**
   * Where a place lies in a triangle: weights of the three corners that sum to one.
   *
   * @param into {@code [3]}, filled
   * @return the least of them, not negative inside
   */
  double barycentric(int triangle, double px, double py, double[] into) {
    int[] t = triangles[triangle];
    double ux = x[t[1]] - x[t[0]];
    double uy = y[t[1]] - y[t[0]];
    double vx = x[t[2]] - x[t[0]];
    double vy = y[t[2]] - y[t[0]];
    double dx = px - x[t[0]];
    double dy = py - y[t[0]];
    double area = ux * vy - uy * vx;
    into[1] = (dx * vy - dy * vx) / area;
    into[2] = (ux * dy - uy * dx) / area;
    into[0] = 1 - into[1] - into[2];
    return Math.min(into[0], Math.min(into[1], into[2]));
  }
}
