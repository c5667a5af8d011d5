package org.efferent.viz;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The task's scene inside a window. */
final class TaskCanvas extends ImageCanvas {
  private static final long serialVersionUID = 1L;

  private final transient AtomicReference<TaskView> latest;
  private final transient TaskPainter painter;
  private transient TaskView shown;

  TaskCanvas(AtomicReference<TaskView> latest, Look look) {
    this.latest = latest;
    painter = new TaskPainter(look);
  }

  /** Brings the display up to date where there is a new moment. */
  @SuppressWarnings("ReferenceEquality") // asks whether another one came, whatever it says
  void frame() {
    TaskView next = latest.getAcquire();
    if (visible() && !(next == shown && fits())) {
      show(
          () -> {
            Rectangle[] parts = changes(shown, next, getWidth(), getHeight());
            shown = next;
            for (Rectangle part : parts) {
              draw(part);
            }
          });
    }
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

  @Override
  void follow() {
    shown = latest.getAcquire();
  }

  @Override
  void paint(Graphics2D g, int width, int height) {
    painter.paint(g, shown, width, height);
  }
}
