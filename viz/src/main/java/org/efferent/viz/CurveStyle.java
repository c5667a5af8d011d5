package org.efferent.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.LegendItem;

/** What tells curves apart: colour, dashes and marks, so that none of them alone has to. */
final class CurveStyle {
  /** As many curves can be told apart. */
  static final int COUNT = 6;

  private static final Color[] COLORS = {
    Palette.BLUE,
    Palette.VERMILLION,
    Palette.GREEN,
    Palette.INK,
    new Color(0xC05090), // a purple and a brown that those without one kind of cones
    new Color(0x692D00) // tell from the others too (ColourVisionTest)
  };
  // In units of the letters' size; none for a full line.
  private static final float[][] DASHES = {
    {}, {0.7f, 0.35f}, {0.18f, 0.32f}, {1.2f, 0.35f}, {0.8f, 0.3f, 0.18f, 0.3f}, {0.4f, 0.25f}
  };

  private CurveStyle() {}

  static Color color(int curve) {
    return COLORS[curve];
  }

  static LegendItem legend(int curve, String name, boolean marked, FigureSize size) {
    double f = size.fontSize();
    return new LegendItem(
        name,
        null,
        null,
        null,
        marked,
        mark(curve, size),
        true,
        color(curve),
        false,
        color(curve),
        stroke(curve, size),
        true,
        new Line2D.Double(-1.3 * f, 0, 1.3 * f, 0),
        stroke(curve, size),
        color(curve));
  }

  /** Lets what lies below shine through. */
  static Color pale(Color color) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), 48);
  }

  static Stroke stroke(int curve, FigureSize size) {
    float f = size.fontSize();
    float[] dashes = DASHES[curve].clone();
    for (int i = 0; i < dashes.length; i++) {
      dashes[i] *= f;
    }
    return dashes.length == 0
        ? Charts.stroke(size, 1.5)
        : new BasicStroke(f * 0.15f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dashes, 0f);
  }

  /** A disc, a square, triangles up and down, a diamond, a cross. */
  static Shape mark(int curve, FigureSize size) {
    double r = size.fontSize() * 0.34;
    return switch (curve) {
      case 0 -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
      case 1 -> new Rectangle2D.Double(-0.9 * r, -0.9 * r, 1.8 * r, 1.8 * r);
      case 2 -> polygon(0, -1.2 * r, 1.1 * r, 0.9 * r, -1.1 * r, 0.9 * r);
      case 3 -> polygon(0, 1.2 * r, 1.1 * r, -0.9 * r, -1.1 * r, -0.9 * r);
      case 4 -> polygon(0, -1.3 * r, 1.3 * r, 0, 0, 1.3 * r, -1.3 * r, 0);
      default -> {
        double a = 0.4 * r;
        double b = 1.2 * r;
        yield polygon(
            -a, -b, a, -b, a, -a, b, -a, b, a, a, a, a, b, -a, b, -a, a, -b, a, -b, -a, -a, -a);
      }
    };
  }

  private static Path2D polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
