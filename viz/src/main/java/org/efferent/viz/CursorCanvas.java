package org.efferent.viz;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The cursor task's scene inside a window. */
final class CursorCanvas extends ImageCanvas {
  private static final long serialVersionUID = 1L;

  private final transient AtomicReference<CursorState> latest;
  private final transient CursorPainter painter;
  private transient CursorState shown;
  private transient Rectangle marks = new Rectangle();

  CursorCanvas(AtomicReference<CursorState> latest, Look look) {
    this.latest = latest;
    this.painter = new CursorPainter(look);
  }

  /** Brings the display up to date. */
  @SuppressWarnings("ReferenceEquality") // asks whether another one came, whatever it says
  void frame() {
    if (visible()) {
      show(
          () -> {
            CursorState next = latest.getAcquire();
            if (next != shown) {
              advance(next);
            }
          });
    }
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

  @Override
  void follow() {
    CursorState next = latest.getAcquire();
    if (next != null) {
      painter.follow(next);
      shown = next;
      marks = painter.marks(getWidth(), getHeight());
    }
  }

  @Override
  void paint(Graphics2D g, int width, int height) {
    painter.paint(g, width, height);
  }
}
