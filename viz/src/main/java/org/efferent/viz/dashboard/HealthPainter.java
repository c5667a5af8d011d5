package org.efferent.viz.dashboard;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.efferent.viz.Pen;

/** Draws latency, loss and rate: a table of percentiles, the counters, and the last minute. */
public final class HealthPainter implements PanelPainter<HealthView> {
  private static final double LINE = 17;

  /** A painter. */
  public HealthPainter() {}

  @Override
  public void paint(Graphics2D g, int width, int height, HealthView s, DashboardTheme theme) {
    Sheet sheet = new Sheet(g, width, height, theme);
    sheet.title("Latency and loss: " + s.stream(), s.stale() ? "STALE" : "");
    double y = Sheet.HEAD + 16;
    y = counters(sheet, s, y);
    y = table(sheet, s, y + 6);
    if (height - y > 80) {
      past(sheet, s, y + 8);
    }
    if (s.stale()) {
      sheet.alert("STALE: no sample comes in");
    }
  }

  private static double counters(Sheet sheet, HealthView s, double top) {
    String nominal =
        s.nominalRateHz() > 0 ? " of " + Units.number(s.nominalRateHz()) + " Hz" : " Hz";
    String rate = Double.isNaN(s.rateHz()) ? "measuring" : Units.number(s.rateHz()) + nominal;
    String[][] words = {
      {"rate", rate},
      {"samples", String.format(Locale.ROOT, "%,d", s.rows())},
      {"lost", s.lost() + lapped(s)},
      {"silences", Long.toString(s.silences())},
      {"late windows", Long.toString(s.deadlineMisses())},
      {
        "frames a second",
        Double.isNaN(s.framesPerSecond()) ? "unknown" : Units.number(Math.rint(s.framesPerSecond()))
      },
    };
    int columns = sheet.width > 420 ? 3 : 2;
    double step = (sheet.width - 16.0) / columns;
    for (int i = 0; i < words.length; i++) {
      double x = 8 + i % columns * step;
      int row = i / columns;
      double y = top + row * LINE;
      sheet.g.setFont(Sheet.small());
      sheet.g.setColor(sheet.theme.soft());
      Pen.left(sheet.g, words[i][0], x, y);
      double w = Pen.width(Sheet.small(), words[i][0]) + 6;
      Font bold = Sheet.font(0.95, Font.BOLD);
      sheet.g.setFont(bold);
      sheet.g.setColor(sheet.theme.text());
      Pen.left(sheet.g, Pen.cut(bold, words[i][1], step - w - 4), x + w, y);
    }
    int rows = (words.length + columns - 1) / columns;
    return top + rows * LINE;
  }

  private static String lapped(HealthView s) {
    return s.laps() > 0 ? " (" + s.laps() + " times lapped)" : "";
  }

  private static double table(Sheet sheet, HealthView s, double top) {
    if (s.latencies().isEmpty()) {
      return top;
    }
    String[] heads = {"p50", "p95", "p99", "max"};
    double name = Math.min(130, sheet.width * 0.32);
    double step = (sheet.width - 16 - name) / heads.length;
    sheet.g.setFont(Sheet.small());
    sheet.g.setColor(sheet.theme.soft());
    Pen.left(sheet.g, "latency", 8, top);
    for (int i = 0; i < heads.length; i++) {
      Pen.right(sheet.g, heads[i], 8 + name + (i + 1) * step, top);
    }
    sheet.line(sheet.theme.edge(), 1, 8, top + 4, sheet.width - 8, top + 4);
    double y = top + LINE;
    for (HealthView.Latency l : s.latencies()) {
      double[] values = {l.p50(), l.p95(), l.p99(), l.max()};
      sheet.g.setFont(Sheet.small());
      sheet.g.setColor(sheet.theme.text());
      Pen.left(sheet.g, Pen.cut(Sheet.small(), l.name(), name), 8, y);
      for (int i = 0; i < values.length; i++) {
        Pen.right(sheet.g, Units.micros(values[i]), 8 + name + (i + 1) * step, y);
      }
      y += LINE;
    }
    return y - LINE + 6;
  }

  /** Rows a second over the last minute; a mark where rows were lost. */
  private static void past(Sheet sheet, HealthView s, double top) {
    List<HealthView.Second> seconds = s.seconds();
    double left = 56;
    double width = sheet.width - left - 12;
    double height = Math.min(150, sheet.height - top - 34);
    double most = s.nominalRateHz();
    for (HealthView.Second second : seconds) {
      most = Math.max(most, second.rows());
    }
    most = SignalScale.round(Math.max(1, most));
    sheet.g.setColor(sheet.theme.edge());
    sheet.g.setStroke(Sheet.solid(1));
    sheet.g.draw(new Rectangle2D.Double(left, top, width, height));
    sheet.g.setFont(Sheet.small());
    sheet.g.setColor(sheet.theme.text());
    Pen.right(sheet.g, Units.number(most), left - 5, top + 9);
    Pen.right(sheet.g, "0", left - 5, top + height);
    Pen.upwards(sheet.g, "samples/s", 14, top + height / 2);
    Pen.left(sheet.g, "\u2212" + HealthModel.SECONDS, left, top + height + 13);
    Pen.right(sheet.g, "0", left + width, top + height + 13);
    Pen.centre(sheet.g, "time before now (s)", left + width / 2, top + height + 25);
    Path2D path = new Path2D.Double();
    int n = seconds.size();
    for (int i = 0; i < n; i++) {
      double x = left + width * (1 - (double) (n - 1 - i) / (HealthModel.SECONDS - 1));
      double y = top + height * (1 - Math.min(1, seconds.get(i).rows() / most));
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
      if (seconds.get(i).lost() > 0) {
        sheet.g.setColor(sheet.theme.series(1));
        sheet.g.fill(new Rectangle2D.Double(x - 2, top, 4, height));
        Pen.centre(sheet.g, "lost", x, top - 2);
      }
    }
    sheet.g.setColor(sheet.theme.series(0));
    sheet.g.setStroke(Sheet.solid(2));
    sheet.g.draw(path);
  }
}
