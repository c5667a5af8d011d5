package org.efferent.viz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The surface between sensors on a head, as MNE-Python draws it by itself for EEG ({@code
 * mne.viz.plot_topomap} with {@code extrapolate='head', border='mean', image_interp='cubic'}): the
 * surface of Clough and Tocher over the sensors and a ring of further points around the head, each
 * with the mean of the sensors next to it. Places closer than a hundredth count as one with the
 * mean of their values. Immutable.
 */
public final class HeadSurface {
  private static final double SAME = 0.01;
  private static final int LEAST_RING = 12;
  private static final double OUT = 1.1;

  private final CloughTocher surface;
  private final double whole;
  private final double constant;

  /**
   * Triangulates and solves.
   *
   * @param x {@code [places]}, radii of the head, at least one
   * @param y {@code [places]}
   * @param values {@code [places]}, finite
   */
  public HeadSurface(double[] x, double[] y, double[] values) {
    List<double[]> places = merged(x, y, values);
    int n = places.size();
    constant = places.stream().mapToDouble(p -> p[2]).average().orElse(0);
    double head = places.stream().mapToDouble(p -> Math.hypot(p[0], p[1]) * 1.01).max().orElse(1);
    head = Math.max(1, head);
    double apart = apart(places, head);
    int ring =
        Math.max(LEAST_RING, (int) Math.round(2 * Math.PI / Math.asin(Math.min(1, apart / head))));
    double out = OUT * head + apart;
    whole = out * Math.cos(Math.PI / ring) * (1 - 1e-9);
    Triangulation triangles = triangles(places, ring, out);
    double[] all = new double[n + ring];
    double sum = 0;
    int known = 0;
    for (int i = 0; i < n + ring; i++) {
      all[i] = i < n ? places.get(i)[2] : besides(triangles, i, places);
      if (i >= n && !Double.isNaN(all[i])) {
        sum += all[i];
        known++;
      }
    }
    for (int i = n; i < n + ring; i++) {
      all[i] = Double.isNaN(all[i]) ? sum / known : all[i];
    }
    surface = new CloughTocher(triangles, all);
  }

  /**
   * The surface at a place, in the unit of the values; beyond the ring, that of the ring in this
   * direction.
   *
   * @param px to the right, radii of the head
   * @param py to the front, radii of the head
   */
  public double at(double px, double py) {
    double far = Math.hypot(px, py);
    double shrink = far > whole ? whole / far : 1;
    double value = surface.at(px * shrink, py * shrink);
    return Double.isNaN(value) ? constant : value;
  }

  /** The mean of the sensors that share an edge with a point of the ring; NaN without one. */
  private static double besides(Triangulation triangles, int point, List<double[]> places) {
    return Arrays.stream(triangles.neighbours(point))
        .filter(j -> j < places.size())
        .mapToDouble(j -> places.get(j)[2])
        .average()
        .orElse(Double.NaN);
  }

  private static Triangulation triangles(List<double[]> places, int ring, double radius) {
    int n = places.size();
    double[] x = new double[n + ring];
    double[] y = new double[n + ring];
    for (int i = 0; i < n; i++) {
      x[i] = places.get(i)[0];
      y[i] = places.get(i)[1];
    }
    for (int i = 0; i < ring; i++) {
      x[n + i] = radius * Math.cos(2 * Math.PI * i / ring);
      y[n + i] = radius * Math.sin(2 * Math.PI * i / ring);
    }
    return new Triangulation(x, y, ring);
  }

  /** How far sensors are apart: the median edge between them; the head's radius for one. */
  private static double apart(List<double[]> places, double head) {
    Triangulation triangles = triangles(places, LEAST_RING, 10 * head);
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      for (int j : triangles.neighbours(i)) {
        if (i < j && j < places.size()) {
          edges.add(
              Math.hypot(places.get(i)[0] - places.get(j)[0], places.get(i)[1] - places.get(j)[1]));
        }
      }
    }
    edges.sort(null);
    int n = edges.size();
    return n == 0 ? head : (edges.get((n - 1) / 2) + edges.get(n / 2)) / 2;
  }

  private static List<double[]> merged(double[] x, double[] y, double[] values) {
    List<double[]> places = new ArrayList<>(); // x, y, mean, how many
    for (int i = 0; i < x.length; i++) {
      double[] same = null;
      for (double[] p : places) {
        if (Math.hypot(p[0] - x[i], p[1] - y[i]) < SAME) {
          same = p;
          break;
        }
      }
      if (same == null) {
        places.add(new double[] {x[i], y[i], values[i], 1});
      } else {
        same[3]++;
        same[2] += (values[i] - same[2]) / same[3];
      }
    }
    return places;
  }
}
