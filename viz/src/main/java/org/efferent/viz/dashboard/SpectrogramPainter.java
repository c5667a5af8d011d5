package org.efferent.viz.dashboard;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.efferent.viz.ColorScale;
import org.efferent.viz.Pen;
import org.efferent.viz.Pixels;
import org.efferent.viz.Ticks;

/** Draws power by time and frequency, light for much, with a bar that says how much. */
public final class SpectrogramPainter implements PanelPainter<SpectrogramSnapshot> {
  private static final double BAR = 74;

  private final double mostHz;

  /**
   * A painter.
   *
   * @param mostHz upper end of the axis, hertz, at most half the rate
   */
  public SpectrogramPainter(double mostHz) {
    this.mostHz = mostHz;
  }

  @Override
  public void paint(
      Graphics2D g, int width, int height, SpectrogramSnapshot s, DashboardTheme theme) {
    Sheet sheet = new Sheet(g, width, height, theme);
    sheet.title("Spectrogram: " + s.label(), "segments of one second (Hann)");
    if (s.columns() == 0) {
      sheet.message(
          s.bins() == 0
              ? "a stream without a nominal rate has no spectrogram"
              : "waiting for the first second");
      return;
    }
    int last = (int) Math.max(2, Math.min(s.bins() - 1, Math.floor(mostHz / s.binHz())));
    ColorScale scale = scale(s, last);
    double seconds = s.capacity() * s.columnSeconds();
    Axes axes = new Axes(sheet, BAR, -seconds, 0, 0, last * s.binHz());
    BufferedImage image = image(s, last, scale);
    double w = axes.width * s.columns() / s.capacity();
    Pixels.draw(g, image, axes.x + axes.width - w, axes.y, w, axes.height);
    axes.draw("time before the newest sample (s)", "frequency (Hz)", false);
    String unit = Units.shortened(s.unit());
    bar(sheet, axes, scale, "dB re 1 " + (unit.isEmpty() ? "unit" : unit) + "²/Hz");
  }

  private static ColorScale scale(SpectrogramSnapshot s, int last) {
    double[] all = new double[s.columns() * last];
    int n = 0;
    for (int c = 0; c < s.columns(); c++) {
      for (int k = 1; k <= last; k++) {
        float v = s.decibels(c, k);
        if (Float.isFinite(v)) {
          all[n++] = v;
        }
      }
    }
    Arrays.sort(all, 0, n);
    if (n == 0) {
      return ColorScale.sequential(0, 10);
    }
    double low = Math.floor(all[(int) (0.02 * n)] / 5) * 5;
    double high = Math.ceil(all[(int) (0.995 * (n - 1))] / 5) * 5;
    return ColorScale.sequential(low, high > low ? high : low + 5);
  }

  private static BufferedImage image(SpectrogramSnapshot s, int last, ColorScale scale) {
    BufferedImage image = new BufferedImage(s.columns(), last, BufferedImage.TYPE_INT_ARGB);
    for (int c = 0; c < s.columns(); c++) {
      for (int k = 1; k <= last; k++) {
        float v = s.decibels(c, k);
        if (Float.isFinite(v)) {
          image.setRGB(c, last - k, scale.at(v).getRGB());
        }
      }
    }
    return image;
  }

  static void bar(Sheet sheet, Axes axes, ColorScale scale, String unit) {
    double x = axes.x + axes.width + 12;
    BufferedImage colors = new BufferedImage(1, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      double share = 1 - (i + 0.5) / 64;
      colors.setRGB(0, i, scale.at(scale.low() + share * (scale.high() - scale.low())).getRGB());
    }
    Pixels.draw(sheet.g, colors, x, axes.y, 12, axes.height);
    sheet.g.setColor(sheet.theme.edge());
    sheet.g.setStroke(Sheet.solid(1));
    sheet.g.draw(new Rectangle2D.Double(x, axes.y, 12, axes.height));
    sheet.g.setFont(Sheet.small());
    Ticks ticks =
        new Ticks(scale.low(), scale.high(), (int) Math.max(2, Math.min(6, axes.height / 30)));
    for (double value : ticks.values()) {
      double at = axes.y + axes.height * (1 - (value - scale.low()) / (scale.high() - scale.low()));
      sheet.line(sheet.theme.edge(), 1, x + 12, at, x + 15, at);
      sheet.g.setColor(sheet.theme.text());
      Pen.left(sheet.g, ticks.text(value), x + 18, at + 4);
    }
    Pen.upwards(
        sheet.g,
        Pen.cut(Sheet.small(), unit, axes.height + 24),
        sheet.width - 8.0,
        axes.y + axes.height / 2);
  }
}
