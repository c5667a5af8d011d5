package org.efferent.viz;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** What the colours mean: a bar beside a map, high values up, with numbers and a unit. */
final class ColorBar {
  private static final int STEPS = 256;
  private static final double BAR = 1.1;
  private static final double TICK = 0.35;
  private static final double GAP = 0.3;

  private final ColorScale scale;
  private final String unit;
  private final FigureSize size;
  private final double mark;

  /**
   * A bar.
   *
   * @param unit what and in which unit
   * @param mark a value to be dashed across the bar; NaN for none
   */
  ColorBar(ColorScale scale, String unit, double mark, FigureSize size) {
    this.scale = scale;
    this.unit = unit;
    this.mark = mark;
    this.size = size;
  }

  /** Pixels from the bar's left edge to the right edge of the unit. */
  double width(double height) {
    double f = size.fontSize();
    return f * (BAR + TICK + GAP) + numbers(height) + (unit.isEmpty() ? 0 : f * (2 * GAP + 1.15));
  }

  void paint(Graphics2D g, double x, double y, double height) {
    double f = size.fontSize();
    BufferedImage colors = new BufferedImage(1, STEPS, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < STEPS; i++) {
      double share = 1 - (i + 0.5) / STEPS;
      colors.setRGB(0, i, scale.rgb(scale.least() + share * (scale.most() - scale.least())));
    }
    Pixels.draw(g, Pixels.enlarged(colors, 4, (int) Math.ceil(height * 2)), x, y, f * BAR, height);
    g.setColor(Palette.GREY);
    g.setStroke(Charts.stroke(size, 0.6));
    g.draw(new Rectangle2D.Double(x, y, f * BAR, height));
    Font font = numberFont();
    g.setFont(font);
    Ticks ticks = ticks(height);
    for (double value : ticks.values()) {
      double at = place(value, y, height);
      g.setColor(Palette.GREY);
      g.draw(new Line2D.Double(x + f * BAR, at, x + f * (BAR + TICK), at));
      g.setColor(Palette.INK);
      Pen.left(g, ticks.text(value), x + f * (BAR + TICK + GAP), at + f * 0.33);
    }
    if (mark > scale.least() && mark < scale.most()) {
      double at = place(mark, y, height);
      g.setColor(contrasting(scale.at(mark)));
      g.setStroke(Charts.dashed(size));
      g.draw(new Line2D.Double(x, at, x + f * BAR, at));
    }
    g.setFont(Charts.font(size));
    g.setColor(Palette.INK);
    String words = Pen.cut(g.getFont(), unit, height + 2 * f);
    Pen.upwards(g, words, x + f * (BAR + TICK + 3 * GAP + 0.85) + numbers(height), y + height / 2);
  }

  static Color contrasting(Color ground) {
    return Palette.contrast(ground, Palette.INK) >= Palette.contrast(ground, Palette.PAPER)
        ? Palette.INK
        : Palette.PAPER;
  }

  private double place(double value, double y, double height) {
    return y + height * (1 - (value - scale.least()) / (scale.most() - scale.least()));
  }

  private double numbers(double height) {
    Ticks ticks = ticks(height);
    return ticks.values().stream()
        .mapToDouble(v -> Pen.width(numberFont(), ticks.text(v)))
        .max()
        .orElse(0);
  }

  private Ticks ticks(double height) {
    int most = (int) Math.max(2, Math.min(8, height / (size.fontSize() * 2)));
    return new Ticks(scale.least(), scale.most(), most);
  }

  private Font numberFont() {
    return Charts.font(size).deriveFont(size.fontSize() * 0.92f);
  }
}
