package org.efferent.viz;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** A square with a picture, or with a name where there is no picture. */
final class PictureTile {
  static final Color GROUND = new Color(0xEEF1F4);
  private static final int LINES = 4;
  private static final double LEAST = 0.3; // letters below that cannot be read: words break

  private PictureTile() {}

  /** The picture in the middle of a square, as large as its shape allows. */
  static void picture(Graphics2D g, BufferedImage picture, double x, double y, double side) {
    double density = Pixels.density(g);
    BufferedImage fitted = fitted(picture, side * density);
    double width = fitted.getWidth() / density;
    double height = fitted.getHeight() / density;
    g.setColor(GROUND);
    g.fill(new Rectangle2D.Double(x, y, side, side));
    Pixels.draw(g, fitted, x + (side - width) / 2, y + (side - height) / 2, width, height);
  }

  /** A picture whose longer side has so many pixels. */
  static BufferedImage fitted(BufferedImage picture, double longer) {
    double scale = longer / Math.max(picture.getWidth(), picture.getHeight());
    return Pixels.resized(
        picture,
        (int) Math.max(1, Math.round(picture.getWidth() * scale)),
        (int) Math.max(1, Math.round(picture.getHeight() * scale)));
  }

  /** A name in dark letters on a pale square. */
  static void name(Graphics2D g, String name, double x, double y, double side, Font font) {
    g.setColor(GROUND);
    g.fill(new Rectangle2D.Double(x, y, side, side));
    g.setColor(Palette.INK);
    text(g, name, x, y, side, side, font);
  }

  /** In the middle of a rectangle: as large as twice the font, smaller where words are long. */
  static void text(
      Graphics2D g, String text, double x, double y, double width, double height, Font font) {
    double room = width * 0.86;
    Font chosen = font.deriveFont(font.getSize2D() * 2);
    double longest = 0;
    for (String word : text.split(" ", -1)) {
      longest = Math.max(longest, Pen.width(chosen, word));
    }
    double shrink =
        Math.max(LEAST, Math.min(1, Math.min(room / longest, height * 0.4 / chosen.getSize2D())));
    chosen = longest == 0 ? chosen : chosen.deriveFont((float) (chosen.getSize2D() * shrink));
    double line = chosen.getSize2D() * 1.2;
    int most = (int) Math.max(1, Math.min(LINES, height * 0.95 / line));
    List<String> lines = Pen.wrap(chosen, text, room, most);
    g.setFont(chosen);
    double base = y + height / 2 - (lines.size() - 1) * line / 2 + chosen.getSize2D() * 0.35;
    for (int i = 0; i < lines.size(); i++) {
      Pen.centre(g, lines.get(i), x + width / 2, base + i * line);
    }
  }
}
