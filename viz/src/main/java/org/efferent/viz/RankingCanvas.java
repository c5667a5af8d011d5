package org.efferent.viz;

import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Toolkit;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.JPanel;
import org.efferent.core.LatencyHistogram;

/**
 * The ranking inside a window, painted into an image in memory whenever there is a new moment, see
 * {@link CursorCanvas}. Used by Swing's thread.
 */
final class RankingCanvas extends JPanel {
  private static final long serialVersionUID = 1L;

  private final transient AtomicReference<RankingView> latest;
  private final transient RankingPainter painter;
  private final transient FrameCounter frames = new FrameCounter();
  private final transient LatencyHistogram times = new LatencyHistogram();
  private transient BufferedImage image;
  private transient RankingView shown;

  RankingCanvas(AtomicReference<RankingView> latest, Look look) {
    super(null, false); // the image is the buffer
    this.latest = latest;
    painter = new RankingPainter(look);
    setOpaque(true);
  }

  /** Counts the moments that were painted. */
  FrameCounter frames() {
    return frames;
  }

  LatencyHistogram times() {
    return times;
  }

  /** Brings the display up to date, at once, where there is a new moment. */
  @SuppressWarnings("ReferenceEquality") // asks whether another one came, whatever it says
  void frame() {
    RankingView next = latest.getAcquire();
    if (!isShowing() || getWidth() < 1 || getHeight() < 1 || (next == shown && fits())) {
      return;
    }
    long start = System.nanoTime();
    if (fits()) {
      shown = next;
      render();
      getAccessibleContext().setAccessibleDescription(next.headline());
    }
    paintImmediately(0, 0, getWidth(), getHeight());
    Toolkit.getDefaultToolkit().sync(); // without it X11 shows frames in bursts
    long end = System.nanoTime();
    times.record(end - start);
    frames.frame(end);
  }

  private void render() {
    Graphics2D g = image.createGraphics();
    g.scale(scale(), scale());
    painter.paint(g, shown, getWidth(), getHeight());
    g.dispose();
  }

  @Override
  protected void paintComponent(Graphics g) {
    if (!fits()) {
      image =
          new BufferedImage(pixels(getWidth()), pixels(getHeight()), BufferedImage.TYPE_INT_RGB);
      shown = latest.getAcquire();
      render();
    }
    ((Graphics2D) g)
        .drawImage(image, AffineTransform.getScaleInstance(1 / scale(), 1 / scale()), null);
  }

  private boolean fits() {
    return image != null
        && image.getWidth() == pixels(getWidth())
        && image.getHeight() == pixels(getHeight());
  }

  private int pixels(int length) {
    return (int) Math.ceil(length * scale());
  }

  private double scale() {
    return getGraphicsConfiguration().getDefaultTransform().getScaleX();
  }
}
