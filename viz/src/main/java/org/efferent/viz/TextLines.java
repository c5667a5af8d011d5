package org.efferent.viz;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;

/**
 * The two lines above a keyboard, a column a character: what is to be typed, its next character in
 * a box, and below it what stands there, wrong characters inverted. Long texts move along.
 */
final class TextLines {
  private static final double LARGER = 1.6;

  private final Look look;
  private final TaskLayout layout;

  TextLines(Look look, TaskLayout layout) {
    this.look = look;
    this.layout = layout;
  }

  void paint(Graphics2D g, TaskText text) {
    Rectangle area = layout.text();
    float size = (float) (layout.font() * LARGER);
    g.setFont(TaskPainter.font(Font.MONOSPACED, size, Font.PLAIN));
    double column = g.getFontMetrics().charWidth('m');
    int columns = (int) Math.max(1, area.width * 0.94 / column);
    int needed = Math.max(text.prompt().length(), text.typed().length() + 1);
    int first =
        needed <= columns
            ? 0
            : Math.max(0, Math.min(needed - columns, text.typed().length() - columns * 2 / 3));
    int shown = Math.min(columns, needed);
    double left = area.getCenterX() - shown * column / 2;
    double upper = area.y + layout.font() * 2.0;
    double lower = area.y + layout.font() * 4.5;
    for (int i = first; i < first + shown; i++) {
      double x = left + (i - first) * column;
      if (i < text.prompt().length()) {
        boolean next = i == text.right() && text.typed().length() == text.right();
        prompt(g, text.prompt().charAt(i), x, upper, column, next, i < text.right());
      }
      if (i < text.typed().length()) {
        typed(g, text.typed().charAt(i), x, lower, column, i >= text.right());
      } else if (i == text.typed().length()) {
        g.setColor(look.text());
        g.fill(box(x, lower, Math.max(2, column * 0.14)));
      }
    }
  }

  private void prompt(
      Graphics2D g, char c, double x, double base, double column, boolean next, boolean done) {
    if (next) {
      g.setColor(look.target());
      g.fill(box(x, base, column));
      g.setColor(Palette.INK);
    } else {
      g.setColor(done ? look.soft() : look.text());
    }
    draw(g, next && c == ' ' ? '_' : c, x, base);
  }

  private void typed(Graphics2D g, char c, double x, double base, double column, boolean wrong) {
    g.setColor(look.text());
    if (wrong) {
      g.fill(box(x, base, column));
      g.setColor(look.ground());
    }
    draw(g, wrong && c == ' ' ? '_' : c, x, base);
  }

  private static void draw(Graphics2D g, char c, double x, double base) {
    g.drawString(String.valueOf(c), (float) x, (float) base);
  }

  /** Around a character on a base line. */
  private Rectangle2D box(double x, double base, double width) {
    double size = layout.font() * LARGER;
    return new Rectangle2D.Double(x, base - size * 0.9, width, size * 1.2);
  }
}
