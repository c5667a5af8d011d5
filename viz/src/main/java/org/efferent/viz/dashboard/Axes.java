package org.efferent.viz.dashboard;

import java.awt.Font;
import java.awt.geom.Rectangle2D;
import org.efferent.viz.Pen;
import org.efferent.viz.Ticks;

/** A plot's area within a panel with an axis below and one to the left, both with units. */
final class Axes {
  private static final double TICK = 4;

  private final Sheet sheet;
  final double x;
  final double y;
  final double width;
  final double height;
  private final double lowX;
  private final double highX;
  private final double lowY;
  private final double highY;

  /**
   * Room for the axes is left; nothing is drawn yet.
   *
   * @param sheet the panel
   * @param right room to the right of the area
   * @param ranges low and high x, low and high y
   */
  Axes(Sheet sheet, double right, double... ranges) {
    this.sheet = sheet;
    this.lowX = ranges[0];
    this.highX = ranges[1];
    this.lowY = ranges[2];
    this.highY = ranges[3];
    y = Sheet.HEAD + 4;
    height = Math.max(10, sheet.height - y - 38);
    Ticks ticks = ticksY();
    double letters =
        ticks.values().stream()
            .mapToDouble(v -> Pen.width(Sheet.small(), ticks.text(v)))
            .max()
            .orElse(0);
    x = letters + TICK + 26;
    width = Math.max(10, sheet.width - x - 12 - right);
  }

  private Ticks ticksY() {
    return new Ticks(lowY, highY, (int) Math.max(2, Math.min(8, height / 32)));
  }

  private Ticks ticksX() {
    return new Ticks(lowX, highX, (int) Math.max(2, Math.min(12, width / 55)));
  }

  double px(double value) {
    return x + (value - lowX) / (highX - lowX) * width;
  }

  double py(double value) {
    return y + height - (value - lowY) / (highY - lowY) * height;
  }

  Rectangle2D area() {
    return new Rectangle2D.Double(x, y, width, height);
  }

  /** Lines that guide the eye, numbers, and what they are numbers of. */
  void draw(String labelX, String labelY, boolean grid) {
    Font small = Sheet.small();
    sheet.g.setFont(small);
    Ticks across = ticksX();
    double lastEnd = Double.NEGATIVE_INFINITY;
    for (double value : across.values()) {
      double at = px(value);
      if (grid) {
        sheet.line(sheet.theme.grid(), 1, at, y, at, y + height);
      }
      sheet.line(sheet.theme.edge(), 1, at, y + height, at, y + height + TICK);
      String text = across.text(value);
      double half = Pen.width(small, text) / 2;
      if (at - half > lastEnd + 6 && at + half < sheet.width) {
        sheet.g.setColor(sheet.theme.text());
        Pen.centre(sheet.g, text, at, y + height + TICK + 11);
        lastEnd = at + half;
      }
    }
    Ticks up = ticksY();
    for (double value : up.values()) {
      double at = py(value);
      if (grid) {
        sheet.line(sheet.theme.grid(), 1, x, at, x + width, at);
      }
      sheet.line(sheet.theme.edge(), 1, x - TICK, at, x, at);
      sheet.g.setColor(sheet.theme.text());
      Pen.right(sheet.g, up.text(value), x - TICK - 3, at + 4);
    }
    sheet.g.setColor(sheet.theme.edge());
    sheet.g.setStroke(Sheet.solid(1));
    sheet.g.draw(area());
    sheet.g.setFont(small);
    sheet.g.setColor(sheet.theme.text());
    Pen.centre(
        sheet.g, Pen.cut(small, labelX, sheet.width - 10), x + width / 2, sheet.height - 6.0);
    Pen.upwards(sheet.g, Pen.cut(small, labelY, height + 20), 13, y + height / 2);
  }
}
