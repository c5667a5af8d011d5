package org.efferent.viz.dashboard;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * Pixels of scrolling signals, written column by column with soft ends: a hundred thousand columns
 * take a millisecond or two, where as many lines drawn with smooth edges take a hundred. Used by
 * one thread.
 */
final class TraceRaster {
  private BufferedImage image;
  private int[] pixels;
  private int width;
  private int height;

  /** Takes a size and fills it. */
  void begin(int pixelsX, int pixelsY, Color ground) {
    if (image == null || pixelsX != width || pixelsY != height) {
      width = pixelsX;
      height = pixelsY;
      image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }
    java.util.Arrays.fill(pixels, ground.getRGB());
  }

  /** A column of one colour from top to bottom. */
  void vertical(int x, Color color, boolean dashed) {
    for (int y = 0; y < height && x >= 0 && x < width; y++) {
      if (!dashed || y % 7 < 4) {
        pixels[y * width + x] = color.getRGB();
      }
    }
  }

  /** A row of one colour from left to right. */
  void horizontal(int y, Color color) {
    if (y >= 0 && y < height) {
      java.util.Arrays.fill(pixels, y * width, (y + 1) * width, color.getRGB());
    }
  }

  /**
   * Draws one signal.
   *
   * @param s the signals
   * @param signal which
   * @param middle of its row, pixels
   * @param half height of half a row, pixels
   * @param thick least thickness, pixels
   * @param limit how far from the middle it may reach, pixels
   */
  void trace(
      SignalSnapshot s,
      int signal,
      double middle,
      double half,
      double thick,
      double limit,
      Color color) {
    SignalSnapshot.Signal of = s.signals().get(signal);
    double perUnit = half / of.halfRange();
    int n = s.columns();
    int window = SignalModel.COLUMNS;
    int rgb = color.getRGB();
    int before = -1; // last pixel column with a value
    double top = 0;
    double bottom = 0;
    for (int x = 0; x < width; x++) {
      // The newest column is at the right edge, also where the window is not full.
      int from = (int) ((long) x * window / width) - (window - n);
      int to = Math.max(from + 1, (int) ((long) (x + 1) * window / width) - (window - n));
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int c = Math.max(0, from); c < Math.min(n, to); c++) {
        float low = s.low(signal, c);
        if (s.gap(c) || (s.filled(c) && Float.isNaN(low))) {
          before = -1;
        }
        if (!Float.isNaN(low)) {
          least = Math.min(least, low);
          most = Math.max(most, s.high(signal, c));
        }
      }
      if (least > most) {
        continue;
      }
      double y0 = middle - clip((most - of.centre()) * perUnit, limit);
      double y1 = middle - clip((least - of.centre()) * perUnit, limit);
      double ownTop = y0;
      double ownBottom = y1;
      if (before >= 0) {
        bridge(before, (top + bottom) / 2, x, (y0 + y1) / 2, thick, rgb);
        y0 = y0 > bottom ? bottom : y0; // touches the column before
        y1 = y1 < top ? top : y1;
      }
      column(x, y0, y1, thick, rgb);
      before = x;
      top = ownTop;
      bottom = ownBottom;
    }
  }

  private static double clip(double v, double limit) {
    return Math.max(-limit, Math.min(limit, v));
  }

  /** A straight line over the pixel columns between two values of a slow stream. */
  private void bridge(int x0, double y0, int x1, double y1, double thick, int rgb) {
    for (int x = x0 + 1; x < x1; x++) {
      double a = y0 + (y1 - y0) * (x - 0.5 - x0) / (x1 - x0);
      double b = y0 + (y1 - y0) * (x + 0.5 - x0) / (x1 - x0);
      column(x, Math.min(a, b), Math.max(a, b), thick, rgb);
    }
  }

  private void column(int x, double from, double to, double thick, int rgb) {
    double extra = Math.max(0, thick - (to - from)) / 2;
    double y0 = Math.max(0, from - extra);
    double y1 = Math.min(height, to + extra);
    int last = (int) Math.ceil(y1) - 1;
    for (int y = (int) y0; y <= last && y < height; y++) {
      double cover = Math.min(y + 1, y1) - Math.max(y, y0);
      int i = y * width + x;
      pixels[i] = cover >= 0.999 ? rgb : mix(pixels[i], rgb, cover);
    }
  }

  private static int mix(int ground, int rgb, double cover) {
    int share = (int) (cover * 256);
    int rb = ((rgb & 0xFF00FF) * share + (ground & 0xFF00FF) * (256 - share)) >>> 8 & 0xFF00FF;
    int green = ((rgb & 0xFF00) * share + (ground & 0xFF00) * (256 - share)) >>> 8 & 0xFF00;
    return rb | green;
  }

  /** Copies it to a place, pixel for pixel. */
  void draw(Graphics2D g, double x, double y, double scale) {
    AffineTransform to = AffineTransform.getTranslateInstance(x, y);
    to.scale(1 / scale, 1 / scale);
    g.drawImage(image, to, null);
  }
}
