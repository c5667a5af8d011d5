package org.efferent.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;

/**
 * Pictures in rows, each with its words below and, where it is an answer, whether it is right: the
 * stimulus, then the best answers to it. What has no picture, as spoken words, is its name.
 */
public final class PictureGrid {
  /** What a tile is. */
  public enum Mark {
    /** Not an answer. */
    NONE(null),
    /** A green frame and a tick. */
    RIGHT(new Color(0x007F5C)),
    /** A dashed orange frame and a cross. */
    WRONG(new Color(0xC24F00));

    private final Color color;

    Mark(Color color) {
      this.color = color;
    }
  }

  /**
   * One picture.
   *
   * @param picture of any size, not modified, not to be modified later; null for the name as text
   * @param name of the item, "dog" or "apple pie"
   * @param caption below, "dog, 0.31"; may be empty; at most two lines
   * @param mark whether it is right
   */
  public record Tile(BufferedImage picture, String name, String caption, Mark mark) {
    /** Checks the words. */
    public Tile {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(caption, "caption");
      Objects.requireNonNull(mark, "mark");
    }
  }

  /**
   * One row.
   *
   * @param heading to the left of it, "best 1"; may be empty
   * @param tiles from the left
   */
  public record Row(String heading, List<Tile> tiles) {
    /** Copies the tiles. */
    public Row {
      Objects.requireNonNull(heading, "heading");
      tiles = List.copyOf(tiles);
    }
  }

  private final List<Row> rows;
  private final List<String> headings;
  private final FigureSize size;
  private final int columns;
  private final boolean apart;

  private PictureGrid(List<Row> rows, List<String> headings, FigureSize size) {
    this.rows = List.copyOf(rows);
    this.headings = List.copyOf(headings);
    this.size = size;
    columns = rows.stream().mapToInt(r -> r.tiles().size()).max().orElse(0);
    apart =
        columns > 1
            && rows.stream()
                .allMatch(
                    r ->
                        r.tiles().isEmpty()
                            || (r.tiles().get(0).mark() == Mark.NONE
                                && r.tiles().stream()
                                    .skip(1)
                                    .allMatch(t -> t.mark() != Mark.NONE)));
  }

  /**
   * The grid; a first column of stimuli, which alone has no marks, stands a little apart.
   *
   * @param rows at least one with a tile; they may differ in length
   * @param headings above the columns, "stimulus", "1st"; empty for none, else no more than columns
   * @param size of the figure; tiles are as large as it allows
   * @return the figure
   */
  public static Figure of(List<Row> rows, List<String> headings, FigureSize size) {
    PictureGrid grid = new PictureGrid(rows, headings, size);
    if (grid.columns == 0) {
      throw new IllegalArgumentException(
          "a grid needs at least one picture; rows=" + rows.size() + ", pictures=0");
    }
    if (headings.size() > grid.columns) {
      throw new IllegalArgumentException(
          "a heading stands above a column; headings=%d, columns=%d"
              .formatted(headings.size(), grid.columns));
    }
    return new Figure(words(rows), size, grid::paint);
  }

  private void paint(Graphics2D g, int width, int height) {
    double f = size.fontSize();
    double gap = f * 0.8;
    double left = headingWidth(width) + gap;
    double top = headings.isEmpty() ? gap : gap + f * 1.5;
    double extra = apart ? f * 1.2 : 0;
    int lines = captionLines((width - left - extra) / columns - gap);
    double below = lines * f * 1.2 + (lines > 0 ? f * 0.3 : 0);
    double byWidth = (width - left - extra) / columns - gap;
    double byHeight = (height - top) / rows.size() - gap - below;
    double side = Math.max(f, Math.min(byWidth, byHeight));
    // Narrow pictures leave width: captions may use some of it.
    double step = Math.min(byWidth + gap, Math.max(side + gap, side * 1.35));
    top += Math.max(0, (height - top - rows.size() * (side + below + gap)) / 2);
    for (int r = 0; r < rows.size(); r++) {
      double y = top + r * (side + below + gap);
      Row row = rows.get(r);
      heading(g, row.heading(), gap, y + side / 2, left - 1.4 * gap);
      for (int c = 0; c < row.tiles().size(); c++) {
        double x = left + c * step + (c > 0 ? extra : 0) + (step - gap - side) / 2;
        tile(g, row.tiles().get(c), x, y, side, step - gap * 0.5);
      }
    }
    g.setFont(Charts.bold(size));
    g.setColor(Palette.INK);
    for (int c = 0; c < headings.size(); c++) {
      double x = left + c * step + (c > 0 ? extra : 0) + (step - gap) / 2;
      Pen.centre(g, Pen.cut(g.getFont(), headings.get(c), step - gap * 0.5), x, top - f * 0.5);
    }
  }

  private double headingWidth(int width) {
    double widest =
        rows.stream().mapToDouble(r -> Pen.width(Charts.bold(size), r.heading())).max().orElse(0);
    return widest == 0 ? 0 : Math.min(widest, width * 0.16) + size.fontSize() * 0.8;
  }

  private int captionLines(double room) {
    return rows.stream()
        .flatMap(r -> r.tiles().stream())
        .mapToInt(t -> Pen.wrap(Charts.font(size), t.caption(), room, 2).size())
        .max()
        .orElse(0);
  }

  private void heading(Graphics2D g, String heading, double x, double middle, double room) {
    Font font = Charts.bold(size);
    g.setFont(font);
    g.setColor(Palette.INK);
    List<String> lines = Pen.wrap(font, heading, room, 3);
    double f = size.fontSize();
    double y = middle - (lines.size() - 1) * f * 0.6 + f * 0.35;
    for (int i = 0; i < lines.size(); i++) {
      Pen.left(g, lines.get(i), x, y + i * f * 1.2);
    }
  }

  private void tile(Graphics2D g, Tile tile, double x, double y, double side, double room) {
    double f = size.fontSize();
    double frame = f * 0.3;
    if (tile.picture() == null) {
      PictureTile.name(g, tile.name(), x, y, side, Charts.font(size));
    } else {
      PictureTile.picture(g, tile.picture(), x, y, side);
    }
    if (tile.mark() == Mark.NONE) {
      g.setColor(Palette.GREY);
      g.setStroke(Charts.stroke(size, 0.5));
      g.draw(new Rectangle2D.Double(x, y, side, side));
    } else {
      g.setColor(tile.mark().color);
      g.setStroke(frame(tile.mark(), (float) frame));
      g.draw(new Rectangle2D.Double(x, y, side, side));
      sign(g, tile.mark(), x + side, y, Math.max(4, Math.min(f * 0.75, side * 0.2)));
    }
    g.setFont(Charts.font(size));
    g.setColor(Palette.INK);
    List<String> lines = Pen.wrap(g.getFont(), tile.caption(), room, 2);
    for (int i = 0; i < lines.size(); i++) {
      Pen.centre(g, lines.get(i), x + side / 2, y + side + f * (1.3 + 1.2 * i));
    }
  }

  private static BasicStroke frame(Mark mark, float width) {
    return mark == Mark.RIGHT
        ? new BasicStroke(width)
        : new BasicStroke(
            width,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_MITER,
            10f,
            new float[] {width * 3, width},
            0f);
  }

  /** A disc on the upper right corner with a tick or a cross in white. */
  private static void sign(Graphics2D g, Mark mark, double x, double y, double r) {
    double cx = x - r * 0.8;
    double cy = y + r * 0.8;
    g.setColor(mark.color);
    g.fill(new Ellipse2D.Double(cx - r, cy - r, 2 * r, 2 * r));
    Path2D sign = new Path2D.Double();
    if (mark == Mark.RIGHT) {
      sign.moveTo(cx - 0.5 * r, cy + 0.05 * r);
      sign.lineTo(cx - 0.12 * r, cy + 0.42 * r);
      sign.lineTo(cx + 0.5 * r, cy - 0.4 * r);
    } else {
      sign.moveTo(cx - 0.4 * r, cy - 0.4 * r);
      sign.lineTo(cx + 0.4 * r, cy + 0.4 * r);
      sign.moveTo(cx - 0.4 * r, cy + 0.4 * r);
      sign.lineTo(cx + 0.4 * r, cy - 0.4 * r);
    }
    g.setColor(Palette.PAPER);
    g.setStroke(new BasicStroke((float) (r * 0.28), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(sign);
  }

  private static String words(List<Row> rows) {
    StringBuilder words = new StringBuilder("Pictures in ");
    words.append(rows.size()).append(rows.size() == 1 ? " row: " : " rows: ");
    String comma = "";
    for (Row row : rows) {
      words.append(comma).append(row.heading()).append(row.heading().isEmpty() ? "" : ": ");
      String between = "";
      for (Tile tile : row.tiles()) {
        words.append(between).append(tile.name());
        words.append(
            switch (tile.mark()) {
              case NONE -> "";
              case RIGHT -> " (right)";
              case WRONG -> " (wrong)";
            });
        between = ", ";
      }
      comma = "; ";
    }
    return words.append('.').toString();
  }
}
