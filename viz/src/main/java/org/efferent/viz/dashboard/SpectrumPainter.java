package org.efferent.viz.dashboard;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.Arrays;
import org.efferent.viz.Pen;

/**
 * Draws power by frequency: a line of the channels' median in a band that holds half of them, in a
 * paler one that holds all, and a dashed line of the channel that is chosen.
 */
public final class SpectrumPainter implements PanelPainter<SpectrumSnapshot> {
  private static final double[] SHARES = {0, 0.25, 0.5, 0.75, 1};

  private final double mostHz;

  /**
   * A painter.
   *
   * @param mostHz right end of the axis, hertz, at most half the rate
   */
  public SpectrumPainter(double mostHz) {
    this.mostHz = mostHz;
  }

  @Override
  public void paint(Graphics2D g, int width, int height, SpectrumSnapshot s, DashboardTheme theme) {
    Sheet sheet = new Sheet(g, width, height, theme);
    sheet.title(
        "Spectrum",
        s.segments()
            + (s.segments() == 1 ? " segment" : " segments")
            + " (Welch, Hann); bands: all channels, the middle half");
    if (s.bins() == 0 || s.segments() == 0) {
      sheet.message(
          s.bins() == 0
              ? "a stream without a nominal rate has no spectrum"
              : "waiting for the first two seconds");
      return;
    }
    int last = (int) Math.max(2, Math.min(s.bins() - 1, Math.floor(mostHz / s.binHz())));
    double[] range = range(s, last);
    if (!(range[1] > range[0])) {
      sheet.message("no channel has a finite signal");
      return;
    }
    String unit = Units.shortened(s.unit());
    Axes axes = new Axes(sheet, 0, 0, last * s.binHz(), range[0], range[1]);
    axes.draw(
        "frequency (Hz)", "power (dB re 1 " + (unit.isEmpty() ? "unit" : unit) + "²/Hz)", true);
    Shape clip = g.getClip();
    g.clip(axes.area());
    double[][] order = order(s, last);
    band(sheet, axes, s, order, 0, 4, 80);
    band(sheet, axes, s, order, 1, 3, 140);
    g.setStroke(Sheet.solid(2.4));
    g.setColor(theme.series(0));
    g.draw(path(axes, s.binHz(), order[2]));
    g.setStroke(Sheet.dashed(1.8));
    g.setColor(theme.series(1));
    g.draw(path(axes, s.binHz(), chosen(s, last)));
    g.setClip(clip);
    legend(sheet, axes, s);
  }

  private static double[] range(SpectrumSnapshot s, int last) {
    double[] all = new double[s.labels().size() * last];
    int n = 0;
    for (int c = 0; c < s.labels().size(); c++) {
      for (int k = 1; k <= last; k++) {
        float v = s.decibels(c, k);
        if (Float.isFinite(v)) {
          all[n++] = v;
        }
      }
    }
    Arrays.sort(all, 0, n);
    if (n == 0) {
      return new double[] {0, 0};
    }
    double low = Math.floor(all[(int) (0.005 * n)] / 10) * 10;
    double high = Math.ceil(all[n - 1] / 10) * 10;
    return new double[] {low, high > low ? high : low + 10};
  }

  /** Least, lower quarter, median, upper quarter, largest of the channels, a value a bin from 1. */
  private static double[][] order(SpectrumSnapshot s, int last) {
    double[][] order = new double[SHARES.length][last + 1];
    double[] values = new double[s.labels().size()];
    for (int k = 0; k <= last; k++) {
      int n = 0;
      for (int c = 0; c < values.length && k > 0; c++) {
        float v = s.decibels(c, k);
        if (Float.isFinite(v)) {
          values[n++] = v;
        }
      }
      Arrays.sort(values, 0, n);
      for (int q = 0; q < SHARES.length; q++) {
        order[q][k] = n == 0 ? Double.NaN : quantile(values, n, SHARES[q]);
      }
    }
    return order;
  }

  private static double quantile(double[] sorted, int n, double share) {
    double at = share * (n - 1);
    int i = (int) at;
    return i + 1 == n ? sorted[i] : sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
  }

  private static double[] chosen(SpectrumSnapshot s, int last) {
    double[] values = new double[last + 1];
    values[0] = Double.NaN;
    for (int k = 1; k <= last; k++) {
      values[k] = s.decibels(s.selected(), k);
    }
    return values;
  }

  private static Path2D path(Axes axes, double binHz, double[] values) {
    Path2D path = new Path2D.Double();
    boolean down = false;
    for (int k = 1; k < values.length; k++) {
      down = add(path, axes, k * binHz, values[k], down);
    }
    return path;
  }

  /** Between two of the order; without smooth edges, which would take longest of all. */
  private static void band(
      Sheet sheet, Axes axes, SpectrumSnapshot s, double[][] order, int low, int high, int alpha) {
    Path2D area = new Path2D.Double();
    boolean down = false;
    int last = order[0].length - 1;
    for (int k = 1; k <= last; k++) {
      down = add(area, axes, k * s.binHz(), order[high][k], down);
    }
    for (int k = last; k >= 1 && down; k--) {
      down = add(area, axes, k * s.binHz(), order[low][k], true);
    }
    if (!down) {
      return; // some frequency has no value at all
    }
    area.closePath();
    Color edge = sheet.theme.edge();
    sheet.g.setColor(new Color(edge.getRed(), edge.getGreen(), edge.getBlue(), alpha));
    sheet.g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    sheet.g.fill(area);
    sheet.g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  private static boolean add(Path2D path, Axes axes, double hz, double value, boolean down) {
    if (!Double.isFinite(value)) {
      return false;
    }
    if (down) {
      path.lineTo(axes.px(hz), axes.py(value));
    } else {
      path.moveTo(axes.px(hz), axes.py(value));
    }
    return true;
  }

  private static void legend(Sheet sheet, Axes axes, SpectrumSnapshot s) {
    String chosen = s.labels().get(s.selected());
    String[] words = {"median of channels", chosen + " (chosen)"};
    sheet.g.setFont(Sheet.small());
    double y = axes.y + 13;
    for (int i = 0; i < words.length && axes.width > 170; i++) {
      double w = Pen.width(Sheet.small(), words[i]);
      double x = axes.x + axes.width - 8 - w;
      sheet.g.setColor(sheet.theme.ground());
      sheet.g.fill(new java.awt.geom.Rectangle2D.Double(x - 30, y - 10, w + 34, 14));
      sheet.g.setColor(sheet.theme.series(i));
      sheet.g.setStroke(i == 0 ? Sheet.solid(2.4) : Sheet.dashed(1.8));
      sheet.g.draw(new java.awt.geom.Line2D.Double(x - 26, y - 4, x - 5, y - 4));
      sheet.g.setColor(sheet.theme.text());
      Pen.left(sheet.g, words[i], x, y);
      y += 15;
    }
  }
}
