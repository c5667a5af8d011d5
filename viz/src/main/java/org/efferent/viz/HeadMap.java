package org.efferent.viz;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** One head of a topography: the surface between its sensors, the sensors, nose and ears. */
final class HeadMap {
  /** Radii from the centre to the tip of the nose: what a head needs upwards. */
  static final double NOSE = 1.16;

  private static final int GRID = 129;
  private static final double LEAST_REACH = 1.04;
  private static final double MARGIN = 0.06;

  private final HeadSensors sensors;
  private final double[] values;
  private final double reach;
  // The surface at [GRID x GRID] points from (-reach, -reach); null where no value is known.
  private final double[] surface;

  HeadMap(HeadSensors sensors, double[] values) {
    this.sensors = sensors;
    this.values = values;
    this.reach = reach(sensors);
    int[] known = new int[values.length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (known(i)) {
        known[n++] = i;
      }
    }
    surface = n == 0 ? null : surface(Arrays.copyOf(known, n));
  }

  /** Radii from the centre to the edge of the colours. */
  static double reach(HeadSensors sensors) {
    double reach = LEAST_REACH;
    for (int i = 0; i < sensors.count(); i++) {
      if (sensors.placed(i)) {
        reach = Math.max(reach, Math.hypot(sensors.x(i), sensors.y(i)) + MARGIN);
      }
    }
    return reach;
  }

  private boolean known(int sensor) {
    return sensors.placed(sensor) && !Double.isNaN(values[sensor]);
  }

  private double[] surface(int[] known) {
    HeadSurface between =
        new HeadSurface(
            Arrays.stream(known).mapToDouble(sensors::x).toArray(),
            Arrays.stream(known).mapToDouble(sensors::y).toArray(),
            Arrays.stream(known).mapToDouble(i -> values[i]).toArray());
    double[] grid = new double[GRID * GRID];
    for (int row = 0; row < GRID; row++) {
      for (int column = 0; column < GRID; column++) {
        grid[row * GRID + column] = between.at(coordinate(column), coordinate(row));
      }
    }
    return grid;
  }

  private double coordinate(int index) {
    return reach * (2.0 * index / (GRID - 1) - 1);
  }

  /** The surface, straight between points of the grid. */
  double at(double x, double y) {
    double column = Math.max(0, Math.min(GRID - 1.001, (x / reach + 1) / 2 * (GRID - 1)));
    double row = Math.max(0, Math.min(GRID - 1.001, (y / reach + 1) / 2 * (GRID - 1)));
    int below = (int) row;
    int left = (int) column;
    int i = below * GRID + left;
    double right = column - left;
    double up = row - below;
    return (1 - up) * ((1 - right) * surface[i] + right * surface[i + 1])
        + up * ((1 - right) * surface[i + GRID] + right * surface[i + GRID + 1]);
  }

  /**
   * Paints the head.
   *
   * @param x the head's centre, pixels
   * @param y the head's centre, pixels
   * @param radius pixels
   * @param levels values of contour lines; may be empty
   */
  void paint(
      Graphics2D g,
      double x,
      double y,
      double radius,
      ColorScale scale,
      double[] levels,
      FigureSize size) {
    head(g, x, y, radius, size);
    if (surface != null) {
      double half = reach * radius;
      int side = (int) Math.ceil(2 * half * Pixels.density(g));
      Pixels.draw(g, colors(scale, side), x - half, y - half, 2 * half, 2 * half);
      g.setColor(Palette.INK);
      g.setStroke(Charts.stroke(size, 0.45));
      Shape clip = g.getClip();
      g.clip(new Ellipse2D.Double(x - half, y - half, 2 * half, 2 * half));
      for (double level : levels) {
        contour(g, level, x, y, radius);
      }
      g.setClip(clip);
    }
    g.setColor(Palette.INK);
    g.setStroke(outline(size));
    g.draw(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    dots(g, x, y, radius, size);
  }

  private static BasicStroke outline(FigureSize size) {
    return new BasicStroke(size.fontSize() * 0.13f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  private void head(Graphics2D g, double x, double y, double r, FigureSize size) {
    Path2D nose = new Path2D.Double();
    nose.moveTo(x - 0.15 * r, y - 0.985 * r);
    nose.quadTo(x - 0.05 * r, y - 1.06 * r, x, y - (NOSE - 0.02) * r);
    nose.quadTo(x + 0.05 * r, y - 1.06 * r, x + 0.15 * r, y - 0.985 * r);
    g.setColor(Palette.INK);
    g.setStroke(outline(size));
    // Behind the colours, so beyond them where sensors reach out of the head.
    double out = Math.max(0, reach - LEAST_REACH) * r;
    g.translate(0, -out);
    g.draw(nose);
    g.translate(0, out);
    for (int side = -1; side <= 1; side += 2) {
      Path2D ear = new Path2D.Double();
      double edge = x + side * (r * 0.99 + out);
      ear.moveTo(edge, y - 0.2 * r);
      ear.curveTo(
          edge + side * 0.13 * r,
          y - 0.3 * r,
          edge + side * 0.13 * r,
          y + 0.26 * r,
          edge,
          y + 0.2 * r);
      g.draw(ear);
    }
  }

  private BufferedImage colors(ColorScale scale, int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    double pixel = 2 * reach / side;
    for (int j = 0; j < side; j++) {
      for (int i = 0; i < side; i++) {
        double px = (i + 0.5) * pixel - reach;
        double py = reach - (j + 0.5) * pixel;
        double cover = (reach - Math.hypot(px, py)) / pixel + 0.5;
        if (cover > 0) {
          int alpha = (int) Math.round(255 * Math.min(1, cover));
          image.setRGB(i, j, alpha << 24 | scale.rgb(at(px, py)));
        }
      }
    }
    return image;
  }

  /** Cells of the grid one by one: the level's line enters and leaves through their sides. */
  private void contour(Graphics2D g, double level, double x, double y, double radius) {
    double[] ends = new double[8];
    Path2D lines = new Path2D.Double();
    for (int row = 0; row < GRID - 1; row++) {
      for (int column = 0; column < GRID - 1; column++) {
        int n = crossings(row, column, level, ends);
        for (int k = 0; k + 1 < n; k += 2) {
          lines.append(
              new Line2D.Double(
                  x + ends[2 * k] * radius,
                  y - ends[2 * k + 1] * radius,
                  x + ends[2 * k + 2] * radius,
                  y - ends[2 * k + 3] * radius),
              false);
        }
      }
    }
    if (lines.getCurrentPoint() != null) {
      g.draw(lines);
    }
  }

  private int crossings(int row, int column, double level, double[] ends) {
    int n = 0;
    int[] rows = {row, row, row + 1, row + 1};
    int[] columns = {column, column + 1, column + 1, column};
    for (int side = 0; side < 4; side++) {
      int next = (side + 1) % 4;
      double a = surface[rows[side] * GRID + columns[side]] - level;
      double b = surface[rows[next] * GRID + columns[next]] - level;
      if (a < 0 != b < 0) {
        double share = a / (a - b);
        double x0 = coordinate(columns[side]);
        double y0 = coordinate(rows[side]);
        ends[2 * n] = x0 + share * (coordinate(columns[next]) - x0);
        ends[2 * n + 1] = y0 + share * (coordinate(rows[next]) - y0);
        n++;
      }
    }
    return n;
  }

  private void dots(Graphics2D g, double x, double y, double radius, FigureSize size) {
    int placed = sensors.count() - sensors.missing();
    double r = Math.max(0.7, Math.min(size.fontSize() * 0.17, radius / Math.sqrt(placed + 8) / 4));
    for (int i = 0; i < sensors.count(); i++) {
      if (!sensors.placed(i)) {
        continue;
      }
      double px = x + sensors.x(i) * radius;
      double py = y - sensors.y(i) * radius;
      if (known(i)) {
        double rim = r * 1.4; // seen on dark colours
        g.setColor(Palette.PAPER);
        g.fill(new Ellipse2D.Double(px - rim, py - rim, 2 * rim, 2 * rim));
        g.setColor(Palette.INK);
        g.fill(new Ellipse2D.Double(px - r, py - r, 2 * r, 2 * r));
      } else {
        // A ring and a cross: there is a sensor, but no value.
        double c = Math.max(2, 1.6 * r);
        Ellipse2D ring = new Ellipse2D.Double(px - c, py - c, 2 * c, 2 * c);
        g.setColor(Palette.PAPER);
        g.fill(ring);
        g.setColor(Palette.INK);
        g.setStroke(Charts.stroke(size, 0.6));
        g.draw(ring);
        double d = c * 0.7;
        g.draw(new Line2D.Double(px - d, py - d, px + d, py + d));
        g.draw(new Line2D.Double(px - d, py + d, px + d, py - d));
      }
    }
  }
}
