package org.efferent.viz;

import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;

/**
 * Where the parts of the task's scene lie in a window: a line above, two lines of text where
 * something is typed, the workspace, two lines below. In pixels of the window.
 */
final class TaskLayout {
  private static final double MARGIN = 0.02;

  private final int width;
  private final float font;
  private final int head;
  private final int lines;
  private final int foot;
  private final int height;

  TaskLayout(int width, int height, boolean text) {
    this.width = width;
    this.height = height;
    font = (float) Math.max(11, Math.min(44, Math.min(width, height * 1.6) / 62));
    head = (int) Math.ceil(font * 2.2);
    lines = text ? (int) Math.ceil(font * 5.4) : 0;
    foot = (int) Math.ceil(font * 3.6);
  }

  float font() {
    return font;
  }

  Rectangle head() {
    return new Rectangle(0, 0, width, head);
  }

  Rectangle text() {
    return new Rectangle(0, head, width, lines);
  }

  Rectangle foot() {
    return new Rectangle(0, height - foot, width, foot);
  }

  Rectangle workspace() {
    int top = head + lines;
    return new Rectangle(0, top, width, Math.max(1, height - foot - top));
  }

  /** Pixels a unit of the scene. */
  double scale(TaskScene scene) {
    Rectangle area = workspace();
    return Math.min(area.width, area.height) * (1 - 2 * MARGIN) / (2 * scene.reach());
  }

  Rectangle2D place(TaskPlace place, TaskScene scene) {
    return box(scene, place.x(), place.y(), place.width(), place.height());
  }

  Rectangle2D cursor(TaskScene scene) {
    Disc cursor = scene.cursor();
    return box(scene, cursor.x(), cursor.y(), 2 * cursor.radius(), 2 * cursor.radius());
  }

  private Rectangle2D box(TaskScene scene, double x, double y, double w, double h) {
    double scale = scale(scene);
    Rectangle area = workspace();
    return new Rectangle2D.Double(
        area.getCenterX() + (x - w / 2) * scale,
        area.getCenterY() - (y + h / 2) * scale,
        w * scale,
        h * scale);
  }
}
