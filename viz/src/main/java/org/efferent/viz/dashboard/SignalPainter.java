package org.efferent.viz.dashboard;

import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import org.efferent.viz.Pen;
import org.efferent.viz.Ticks;

/**
 * Draws scrolling signals: one row a signal, its name to the left, half a row's size to the right,
 * time below, markers as dashed lines with their labels above. Keeps its pixels from frame to
 * frame; used by one thread.
 */
public final class SignalPainter implements PanelPainter<SignalSnapshot> {
  private static final double TOP = 18;
  private static final double BOTTOM = 36;
  private static final double ROW_OF_LETTERS = 11.5;
  private static final double ROOMY = 22;

  private final TraceRaster raster = new TraceRaster();

  /** A painter. */
  public SignalPainter() {}

  @Override
  public void paint(Graphics2D g, int width, int height, SignalSnapshot s, DashboardTheme theme) {
    Sheet sheet = new Sheet(g, width, height, theme);
    double room = height - Sheet.HEAD - TOP - BOTTOM;
    sheet.title("Signals: " + s.title(), detail(s, roomy(room, s.signals().size())));
    if (s.signals().isEmpty() || s.rows() == 0) {
      sheet.message(s.rows() == 0 ? "waiting for the first sample" : "no signal is chosen");
      return;
    }
    double left = 8;
    double right = 8;
    for (SignalSnapshot.Signal signal : s.signals()) {
      left = Math.max(left, Pen.width(Sheet.small(), signal.label()) + 16);
      right = Math.max(right, Pen.width(Sheet.small(), size(signal)) + 14);
    }
    left = Math.min(left, width * 0.25);
    double plotX = left;
    double plotY = Sheet.HEAD + TOP;
    double plotW = Math.max(20, width - left - right);
    double plotH = Math.max(20, height - plotY - BOTTOM);
    traces(sheet, s, plotX, plotY, plotW, plotH);
    names(sheet, s, plotX, plotY, plotW, plotH);
    time(sheet, s, plotX, plotY, plotW, plotH);
    marks(sheet, s, plotX, plotY, plotW);
  }

  /** Whether a row has room for a signal; if not, signals reach into the rows beside them. */
  private static boolean roomy(double height, int signals) {
    return height / Math.max(1, signals) >= ROOMY;
  }

  private static String detail(SignalSnapshot s, boolean roomy) {
    int shown = s.signals().size();
    String gaps = s.gaps() == 0 ? "" : ", " + s.gaps() + (s.gaps() == 1 ? " gap" : " gaps");
    return "%d of %d signals, %s, \u00b1 is %s row%s"
        .formatted(shown, s.total(), s.montage(), roomy ? "half a" : "one", gaps);
  }

  private static String size(SignalSnapshot.Signal signal) {
    return "\u00b1" + Units.number(signal.halfRange()) + Units.after(signal.unit());
  }

  private void traces(Sheet sheet, SignalSnapshot s, double x, double y, double w, double h) {
    double scale = Math.max(1, Math.abs(sheet.g.getTransform().getScaleX()));
    int pw = (int) Math.ceil(w * scale);
    int ph = (int) Math.ceil(h * scale);
    raster.begin(pw, ph, sheet.theme.ground());
    for (double second : seconds(s, w).values()) {
      int at = (int) Math.round((1 + second / s.windowSeconds()) * pw);
      raster.vertical(Math.min(pw - 1, at), sheet.theme.grid(), false);
    }
    int count = s.signals().size();
    double row = (double) ph / count;
    boolean roomy = roomy(h, count);
    for (int i = 0; i < count && row > 24 * scale; i++) {
      raster.horizontal((int) ((i + 0.5) * row), sheet.theme.grid());
    }
    int missing = SignalModel.COLUMNS - s.columns();
    for (SignalSnapshot.Mark mark : s.marks()) {
      int at = (int) ((mark.column() + missing) / SignalModel.COLUMNS * pw);
      raster.vertical(Math.min(pw - 1, at), sheet.theme.edge(), true);
    }
    for (int i = 0; i < count; i++) {
      double middle = (i + 0.5) * row;
      double limit = Math.max(2 * row, 8 * scale);
      raster.trace(
          s,
          i,
          middle,
          row * (roomy ? 0.46 : 0.92),
          1.1 * scale,
          limit,
          i % 2 == 0 ? sheet.theme.trace() : sheet.theme.series(0));
    }
    raster.draw(sheet.g, x, y, scale);
    sheet.g.setColor(sheet.theme.edge());
    sheet.g.setStroke(Sheet.solid(1));
    sheet.g.draw(new java.awt.geom.Rectangle2D.Double(x, y, w, h));
  }

  private static Ticks seconds(SignalSnapshot s, double width) {
    return new Ticks(-s.windowSeconds(), 0, (int) Math.max(2, Math.min(10, width / 70)));
  }

  private static void names(Sheet sheet, SignalSnapshot s, double x, double y, double w, double h) {
    Font small = Sheet.small();
    sheet.g.setFont(small);
    int count = s.signals().size();
    double row = h / count;
    int every = (int) Math.max(1, Math.ceil(ROW_OF_LETTERS / row));
    for (int i = 0; i < count; i += every) {
      SignalSnapshot.Signal signal = s.signals().get(i);
      double base = y + (i + 0.5) * row + 4;
      sheet.g.setColor(i % 2 == 0 ? sheet.theme.text() : sheet.theme.series(0));
      Pen.right(sheet.g, Pen.cut(small, signal.label(), x - 10), x - 5, base);
      sheet.g.setColor(sheet.theme.soft());
      Pen.left(sheet.g, size(signal), x + w + 5, base);
    }
  }

  private static void time(Sheet sheet, SignalSnapshot s, double x, double y, double w, double h) {
    Ticks ticks = seconds(s, w);
    sheet.g.setFont(Sheet.small());
    for (double second : ticks.values()) {
      double at = x + (1 + second / s.windowSeconds()) * w;
      sheet.line(sheet.theme.edge(), 1, at, y + h, at, y + h + 4);
      sheet.g.setColor(sheet.theme.text());
      Pen.centre(sheet.g, ticks.text(second), at, y + h + 15);
    }
    sheet.g.setColor(sheet.theme.text());
    Pen.centre(sheet.g, "time before the newest sample (s)", x + w / 2, sheet.height - 7.0);
  }

  /** Labels above the plot, the newest first, as far as they do not touch one another. */
  private static void marks(Sheet sheet, SignalSnapshot s, double x, double y, double w) {
    Font small = Sheet.small();
    sheet.g.setFont(small);
    sheet.g.setColor(sheet.theme.text());
    int missing = SignalModel.COLUMNS - s.columns();
    double free = sheet.width;
    List<SignalSnapshot.Mark> marks = s.marks();
    for (int i = marks.size() - 1; i >= 0; i--) {
      double at = x + (marks.get(i).column() + missing) / SignalModel.COLUMNS * w;
      String text = Pen.cut(small, marks.get(i).label(), 110);
      double width = Pen.width(small, text);
      double left = Math.max(x, Math.min(at - width / 2, sheet.width - 4 - width));
      if (left + width < free - 6) {
        Pen.left(sheet.g, text, left, y - 5);
        sheet.line(sheet.theme.edge(), 1, at, y - 3, at, y);
        sheet.g.setColor(sheet.theme.text());
        free = left;
      }
    }
  }
}
