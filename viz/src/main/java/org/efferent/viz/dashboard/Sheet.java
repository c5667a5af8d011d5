package org.efferent.viz.dashboard;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.efferent.viz.Pen;

/** What all panels have in common: ground, letters, the line above, a message where nothing is. */
final class Sheet {
  /** Size of letters, units of the graphics; a window enlarges these as a whole. */
  static final float LETTER = 12;

  /** Height of the line above. */
  static final double HEAD = 24;

  private static final double EDGE = 8;

  final Graphics2D g;
  final int width;
  final int height;
  final DashboardTheme theme;

  /** Fills the ground and prepares smooth letters and lines. */
  Sheet(Graphics2D g, int width, int height, DashboardTheme theme) {
    this.g = g;
    this.width = width;
    this.height = height;
    this.theme = theme;
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setColor(theme.ground());
    g.fillRect(0, 0, width, height);
  }

  static Font font(double relative, int style) {
    return new Font(Font.SANS_SERIF, style, 1).deriveFont((float) (LETTER * relative));
  }

  static Font plain() {
    return font(1, Font.PLAIN);
  }

  static Font small() {
    return font(0.88, Font.PLAIN);
  }

  /** The line above: what it is, then more about it as far as there is room. */
  void title(String title, String detail) {
    Font bold = font(1, Font.BOLD);
    g.setFont(bold);
    g.setColor(theme.text());
    String cut = Pen.cut(bold, title, width - 2 * EDGE);
    Pen.left(g, cut, EDGE, 16);
    double at = EDGE + Pen.width(bold, cut) + 10;
    if (width - EDGE - at > 30 && !detail.isEmpty()) {
      g.setFont(small());
      g.setColor(theme.soft());
      Pen.left(g, Pen.cut(small(), detail, width - EDGE - at), at, 16);
    }
  }

  /** In the middle of a panel that has nothing to show. */
  void message(String text) {
    g.setFont(plain());
    g.setColor(theme.soft());
    List<String> lines = Pen.wrap(plain(), text, width - 4 * EDGE, 4);
    double y = height / 2.0 - (lines.size() - 1) * LETTER * 0.65 + 4;
    for (String line : lines) {
      Pen.centre(g, line, width / 2.0, y);
      y += LETTER * 1.3;
    }
  }

  /** A banner over the panel's lower edge for what must not be overlooked. */
  void alert(String text) {
    Font bold = font(1, Font.BOLD);
    String cut = Pen.cut(bold, text, width - 4 * EDGE);
    double w = Pen.width(bold, cut) + 2 * EDGE;
    Rectangle2D box = new Rectangle2D.Double((width - w) / 2, HEAD + 6, w, 20);
    g.setColor(theme.alert());
    g.fill(box);
    g.setFont(bold);
    g.setColor(theme.alertText());
    Pen.centre(g, cut, width / 2.0, HEAD + 20);
  }

  void line(Color color, double strength, double x0, double y0, double x1, double y1) {
    g.setColor(color);
    g.setStroke(new BasicStroke((float) strength, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(x0, y0, x1, y1));
  }

  static BasicStroke dashed(double strength) {
    return new BasicStroke(
        (float) strength,
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND,
        10f,
        new float[] {4f, 3f},
        0f);
  }

  static BasicStroke solid(double strength) {
    return new BasicStroke((float) strength, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }
}
