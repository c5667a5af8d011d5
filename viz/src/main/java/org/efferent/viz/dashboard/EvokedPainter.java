package org.efferent.viz.dashboard;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import org.efferent.viz.Pen;

/** Draws the averages of one channel: a line a label, told apart by colour and by dashes. */
public final class EvokedPainter implements PanelPainter<EvokedSnapshot> {
  private static final float[][] DASHES = {null, {7, 3}, {2, 2}, {9, 3, 2, 3}, {4, 2}, {12, 4}};

  /** A painter. */
  public EvokedPainter() {}

  @Override
  public void paint(Graphics2D g, int width, int height, EvokedSnapshot s, DashboardTheme theme) {
    Sheet sheet = new Sheet(g, width, height, theme);
    String channel = s.channels().get(s.selected());
    sheet.title("After markers: " + channel, detail(s));
    if (s.averages().isEmpty()) {
      sheet.message(
          s.samples() == 0
              ? "a stream without a nominal rate has no averages"
              : "waiting for the first marker with a whole window");
      return;
    }
    double least = 0;
    double most = 0;
    for (int a = 0; a < s.averages().size(); a++) {
      for (int i = 0; i < s.samples(); i++) {
        double value = s.value(a, s.selected(), i);
        least = value < least ? value : least; // not Math.min, which would keep a NaN
        most = value > most ? value : most;
      }
    }
    double room = most > least ? (most - least) * 0.05 : 1;
    double end = s.beginSeconds() + (s.samples() - 1) * s.stepSeconds();
    double legend = Math.min(170, width * 0.35);
    Axes axes = new Axes(sheet, legend, s.beginSeconds(), end, least - room, most + room);
    String unit = Units.shortened(s.unit());
    axes.draw(
        "time after the marker (s)", "mean" + (unit.isEmpty() ? "" : " (" + unit + ")"), true);
    sheet.line(theme.edge(), 1.4, axes.px(0), axes.y, axes.px(0), axes.y + axes.height);
    for (int a = 0; a < s.averages().size(); a++) {
      if (Double.isNaN(s.value(a, s.selected(), 0))) {
        continue;
      }
      Path2D path = new Path2D.Double();
      for (int i = 0; i < s.samples(); i++) {
        double x = axes.px(s.beginSeconds() + i * s.stepSeconds());
        double y = axes.py(s.value(a, s.selected(), i));
        if (i == 0) {
          path.moveTo(x, y);
        } else {
          path.lineTo(x, y);
        }
      }
      g.setColor(theme.series(a));
      g.setStroke(stroke(a));
      g.draw(path);
    }
    legend(sheet, axes, s, legend);
  }

  private static String detail(EvokedSnapshot s) {
    long windows = s.averages().stream().mapToLong(EvokedSnapshot.Average::count).sum();
    StringBuilder words = new StringBuilder();
    words.append(windows).append(windows == 1 ? " window" : " windows");
    if (s.others() > 0) {
      words.append(", ").append(s.others()).append(" markers of rarer labels");
    }
    if (s.skipped() > 0) {
      words.append(", ").append(s.skipped()).append(" without a whole window");
    }
    return words.toString();
  }

  private static BasicStroke stroke(int a) {
    float[] dash = DASHES[a % DASHES.length];
    return dash == null
        ? Sheet.solid(2)
        : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0f);
  }

  private static void legend(Sheet sheet, Axes axes, EvokedSnapshot s, double room) {
    double x = axes.x + axes.width + 10;
    double y = axes.y + 12;
    sheet.g.setFont(Sheet.small());
    for (int a = 0; a < s.averages().size() && y < sheet.height - 4; a++) {
      EvokedSnapshot.Average average = s.averages().get(a);
      sheet.g.setColor(sheet.theme.series(a));
      sheet.g.setStroke(stroke(a));
      sheet.g.draw(new Line2D.Double(x, y - 4, x + 24, y - 4));
      sheet.g.setColor(sheet.theme.text());
      String count = " (" + average.count() + ")";
      double left = room - 32 - Pen.width(Sheet.small(), count);
      Pen.left(sheet.g, Pen.cut(Sheet.small(), average.label(), left) + count, x + 30, y);
      y += 16;
    }
  }
}
