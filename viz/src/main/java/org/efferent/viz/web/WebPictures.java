package org.efferent.viz.web;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Pictures by number, for the page to fetch: the last {@value #KEPT}. Any thread may ask. */
final class WebPictures {
  private static final int KEPT = 64;
  private static final int LARGEST = 512;

  private final Map<Long, BufferedImage> pictures = new LinkedHashMap<>();
  private final IdentityHashMap<BufferedImage, Long> numbers = new IdentityHashMap<>();
  private long next = 1;

  /** The number of a picture, the same for the same object while it is kept. */
  synchronized long number(BufferedImage image) {
    Long known = numbers.get(image);
    if (known != null) {
      return known;
    }
    if (pictures.size() == KEPT) {
      long oldest = pictures.keySet().iterator().next();
      numbers.remove(pictures.remove(oldest));
    }
    pictures.put(next, image);
    numbers.put(image, next);
    return next++;
  }

  /** A picture as PNG, at most {@value #LARGEST} pixels wide and high; empty if it is gone. */
  Optional<byte[]> png(long number) {
    BufferedImage image;
    synchronized (this) {
      image = pictures.get(number);
    }
    if (image == null) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(small(image), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return Optional.of(out.toByteArray());
  }

  private static BufferedImage small(BufferedImage image) {
    double scale = Math.min(1, (double) LARGEST / Math.max(image.getWidth(), image.getHeight()));
    int width = (int) Math.max(1, Math.rint(scale * image.getWidth()));
    int height = (int) Math.max(1, Math.rint(scale * image.getHeight()));
    BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = out.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(image, 0, 0, width, height, null);
    g.dispose();
    return out;
  }
}
