package org.efferent.viz;

import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.JPanel;
import org.efferent.core.LatencyHistogram;

/**
 * The cursor task's scene inside a window. It is painted into an image in memory, and only what has
 * changed goes to the display: X11 takes 10 ms and more for a whole screen or for shapes with
 * smooth edges, the image less than one. Used by Swing's thread.
 */
final class CursorCanvas extends JPanel {
  private static final long serialVersionUID = 1L;

  private final transient AtomicReference<CursorState> latest;
  private final transient CursorPainter painter;
  private final transient FrameCounter frames = new FrameCounter();
  private final transient LatencyHistogram times = new LatencyHistogram();
  private transient BufferedImage image;
  private transient CursorState shown;
  private transient Rectangle marks = new Rectangle();

  CursorCanvas(AtomicReference<CursorState> latest, Look look) {
    super(null, false); // the image is the buffer
    this.latest = latest;
    this.painter = new CursorPainter(look);
    setOpaque(true);
  }

  FrameCounter frames() {
    return frames;
  }

  LatencyHistogram times() {
    return times;
  }

  /** Brings the display up to date, at once: mere requests to repaint may be merged. */
  @SuppressWarnings("ReferenceEquality") // asks whether another one came, whatever it says
  void frame() {
    if (!isShowing() || getWidth() < 1 || getHeight() < 1) {
      return;
    }
    long start = System.nanoTime();
    if (fits(image)) {
      CursorState next = latest.getAcquire();
      if (next != shown) {
        advance(next);
      }
    } else {
      paintImmediately(0, 0, getWidth(), getHeight());
    }
    Toolkit.getDefaultToolkit().sync(); // without it X11 shows frames in bursts
    long end = System.nanoTime();
    times.record(end - start);
    frames.frame(end);
  }

  private void advance(CursorState next) {
    CursorState before = shown;
    painter.follow(next);
    shown = next;
    Rectangle now = painter.marks(getWidth(), getHeight());
    if (before == null
        || before.status().mode() != next.status().mode()
        || !Objects.equals(before.target(), next.target())) {
      draw(new Rectangle(getSize())); // a banner or a target came or went
    } else {
      draw(marks.union(now));
      if (!before.status().equals(next.status())) {
        int strip = CursorPainter.statusHeight(getWidth(), getHeight());
        draw(new Rectangle(0, getHeight() - strip, getWidth(), strip));
      }
    }
    marks = now;
  }

  private void draw(Rectangle part) {
    render(part);
    paintImmediately(part);
  }

  private void render(Rectangle part) {
    Graphics2D g = image.createGraphics();
    g.scale(scale(), scale());
    g.clip(part);
    painter.paint(g, getWidth(), getHeight());
    g.dispose();
  }

  @Override
  protected void paintComponent(Graphics g) {
    if (!fits(image)) {
      image =
          new BufferedImage(pixels(getWidth()), pixels(getHeight()), BufferedImage.TYPE_INT_RGB);
      CursorState next = latest.getAcquire();
      if (next != null) {
        painter.follow(next);
        shown = next;
        marks = painter.marks(getWidth(), getHeight());
      }
      render(new Rectangle(getSize()));
    }
    ((Graphics2D) g)
        .drawImage(image, AffineTransform.getScaleInstance(1 / scale(), 1 / scale()), null);
  }

  private boolean fits(BufferedImage candidate) {
    return candidate != null
        && candidate.getWidth() == pixels(getWidth())
        && candidate.getHeight() == pixels(getHeight());
  }

  private int pixels(int length) {
    return (int) Math.ceil(length * scale());
  }

  private double scale() {
    return getGraphicsConfiguration().getDefaultTransform().getScaleX();
  }
}
