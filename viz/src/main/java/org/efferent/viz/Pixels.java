package org.efferent.viz;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Pictures made larger or smaller, and painted into a rectangle of any place. */
public final class Pixels {
  private Pixels() {}

  /** Paints the whole picture into a rectangle, smoothly. */
  public static void draw(
      Graphics2D g, BufferedImage image, double x, double y, double width, double height) {
    Object before = g.getRenderingHint(RenderingHints.KEY_INTERPOLATION);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.scale(width / image.getWidth(), height / image.getHeight());
    AffineTransform whole = g.getTransform();
    g.transform(place);
    g.drawImage(image, 0, 0, null);
    g.setTransform(whole);
    if (before != null) {
      g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, before);
    }
  }

  /** Every pixel as a block, without smoothing: no viewer blurs its edges then. */
  static BufferedImage enlarged(BufferedImage image, int width, int height) {
    BufferedImage large = new BufferedImage(width, height, image.getType());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = (int) ((long) x * image.getWidth() / width);
        int row = (int) ((long) y * image.getHeight() / height);
        large.setRGB(x, y, image.getRGB(column, row));
      }
    }
    return large;
  }

  /**
   * Another size, smooth: halved until it is less than twice too large, so that every pixel counts.
   */
  public static BufferedImage resized(BufferedImage image, int width, int height) {
    BufferedImage now = image;
    while (now.getWidth() > 2 * width || now.getHeight() > 2 * height) {
      now =
          step(
              now,
              now.getWidth() > 2 * width ? (now.getWidth() + 1) / 2 : now.getWidth(),
              now.getHeight() > 2 * height ? (now.getHeight() + 1) / 2 : now.getHeight());
    }
    return step(now, width, height);
  }

  private static BufferedImage step(BufferedImage image, int width, int height) {
    BufferedImage next = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = next.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(image, 0, 0, width, height, null);
    g.dispose();
    return next;
  }

  /** How many device pixels a unit of length has, at least two: SVG is looked at enlarged. */
  static double density(Graphics2D g) {
    return Math.max(2, Math.min(8, Math.abs(g.getTransform().getScaleX())));
  }
}
