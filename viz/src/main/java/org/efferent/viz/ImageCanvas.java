package org.efferent.viz;

import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import javax.swing.JPanel;
import org.efferent.core.LatencyHistogram;

/**
 * A scene inside a window. It is painted into an image in memory, and only what has changed goes to
 * the display: X11 takes 10 ms and more for a whole screen or for shapes with smooth edges, the
 * image less than one. Used by Swing's thread.
 */
abstract class ImageCanvas extends JPanel {
  private static final long serialVersionUID = 1L;

  private final transient FrameCounter frames = new FrameCounter();
  private final transient LatencyHistogram times = new LatencyHistogram();
  private transient BufferedImage image;

  ImageCanvas() {
    super(null, false); // the image is the buffer
    setOpaque(true);
  }

  /** Takes the latest moment: all of the scene is painted next. */
  abstract void follow();

  /** Paints the moment that was taken last. */
  abstract void paint(Graphics2D g, int width, int height);

  /** Counts the moments that were painted. */
  final FrameCounter frames() {
    return frames;
  }

  final LatencyHistogram times() {
    return times;
  }

  /** Whether there is something to paint on. */
  final boolean visible() {
    return isShowing() && getWidth() >= 1 && getHeight() >= 1;
  }

  /** Whether the image has the window's size. */
  final boolean fits() {
    return image != null
        && image.getWidth() == pixels(getWidth())
        && image.getHeight() == pixels(getHeight());
  }

  /**
   * Brings the display up to date, at once (mere requests to repaint may be merged), and measures
   * it.
   *
   * @param changed draws what has changed; run where the image fits, else all is painted
   */
  final void show(Runnable changed) {
    long start = System.nanoTime();
    if (fits()) {
      changed.run();
    } else {
      paintImmediately(0, 0, getWidth(), getHeight());
    }
    Toolkit.getDefaultToolkit().sync(); // without it X11 shows frames in bursts
    long end = System.nanoTime();
    times.record(end - start);
    frames.frame(end);
  }

  /** Paints a part of the scene and takes it to the display. */
  final void draw(Rectangle part) {
    render(part);
    paintImmediately(part);
  }

  private void render(Rectangle part) {
    Graphics2D g = image.createGraphics();
    g.scale(scale(), scale());
    g.clip(part);
    paint(g, getWidth(), getHeight());
    g.dispose();
  }

  @Override
  protected final void paintComponent(Graphics g) {
    if (!fits()) {
      image =
          new BufferedImage(pixels(getWidth()), pixels(getHeight()), BufferedImage.TYPE_INT_RGB);
      follow();
      render(new Rectangle(getSize()));
    }
    ((Graphics2D) g)
        .drawImage(image, AffineTransform.getScaleInstance(1 / scale(), 1 / scale()), null);
  }

  private int pixels(int length) {
    return (int) Math.ceil(length * scale());
  }

  private double scale() {
    return getGraphicsConfiguration().getDefaultTransform().getScaleX();
  }
}
