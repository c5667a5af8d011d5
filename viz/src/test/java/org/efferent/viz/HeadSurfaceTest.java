package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against MNE-Python: src/test/resources/topography/mne_topography.py made the values. */
final class HeadSurfaceTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-9);

  @Test
  void isTheSurfaceOfMnePython() throws IOException {
    double[][] electrodes = table("mne-positions.csv");
    double[][] grid = table("mne-grid.csv");
    double[] x = column(electrodes, 0);
    double[] y = column(electrodes, 1);
    assertThat(grid.length).isGreaterThan(400);
    for (int pattern = 2; pattern < 4; pattern++) {
      double[] values = column(electrodes, pattern);
      double range = Arrays.stream(values).max().orElse(0) - Arrays.stream(values).min().orElse(0);
      HeadSurface surface = new HeadSurface(x, y, values);
      double[] positions = new double[2 * x.length];
      Arrays.setAll(positions, i -> i % 2 == 0 ? x[i / 2] : y[i / 2]);
      HeadMap drawn = new HeadMap(HeadSensors.onHead(positions, 0, 0, 1), values);
      for (double[] point : grid) {
        assertThat(surface.at(point[0], point[1]))
            .as("column %d at %s, %s", pattern, point[0], point[1])
            .isCloseTo(point[pattern], Offset.offset(1e-4 * range));
        // Straight between the points of the grid that is painted.
        assertThat(drawn.at(point[0], point[1]))
            .isCloseTo(point[pattern], Offset.offset(0.015 * range));
      }
    }
  }

  @Test
  void goesThroughTheValuesWithoutACrease() {
    double[] x = {-0.5, 0.5, 0, 0.1, 0.7};
    double[] y = {0.2, 0.3, -0.6, 0.8, -0.4};
    HeadSurface surface = new HeadSurface(x, y, new double[] {1, -2, 3, 0.5, 4});
    double[] values = {1, -2, 3, 0.5, 4};
    for (int i = 0; i < x.length; i++) {
      assertThat(surface.at(x[i], y[i])).isCloseTo(values[i], CLOSE);
    }
    // Along any line the slope changes little by little, also where triangles meet.
    double step = 1e-3;
    double steepest = 0;
    for (double angle = 0; angle < 3; angle += 0.37) {
      double[] along = new double[2000];
      for (int i = 0; i < along.length; i++) {
        double r = i * step - 1;
        along[i] = surface.at(r * Math.cos(angle), r * Math.sin(angle));
      }
      for (int i = 2; i < along.length; i++) {
        double turn = (along[i] - 2 * along[i - 1] + along[i - 2]) / step;
        steepest = Math.max(steepest, Math.abs(turn));
      }
    }
    assertThat(steepest).isLessThan(0.2);
  }

  @Test
  void fewSensorsOnOnePlaceOrOnALineMakeASurface() {
    HeadSurface one = new HeadSurface(new double[] {0.3}, new double[] {0.1}, new double[] {7});
    assertThat(one.at(-1, 1)).isCloseTo(7, CLOSE);
    HeadSurface two =
        new HeadSurface(new double[] {-1, 1}, new double[] {0, 0}, new double[] {0, 4});
    assertThat(two.at(0, 0.5)).isCloseTo(2, Offset.offset(0.05));
    assertThat(two.at(-1.7, 0)).isLessThan(1);
    double[] line = {-0.6, -0.2, 0.2, 0.6};
    HeadSurface four = new HeadSurface(line, line, new double[] {1, 5, 2, 3});
    assertThat(four.at(-0.2, -0.2)).isCloseTo(5, CLOSE);
    assertThat(four.at(0.9, -0.4)).isBetween(0.0, 6.0);
    // Two at one place count as their mean.
    double[] x = {0, 0, 1, 0};
    double[] y = {0, 0, 0, 1};
    assertThat(new HeadSurface(x, y, new double[] {1, 3, 0, 0}).at(0, 0)).isCloseTo(2, CLOSE);
    assertThat(new HeadSurface(x, y, new double[] {5, 5, 5, 5}).at(0.4, -0.9)).isCloseTo(5, CLOSE);
  }

  @Test
  void circlesThroughTrianglesAreEmpty() {
    int n = 40;
    int ring = 12;
    double[] x = new double[n + ring];
    double[] y = new double[n + ring];
    java.util.Random random = new java.util.Random(2);
    for (int i = 0; i < n + ring; i++) {
      double angle = 2 * Math.PI * (i - n) / ring;
      x[i] = i < n ? random.nextDouble() - 0.5 : Math.cos(angle);
      y[i] = i < n ? random.nextDouble() - 0.5 : Math.sin(angle);
    }
    Triangulation triangles = new Triangulation(x, y, ring);
    assertThat(triangles.count()).isEqualTo(2 * (n - 1) + ring); // Euler
    for (int t = 0; t < triangles.count(); t++) {
      double[] circle = circle(x, y, triangles, t);
      for (int i = 0; i < n + ring; i++) {
        assertThat(Math.hypot(x[i] - circle[0], y[i] - circle[1]))
            .isGreaterThan(circle[2] * (1 - 1e-9));
      }
    }
  }

  /** Centre and radius of the circle through a triangle's corners. */
  private static double[] circle(double[] x, double[] y, Triangulation triangles, int t) {
    int a = triangles.corner(t, 0);
    double bx = x[triangles.corner(t, 1)] - x[a];
    double by = y[triangles.corner(t, 1)] - y[a];
    double cx = x[triangles.corner(t, 2)] - x[a];
    double cy = y[triangles.corner(t, 2)] - y[a];
    double d = 2 * (bx * cy - by * cx);
    double ux = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / d;
    double uy = (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / d;
    return new double[] {x[a] + ux, y[a] + uy, Math.hypot(ux, uy)};
  }

  private static double[] column(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(r -> r[column]).toArray();
  }

  private static double[][] table(String name) throws IOException {
    try (InputStream in = HeadSurfaceTest.class.getResourceAsStream("/topography/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .skip(1)
          .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
          .toArray(double[][]::new);
    }
  }
}
