package org.efferent.viz;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/** Numbers or names beside a matrix, each at the middle of its row or column. */
final class MatrixAxis {
  private static final double TICK = 0.3;
  private static final double GAP = 0.3;

  /** What is written beside a cell; the place is a share of the side, from the first cell on. */
  private record Mark(double place, String text) {}

  private final MatrixFigure.Axis axis;
  private final int cells;
  private final FigureSize size;

  MatrixAxis(MatrixFigure.Axis axis, int cells, FigureSize size) {
    this.axis = axis;
    this.cells = cells;
    this.size = size;
  }

  private Font font() {
    return Charts.font(size).deriveFont(size.fontSize() * 0.92f);
  }

  private boolean named() {
    return !axis.names().isEmpty();
  }

  private List<Mark> marks(double length, double least) {
    List<Mark> marks = new ArrayList<>();
    if (named()) {
      // Where there are more names than lines of text have room, some stand for those between.
      int every = (int) Math.max(1, Math.ceil(least * cells / length));
      for (int i = 0; i < cells; i += every) {
        marks.add(new Mark((i + 0.5) / cells, axis.names().get(i)));
      }
    } else if (axis.last() == axis.first() || cells == 1) {
      marks.add(new Mark(0.5, Ticks.words(axis.first())));
    } else {
      double step = (axis.last() - axis.first()) / (cells - 1);
      Ticks ticks = new Ticks(axis.first(), axis.last(), (int) Math.max(1, length / least));
      for (double v : ticks.values()) {
        marks.add(new Mark(((v - axis.first()) / step + 0.5) / cells, ticks.text(v)));
      }
    }
    return marks;
  }

  private double widest(List<Mark> marks) {
    return marks.stream().mapToDouble(m -> Pen.width(font(), m.text())).max().orElse(0);
  }

  /** Pixels that names or numbers and the label need, with at most so many for the names. */
  double leftRoom(double most) {
    double f = size.fontSize();
    double text = Math.min(most, widest(marks(20 * f, f * 1.3)));
    return text + f * (TICK + 2 * GAP + (axis.label().isEmpty() ? 0 : 1.5));
  }

  double belowRoom(double most, double width) {
    double f = size.fontSize();
    double text = slanted(width) ? Math.min(most, widest(marks(width, f * 1.3))) : f;
    return text + f * (TICK + 2 * GAP + (axis.label().isEmpty() ? 0 : 1.5));
  }

  /** Names that do not fit side by side are written upwards. */
  private boolean slanted(double width) {
    return named() && widest(marks(width, 1)) + size.fontSize() * 0.6 > width / cells;
  }

  void paintLeft(Graphics2D g, double x, double top, double height, double most) {
    double f = size.fontSize();
    g.setFont(font());
    g.setStroke(Charts.stroke(size, 0.6));
    List<Mark> marks = marks(height, named() ? f * 1.3 : f * 2.2);
    for (Mark mark : marks) {
      double y = named() ? top + mark.place() * height : top + (1 - mark.place()) * height;
      g.setColor(Palette.GREY);
      g.draw(new Line2D.Double(x - f * TICK, y, x, y));
      g.setColor(Palette.INK);
      Pen.right(g, Pen.cut(font(), mark.text(), most), x - f * (TICK + GAP), y + f * 0.33);
    }
    double text = Math.min(most, widest(marks));
    g.setFont(Charts.font(size));
    Pen.upwards(
        g,
        Pen.cut(g.getFont(), axis.label(), height + 2 * f),
        x - text - f * (TICK + 2 * GAP + 0.4),
        top + height / 2);
  }

  void paintBelow(Graphics2D g, double x, double y, double width, double most) {
    double f = size.fontSize();
    g.setFont(font());
    g.setStroke(Charts.stroke(size, 0.6));
    boolean slanted = slanted(width);
    List<Mark> marks =
        marks(width, slanted ? f * 1.3 : named() ? 1 : Math.max(f * 3, numberWidth() + f));
    for (Mark mark : marks) {
      double at = x + mark.place() * width;
      g.setColor(Palette.GREY);
      g.draw(new Line2D.Double(at, y, at, y + f * TICK));
      g.setColor(Palette.INK);
      if (slanted) {
        AffineTransform before = g.getTransform();
        double end = y + f * (TICK + GAP);
        g.rotate(-Math.PI / 2, at, end);
        Pen.right(g, Pen.cut(font(), mark.text(), most), at, end + f * 0.33);
        g.setTransform(before);
      } else {
        Pen.centre(g, mark.text(), at, y + f * (TICK + GAP + 0.75));
      }
    }
    double text = slanted ? Math.min(most, widest(marks)) : f;
    g.setFont(Charts.font(size));
    Pen.centre(
        g,
        Pen.cut(g.getFont(), axis.label(), width + 6 * f),
        x + width / 2,
        y + text + f * (TICK + 2 * GAP + 0.75));
  }

  private double numberWidth() {
    Ticks ticks = new Ticks(axis.first(), axis.last(), 8);
    return ticks.values().stream()
        .mapToDouble(v -> Pen.width(font(), ticks.text(v)))
        .max()
        .orElse(0);
  }
}
