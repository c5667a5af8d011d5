package org.efferent.viz.dashboard;

import java.awt.Graphics2D;
import org.efferent.viz.Pen;
import org.efferent.viz.Pixels;

/** Draws the newest picture large and those before it small, each with its window and age. */
public final class PicturesPainter implements PanelPainter<PicturesSnapshot> {
  private static final double CAPTION = 16;

  /** A painter. */
  public PicturesPainter() {}

  @Override
  public void paint(Graphics2D g, int width, int height, PicturesSnapshot s, DashboardTheme theme) {
    Sheet sheet = new Sheet(g, width, height, theme);
    sheet.title("Generated images", s.made() + " so far, the newest first");
    if (s.pictures().isEmpty()) {
      sheet.message("no generator runs in this session");
      return;
    }
    double room = height - Sheet.HEAD - CAPTION - 8;
    boolean wide = width > height;
    int others = s.pictures().size() - 1;
    double side =
        Math.max(
            20,
            wide
                ? Math.min(room, others == 0 ? width - 16 : width * 0.6)
                : Math.min(width - 16, room * 0.72));
    picture(sheet, s, 0, 8, Sheet.HEAD + 2, side);
    double x0 = wide ? side + 20 : 8;
    double y0 = wide ? Sheet.HEAD + 2 : Sheet.HEAD + side + CAPTION + 10;
    double w = width - x0 - 8;
    double h = height - y0 - 4;
    if (others == 0 || w < 40 || h < 40 + CAPTION) {
      return;
    }
    double small = Math.min(120, Math.min(w, h - CAPTION));
    int columns = (int) Math.max(1, w / (small + 6));
    int rows = (int) Math.max(1, h / (small + CAPTION + 4));
    for (int i = 0; i < Math.min(others, rows * columns); i++) {
      double x = x0 + i % columns * (small + 6);
      int row = i / columns;
      double y = y0 + row * (small + CAPTION + 4);
      picture(sheet, s, i + 1, x, y, small);
    }
  }

  private static void picture(
      Sheet sheet, PicturesSnapshot s, int i, double x, double y, double side) {
    PicturesSnapshot.Picture p = s.pictures().get(i);
    double scale = side / Math.max(p.image().getWidth(), p.image().getHeight());
    double w = p.image().getWidth() * scale;
    double h = p.image().getHeight() * scale;
    Pixels.draw(sheet.g, p.image(), x + (side - w) / 2, y + (side - h) / 2, w, h);
    sheet.g.setFont(Sheet.small());
    sheet.g.setColor(sheet.theme.text());
    String words =
        p.window() + ", " + Units.number(Math.rint(10 * s.ageSeconds(i)) / 10) + " s ago";
    Pen.left(sheet.g, Pen.cut(Sheet.small(), words, side), x, y + side + 12);
  }
}
