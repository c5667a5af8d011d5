package org.efferent.viz;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Paints what was seen beside what was drawn. Knows no window. */
final class DrawnPainter {
  private final Look look;

  DrawnPainter(Look look) {
    this.look = look;
  }

  void paint(Graphics2D g, DrawnView view, int width, int height) {
    Pen.smooth(g);
    g.setColor(look.ground());
    g.fill(new Rectangle2D.Double(0, 0, width, height));
    double size = Math.max(11, Math.min(26, Math.min(width / 44.0, height / 24.0)));
    Font font = Pen.font(Font.PLAIN, size);
    boolean both = view.seen() != null;
    double gap = 1.2 * size;
    double below = 4.6 * size;
    double column = both ? (width - 3 * gap) / 2 : width - 2 * gap;
    double side = Math.max(8, Math.min(column, height - below - 2 * gap));
    double top = gap + Math.max(0, (height - below - 2 * gap - side) / 2);
    if (both) {
      tile(g, view.seen(), "seen", view.seenWords(), gap, top, column, side, font);
    }
    double x = both ? 2 * gap + column : gap;
    tile(g, view.drawn(), "drawn", view.drawnWords(), x, top, column, side, font);
    g.setFont(font);
    g.setColor(look.soft());
    Pen.centre(g, view.status(), width / 2.0, height - 0.7 * size);
  }

  private void tile(
      Graphics2D g,
      BufferedImage picture,
      String title,
      String words,
      double x,
      double y,
      double column,
      double side,
      Font font) {
    double left = x + (column - side) / 2;
    if (picture == null) {
      g.setColor(look.edge());
      g.draw(new Rectangle2D.Double(left, y, side, side));
    } else {
      PictureTile.picture(g, picture, left, y, side);
    }
    double line = 1.3 * font.getSize2D();
    double base = y + side + line;
    g.setFont(font.deriveFont(Font.BOLD));
    g.setColor(look.text());
    Pen.centre(g, title, x + column / 2, base);
    g.setFont(font);
    Pen.centre(g, Pen.wrap(font, words, column, 1).get(0), x + column / 2, base + line);
  }
}
