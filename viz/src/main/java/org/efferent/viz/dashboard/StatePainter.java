package org.efferent.viz.dashboard;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import org.efferent.viz.Pen;

/** Draws a decoded state: its trail, which fades, a dot, and the ellipse around it. */
public final class StatePainter implements PanelPainter<StateSnapshot> {
  /** A painter. */
  public StatePainter() {}

  @Override
  public void paint(Graphics2D g, int width, int height, StateSnapshot s, DashboardTheme theme) {
    Sheet sheet = new Sheet(g, width, height, theme);
    sheet.title("Decoded state", s.estimates() + " estimates; the ellipse holds it with 95 %");
    int n = s.points();
    if (n == 0) {
      sheet.message("no decoder runs in this session");
      return;
    }
    double[] range = range(s, width, height);
    Axes axes = new Axes(sheet, 0, range);
    axes.draw(s.nameX(), s.nameY(), true);
    Shape clip = g.getClip();
    g.clip(axes.area());
    Color color = theme.series(0);
    for (int i = 1; i < n; i++) {
      int alpha = 40 + 215 * i / n;
      g.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha));
      g.setStroke(Sheet.solid(1.6));
      g.draw(
          new Line2D.Double(
              axes.px(s.x(i - 1)), axes.py(s.y(i - 1)), axes.px(s.x(i)), axes.py(s.y(i))));
    }
    double x = axes.px(s.x(n - 1));
    double y = axes.py(s.y(n - 1));
    ellipse(sheet, axes, s, x, y);
    g.setColor(theme.text());
    g.fill(new Ellipse2D.Double(x - 4, y - 4, 8, 8));
    g.setClip(clip);
    g.setFont(Sheet.small());
    g.setColor(theme.text());
    if (x < axes.x + axes.width - 30) {
      Pen.left(g, "now", x + 8, y - 6);
    }
  }

  private static void ellipse(Sheet sheet, Axes axes, StateSnapshot s, double x, double y) {
    StateSnapshot.Ellipse e = s.ellipse();
    double unitX = axes.px(1) - axes.px(0);
    double unitY = axes.py(0) - axes.py(1);
    AffineTransform to = AffineTransform.getTranslateInstance(x, y);
    to.scale(unitX, -unitY);
    to.rotate(e.angle());
    Shape shape =
        to.createTransformedShape(
            new Ellipse2D.Double(-e.major(), -e.minor(), 2 * e.major(), 2 * e.minor()));
    Color color = sheet.theme.series(1);
    sheet.g.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 50));
    sheet.g.fill(shape);
    sheet.g.setColor(color);
    sheet.g.setStroke(Sheet.dashed(1.6));
    sheet.g.draw(shape);
  }

  /** A unit is as long to the right as upwards; all of the trail and the ellipse are inside. */
  private static double[] range(StateSnapshot s, int width, int height) {
    int n = s.points();
    double reach = s.ellipse().major();
    double lowX = s.x(n - 1) - reach;
    double highX = s.x(n - 1) + reach;
    double lowY = s.y(n - 1) - reach;
    double highY = s.y(n - 1) + reach;
    for (int i = 0; i < n; i++) {
      lowX = Math.min(lowX, s.x(i));
      highX = Math.max(highX, s.x(i));
      lowY = Math.min(lowY, s.y(i));
      highY = Math.max(highY, s.y(i));
    }
    double w = Math.max(20, width - 70.0);
    double h = Math.max(20, height - 66.0);
    double unit = Math.max(1e-9, 1.1 * Math.max((highX - lowX) / w, (highY - lowY) / h));
    double x = (lowX + highX) / 2;
    double y = (lowY + highY) / 2;
    return new double[] {x - unit * w / 2, x + unit * w / 2, y - unit * h / 2, y + unit * h / 2};
  }
}
