package org.efferent.viz.dashboard;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.efferent.viz.ColorScale;
import org.efferent.viz.HeadSurface;
import org.efferent.viz.Pen;
import org.efferent.viz.Pixels;
import org.efferent.viz.dashboard.QualitySnapshot.Channel;
import org.efferent.viz.dashboard.QualitySnapshot.State;

/**
 * Draws the quality of channels: a head with amplitudes where positions are known, a sign and the
 * name at each channel that is not good; bars for channels without a position. Keeps the head's
 * colours as long as the snapshot is the same; used by one thread.
 */
public final class QualityPainter implements PanelPainter<QualitySnapshot> {
  private static final int GRID = 72;
  private static final double BAR_ROW = 15;
  private static final double SIDE = 64;

  private QualitySnapshot drawn;
  private BufferedImage surface;
  private ColorScale scale;

  /** A painter. */
  public QualityPainter() {}

  @Override
  public void paint(Graphics2D g, int width, int height, QualitySnapshot s, DashboardTheme theme) {
    Sheet sheet = new Sheet(g, width, height, theme);
    sheet.title("Channel quality", words(s));
    if (s.channels().isEmpty()) {
      sheet.message("waiting for the first second");
      return;
    }
    List<Channel> placed = s.channels().stream().filter(Channel::placed).toList();
    List<Channel> others = s.channels().stream().filter(c -> !c.placed()).toList();
    boolean map = placed.size() >= 3;
    List<Channel> bars = map ? others : s.channels();
    double room = height - Sheet.HEAD;
    double mapWidth = !map ? 0 : bars.isEmpty() ? width : Math.min(width * 0.62, room * 1.3);
    if (map) {
      surface(s, placed);
      head(sheet, placed, s.unit(), mapWidth);
    }
    if (!bars.isEmpty()) {
      bars(sheet, bars, s.unit(), mapWidth);
    }
  }

  private static String words(QualitySnapshot s) {
    StringBuilder words = new StringBuilder();
    words.append(s.count(State.GOOD)).append(" of ").append(s.channels().size()).append(" good");
    for (State state : State.values()) {
      if (state != State.GOOD && s.count(state) > 0) {
        words.append(", ").append(s.count(state)).append(' ').append(state.word());
        words.append(" (").append(state.sign()).append(')');
      }
    }
    return s.channels().isEmpty() ? "" : words.append(", of the last second").toString();
  }

  @SuppressWarnings("ReferenceEquality") // whether it is another snapshot, whatever it says
  private void surface(QualitySnapshot s, List<Channel> placed) {
    if (s == drawn) {
      return;
    }
    drawn = s;
    List<Channel> known =
        placed.stream()
            .filter(c -> Double.isFinite(c.amplitude()) && c.state() != State.MISSING)
            .toList();
    surface = null;
    // Channels that are not good may be clipped, so that they do not hide the others.
    double[] sizes =
        known.stream()
            .filter(c -> c.state() == State.GOOD)
            .mapToDouble(Channel::amplitude)
            .toArray();
    double most = Arrays.stream(sizes.length > 0 ? sizes : new double[] {1}).max().orElse(1);
    scale = ColorScale.sequential(0, SignalScale.round(most));
    if (known.isEmpty()) {
      return;
    }
    HeadSurface between =
        new HeadSurface(
            known.stream().mapToDouble(Channel::x).toArray(),
            known.stream().mapToDouble(Channel::y).toArray(),
            known.stream().mapToDouble(Channel::amplitude).toArray());
    double reach = reach(placed);
    surface = new BufferedImage(GRID, GRID, BufferedImage.TYPE_INT_RGB);
    for (int j = 0; j < GRID; j++) {
      for (int i = 0; i < GRID; i++) {
        double x = reach * (2 * (i + 0.5) / GRID - 1);
        double y = reach * (1 - 2 * (j + 0.5) / GRID);
        surface.setRGB(i, j, scale.at(between.at(x, y)).getRGB());
      }
    }
  }

  private static double reach(List<Channel> placed) {
    return Math.max(
        1.04, placed.stream().mapToDouble(c -> Math.hypot(c.x(), c.y()) + 0.06).max().orElse(1));
  }

  private void head(Sheet sheet, List<Channel> placed, String unit, double width) {
    double reach = reach(placed);
    double top = Sheet.HEAD + 6;
    double room = sheet.height - top - 10;
    double radius =
        Math.max(10, Math.min((width - SIDE - 40) / (2 * reach + 0.3), room / (2 * reach + 0.2)));
    double cx = (width - SIDE) / 2;
    double cy = top + radius * 0.18 + radius * reach;
    Graphics2D g = sheet.g;
    if (surface != null) {
      double half = reach * radius;
      Shape clip = g.getClip();
      g.clip(new Ellipse2D.Double(cx - half, cy - half, 2 * half, 2 * half));
      Pixels.draw(g, surface, cx - half, cy - half, 2 * half, 2 * half);
      g.setClip(clip);
      g.setColor(sheet.theme.ground()); // the clip has steps
      g.setStroke(Sheet.solid(2.5));
      g.draw(new Ellipse2D.Double(cx - half, cy - half, 2 * half, 2 * half));
    }
    outline(sheet, cx, cy, radius, reach);
    double dot = Math.max(2, Math.min(5, radius / Math.sqrt(placed.size()) / 4));
    List<Rectangle2D> taken = new ArrayList<>();
    for (Channel c : placed) {
      taken.add(sensor(sheet, c, cx + c.x() * radius, cy - c.y() * radius, dot));
    }
    List<Channel> worstFirst = new ArrayList<>(placed);
    worstFirst.sort(Comparator.comparing(Channel::state));
    for (Channel c : worstFirst) {
      double below = c.state() == State.GOOD ? dot + 11 : 18;
      tag(sheet, c, cx + c.x() * radius, cy - c.y() * radius + below, taken);
    }
    if (width > SIDE + 80) {
      colours(
          sheet,
          unit,
          width - SIDE + 6,
          top + 10,
          Math.max(30, Math.min(room - 30, 2 * radius * reach)));
    }
  }

  private static void outline(Sheet sheet, double x, double y, double r, double reach) {
    Graphics2D g = sheet.g;
    g.setColor(sheet.theme.text());
    g.setStroke(Sheet.solid(1.5));
    g.draw(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r));
    double out = reach * r;
    Path2D nose = new Path2D.Double();
    nose.moveTo(x - 0.12 * r, y - out);
    nose.lineTo(x, y - out - 0.14 * r);
    nose.lineTo(x + 0.12 * r, y - out);
    g.draw(nose);
    for (int side = -1; side <= 1; side += 2) {
      Path2D ear = new Path2D.Double();
      ear.moveTo(x + side * out, y - 0.16 * r);
      ear.curveTo(
          x + side * (out + 0.11 * r),
          y - 0.24 * r,
          x + side * (out + 0.11 * r),
          y + 0.22 * r,
          x + side * out,
          y + 0.16 * r);
      g.draw(ear);
    }
  }

  /** A dot; where something is wrong a pale disc with a sign. */
  private static Rectangle2D sensor(Sheet sheet, Channel c, double x, double y, double dot) {
    Graphics2D g = sheet.g;
    double r = c.state() == State.GOOD ? dot + 1 : 7;
    Ellipse2D disc = new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
    if (c.state() == State.GOOD) {
      g.setColor(Color.WHITE);
      g.fill(disc);
      g.setColor(Color.BLACK);
      g.fill(new Ellipse2D.Double(x - dot, y - dot, 2 * dot, 2 * dot));
      return disc.getBounds2D();
    }
    g.setColor(sheet.theme.alert());
    g.fill(disc);
    g.setColor(sheet.theme.alertText());
    g.setStroke(Sheet.solid(1));
    g.draw(disc);
    g.setFont(Sheet.font(1, Font.BOLD));
    Pen.centre(g, c.state().sign(), x, y + (c.state() == State.SATURATED ? 6 : 4));
    return disc.getBounds2D();
  }

  /** The channel's name, where it hides nothing. */
  private static void tag(Sheet sheet, Channel c, double x, double base, List<Rectangle2D> taken) {
    Font font = Sheet.font(0.8, Font.PLAIN);
    double w = Pen.width(font, c.label());
    Rectangle2D box = new Rectangle2D.Double(x - w / 2 - 2, base - 9, w + 4, 11);
    if (taken.stream().anyMatch(box::intersects)) {
      return;
    }
    taken.add(box);
    boolean good = c.state() == State.GOOD;
    sheet.g.setColor(good ? sheet.theme.ground() : sheet.theme.alert());
    sheet.g.fill(box);
    sheet.g.setFont(font);
    sheet.g.setColor(good ? sheet.theme.text() : sheet.theme.alertText());
    Pen.centre(sheet.g, c.label(), x, base);
  }

  private void colours(Sheet sheet, String unit, double x, double y, double height) {
    int steps = 32;
    for (int i = 0; i < steps; i++) {
      double share = 1 - (i + 0.5) / steps;
      sheet.g.setColor(scale.at(scale.low() + share * (scale.high() - scale.low())));
      sheet.g.fill(new Rectangle2D.Double(x, y + i * height / steps, 10, height / steps + 0.5));
    }
    sheet.g.setColor(sheet.theme.edge());
    sheet.g.draw(new Rectangle2D.Double(x, y, 10, height));
    sheet.g.setFont(Sheet.small());
    sheet.g.setColor(sheet.theme.text());
    Pen.left(sheet.g, Units.number(scale.high()), x + 14, y + 9);
    Pen.left(sheet.g, Units.number(scale.low()), x + 14, y + height);
    String words = "amplitude" + (unit.isEmpty() ? "" : " (" + Units.shortened(unit) + ")");
    Pen.upwards(sheet.g, Pen.cut(Sheet.small(), words, height), x + 28, y + height / 2);
  }

  /** A bar of amplitude a channel, with the state in words, in as many columns as are needed. */
  private static void bars(Sheet sheet, List<Channel> bars, String unit, double left) {
    double top = Sheet.HEAD + 20;
    int rows = (int) Math.max(1, (sheet.height - top - 6) / BAR_ROW);
    int most = (int) Math.max(1, (sheet.width - left) / 150);
    int columns = Math.max(1, Math.min(most, (bars.size() + rows - 1) / rows));
    double width = (sheet.width - left - 8) / columns;
    double[] sorted =
        bars.stream().mapToDouble(Channel::amplitude).filter(Double::isFinite).sorted().toArray();
    double largest = sorted.length == 0 ? 1 : SignalScale.round(sorted[sorted.length - 1]);
    sheet.g.setFont(Sheet.small());
    sheet.g.setColor(sheet.theme.soft());
    String words =
        "robust amplitude, bars to " + Units.number(largest) + Units.after(unit) + "; line share";
    Pen.left(sheet.g, Pen.cut(Sheet.small(), words, sheet.width - left - 16), left + 8, top - 6);
    int shown = Math.min(bars.size(), rows * columns);
    double names =
        bars.stream().mapToDouble(c -> Pen.width(Sheet.small(), c.label())).max().orElse(20);
    names = Math.min(names, width * 0.35);
    for (int i = 0; i < shown; i++) {
      int column = i / rows;
      double x = left + 8 + column * width;
      double y = top + (i % rows) * BAR_ROW;
      if (i == shown - 1 && shown < bars.size()) {
        sheet.g.setColor(sheet.theme.text());
        Pen.left(sheet.g, "and " + (bars.size() - shown + 1) + " more", x, y + 11);
        return;
      }
      bar(sheet, bars.get(i), largest, x, y, names, width - 8);
    }
  }

  private static void bar(
      Sheet sheet, Channel c, double largest, double x, double y, double names, double width) {
    Font small = Sheet.small();
    sheet.g.setFont(small);
    sheet.g.setColor(sheet.theme.text());
    Pen.left(sheet.g, Pen.cut(small, c.label(), names), x, y + 11);
    double words = 76;
    double room = Math.max(10, width - names - 8 - words);
    double length =
        Double.isFinite(c.amplitude()) ? room * Math.min(1, c.amplitude() / largest) : 0;
    sheet.g.setColor(sheet.theme.grid());
    sheet.g.fill(new Rectangle2D.Double(x + names + 6, y + 3, room, BAR_ROW - 6));
    sheet.g.setColor(sheet.theme.series(0));
    sheet.g.fill(new Rectangle2D.Double(x + names + 6, y + 3, length, BAR_ROW - 6));
    double at = x + names + room + 12;
    String text =
        c.state() == State.GOOD || c.state() == State.LINE
            ? Double.isNaN(c.lineShare())
                ? c.state().word()
                : Math.round(100 * c.lineShare()) + " % line"
            : c.state().word();
    if (c.state() != State.GOOD) {
      sheet.g.setColor(sheet.theme.alert());
      sheet.g.fill(new Rectangle2D.Double(at - 2, y + 1, words - 6, BAR_ROW - 2));
    }
    sheet.g.setColor(c.state() == State.GOOD ? sheet.theme.text() : sheet.theme.alertText());
    Pen.left(
        sheet.g, Pen.cut(small, (c.state().sign() + " " + text).strip(), words - 8), at, y + 11);
  }
}
