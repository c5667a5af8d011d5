package org.efferent.generation.metrics;

import java.awt.image.BufferedImage;

/**
 * The values of a picture, {@code [height × width × channels]}, row-major, red, green, blue or one
 * grey value. Their range is the caller's to say; a picture read by {@link #of(BufferedImage)} has
 * 0 to 1.
 */
public final class Pixels {
  private final int width;
  private final int height;
  private final int channels;
  private final double[] values;

  /**
   * Values of a picture.
   *
   * @param width pixels in a row, at least 1
   * @param height rows, at least 1
   * @param channels 1 (grey) or 3 (red, green, blue)
   * @param values {@code [height × width × channels]}, finite; copied
   */
  public Pixels(int width, int height, int channels, double[] values) {
    this(width, height, channels, values.clone(), true);
  }

  private Pixels(int width, int height, int channels, double[] values, boolean check) {
    if (width < 1 || height < 1 || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          "a picture has at least one pixel, of 1 or 3 channels; width=%d, height=%d, channels=%d"
              .formatted(width, height, channels));
    }
    if (values.length != (long) width * height * channels) {
      throw new IllegalArgumentException(
          "a picture has height × width × channels values; height=%d, width=%d, channels=%d,"
                  .formatted(height, width, channels)
              + " values="
              + values.length);
    }
    for (int i = 0; check && i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "values of a picture must be finite; values[%d]=%s".formatted(i, values[i]));
      }
    }
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.values = values;
  }

  /**
   * The colours of an image by the JDK's {@code getRGB}; transparency is left out.
   *
   * @param image any
   * @return three channels, 0 to 1
   */
  public static Pixels of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    double[] values = new double[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int at = 3 * (y * width + x);
        values[at] = ((row[x] >> 16) & 0xFF) / 255.0;
        values[at + 1] = ((row[x] >> 8) & 0xFF) / 255.0;
        values[at + 2] = (row[x] & 0xFF) / 255.0;
      }
    }
    return new Pixels(width, height, 3, values, false);
  }

  /** Pixels in a row. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** 1 (grey) or 3 (red, green, blue). */
  public int channels() {
    return channels;
  }

  /**
   * One value.
   *
   * @param y row, from the top
   * @param x column, from the left
   * @param channel from 0
   * @return the value
   */
  public double get(int y, int x, int channel) {
    return values[(y * width + x) * channels + channel];
  }

  /** The values themselves, not a copy: read only. */
  double[] values() {
    return values;
  }

  /**
   * The grey picture.
   *
   * @param luminance weights of the colours
   * @return one channel; this picture, if it is grey already
   */
  public Pixels grey(Luminance luminance) {
    if (channels == 1) {
      return this;
    }
    double[] grey = new double[width * height];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = luminance.of(values[3 * i], values[3 * i + 1], values[3 * i + 2]);
    }
    return new Pixels(width, height, 1, grey, false);
  }

  /**
   * The picture in another size, bilinear, pixel centres at halves; where it shrinks, the triangle
   * is as wide as the pixels it replaces (what torchvision calls {@code antialias=True} and Pillow
   * does). Proportions are not kept.
   *
   * @param newWidth at least 1
   * @param newHeight at least 1
   * @return the picture; this one, if it has that size
   */
  public Pixels resized(int newWidth, int newHeight) {
    if (newWidth < 1 || newHeight < 1) {
      throw new IllegalArgumentException(
          "a size must be at least 1; width=%d, height=%d".formatted(newWidth, newHeight));
    }
    if (newWidth == width && newHeight == height) {
      return this;
    }
    double[] wide = along(values, height, width, newWidth, channels);
    double[] high = along(wide, 1, height, newHeight, newWidth * channels);
    return new Pixels(newWidth, newHeight, channels, high, false);
  }

  /** {@code [blocks × from × run]} to {@code [blocks × to × run]}. */
  private static double[] along(double[] in, int blocks, int from, int to, int run) {
    double[] out = new double[Math.multiplyExact(Math.multiplyExact(blocks, to), run)];
    double scale = (double) from / to;
    double support = Math.max(1, scale);
    for (int t = 0; t < to; t++) {
      double centre = (t + 0.5) * scale - 0.5;
      int first = Math.max(0, (int) Math.ceil(centre - support));
      int last = Math.min(from - 1, (int) Math.floor(centre + support));
      double total = 0;
      for (int f = first; f <= last; f++) {
        total += triangle((f - centre) / support);
      }
      for (int f = first; f <= last; f++) {
        double weight = triangle((f - centre) / support) / total;
        for (int b = 0; b < blocks; b++) {
          int source = (b * from + f) * run;
          int target = (b * to + t) * run;
          for (int i = 0; i < run; i++) {
            out[target + i] += weight * in[source + i];
          }
        }
      }
    }
    return out;
  }

  private static double triangle(double x) {
    return Math.max(0, 1 - Math.abs(x));
  }
}
