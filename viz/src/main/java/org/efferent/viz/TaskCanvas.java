package org.efferent.viz;

import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.JPanel;
import org.efferent.core.LatencyHistogram;

/**
 * The task's scene inside a window, painted into an image in memory of which only what has changed
 * goes to the display, see {@link CursorCanvas}. Used by Swing's thread.
 */
final class TaskCanvas extends JPanel {
  private static final long serialVersionUID = 1L;

  private final transient AtomicReference<TaskView> latest;
  private final transient TaskPainter painter;
  private final transient FrameCounter frames = new FrameCounter();
  private final transient LatencyHistogram times = new LatencyHistogram();
  private transient BufferedImage image;
  private transient TaskView shown;

  TaskCanvas(AtomicReference<TaskView> latest, Look look) {
    super(null, false); // the image is the buffer
    this.latest = latest;
    painter = new TaskPainter(look);
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
    TaskView next = latest.getAcquire();
    if (!isShowing() || getWidth() < 1 || getHeight() < 1 || (next == shown && fits())) {
      return;
    }
    long start = System.nanoTime();
    if (fits()) {
      Rectangle[] parts = changes(shown, next, getWidth(), getHeight());
      shown = next;
      for (Rectangle part : parts) {
        render(part);
        paintImmediately(part);
      }
    } else {
      paintImmediately(0, 0, getWidth(), getHeight());
    }
    Toolkit.getDefaultToolkit().sync(); // without it X11 shows frames in bursts
    long end = System.nanoTime();
    times.record(end - start);
    frames.frame(end);
  }

  /**
   * What has to be painted anew from one moment to the next.
   *
   * @return parts of the window; together they hold every pixel that differs
   */
  static Rectangle[] changes(TaskView before, TaskView next, int width, int height) {
    TaskLayout layout = new TaskLayout(width, height, next.text() != null);
    TaskScene was = before.scene();
    TaskScene is = next.scene();
    if (before.phase() != next.phase()
        || (before.text() == null) != (next.text() == null)
        || was.reach() != is.reach()
        || was.cued() != is.cued()
        || !was.places().equals(is.places())) {
      return new Rectangle[] {new Rectangle(0, 0, width, height)};
    }
    List<Rectangle> parts = new ArrayList<>();
    if (!was.cursor().equals(is.cursor())) {
      parts.add(TaskPainter.cursorMarks(layout, was).union(TaskPainter.cursorMarks(layout, is)));
    }
    if (was.on() != is.on() || was.held() != is.held()) {
      add(parts, layout, was);
      add(parts, layout, is);
    }
    if (!before.headline().equals(next.headline())) {
      parts.add(layout.head());
    }
    if (!Objects.equals(before.text(), next.text())) {
      parts.add(layout.text());
    }
    if (!before.progress().equals(next.progress())) {
      parts.add(layout.foot());
    }
    return parts.toArray(Rectangle[]::new);
  }

  private static void add(List<Rectangle> parts, TaskLayout layout, TaskScene scene) {
    if (scene.on() >= 0) {
      Rectangle box = layout.place(scene.places().get(scene.on()), scene).getBounds();
      box.grow(1, 1);
      parts.add(box);
    }
  }

  private void render(Rectangle part) {
    Graphics2D g = image.createGraphics();
    g.scale(scale(), scale());
    g.clip(part);
    painter.paint(g, shown, getWidth(), getHeight());
    g.dispose();
  }

  @Override
  protected void paintComponent(Graphics g) {
    if (!fits()) {
      image =
          new BufferedImage(pixels(getWidth()), pixels(getHeight()), BufferedImage.TYPE_INT_RGB);
      shown = latest.getAcquire();
      render(new Rectangle(getSize()));
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
