package org.efferent.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.efferent.core.UsageException;

/**
 * Paints a live session that ranks answers: what it does, the best answers with a bar of their
 * probability each, and the last decision. Needs no display. Used by one thread, for it remembers
 * pictures in the size in which it painted them.
 */
public final class RankingPainter {
  private static final String KEYS = "F full screen   Esc stop";
  private static final int REMEMBERED = 256;
  private static final double HEAD = 3;
  private static final double FOOT = 2.2;

  private final Look look;
  private final IdentityHashMap<BufferedImage, BufferedImage> small = new IdentityHashMap<>();
  private int smallSide;

  /**
   * A painter.
   *
   * @param look colours
   */
  public RankingPainter(Look look) {
    this.look = Objects.requireNonNull(look, "look");
  }

  /**
   * A picture made small once and for all, so that no moment has to wait for it: pictures of
   * hundreds of pixels a side take milliseconds each when they are painted first.
   *
   * @param picture of any size, not modified
   * @param longer pixels of the longer side, at least 1; 200 serve a window of 1920 x 1080
   * @return a new picture
   */
  public static BufferedImage thumbnail(BufferedImage picture, int longer) {
    if (longer < 1) {
      throw new IllegalArgumentException("a picture has a pixel a side; longer=" + longer);
    }
    return PictureTile.fitted(picture, longer);
  }

  /**
   * One moment as a picture.
   *
   * @param view what there is
   * @param width pixels, at least 1
   * @param height pixels, at least 1
   * @return an opaque picture
   */
  public BufferedImage image(RankingView view, int width, int height) {
    if (width < 1 || height < 1 || (long) width * height > 100_000_000) {
      throw new UsageException(
          "a picture has 1 to 100000000 pixels; width=" + width + ", height=" + height);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    paint(g, view, width, height);
    g.dispose();
    return image;
  }

  /**
   * Paints a moment into (0, 0) to (width, height).
   *
   * @param g modified
   * @param view what there is
   * @param width pixels
   * @param height pixels
   */
  public void paint(Graphics2D g, RankingView view, int width, int height) {
    Pen.smooth(g);
    g.setColor(look.ground());
    g.fillRect(0, 0, width, height);
    float f = fontSize(width, height);
    head(g, view, width, f);
    double top = f * (HEAD + 0.7);
    double room = height - top - f * (FOOT + 0.5);
    if (room > f) {
      answers(g, view, width, top, room, f);
    }
    foot(g, view, width, height, f);
  }

  private void head(Graphics2D g, RankingView view, int width, float f) {
    Color ground = headGround(view.state());
    if (ground != null) {
      g.setColor(ground);
      g.fill(new Rectangle2D.Double(0, 0, width, f * HEAD));
    }
    Font font = font(f * 1.5f, Font.BOLD);
    String text = view.headline();
    double least = 0.6;
    double shrink = Math.min(1, (width - 1.6 * f) / Math.max(1, Pen.width(font, text)));
    font = font.deriveFont((float) (font.getSize2D() * Math.max(least, shrink)));
    g.setFont(font);
    g.setColor(ground == null ? look.text() : Color.BLACK);
    Pen.left(g, Pen.cut(font, text, width - 1.6 * f), f * 0.8, f * HEAD / 2 + font.getSize2D() / 3);
    g.setColor(look.edge());
    g.fill(new Rectangle2D.Double(0, f * HEAD, width, 1));
  }

  /** Behind black letters; null for the scene's own ground. */
  private static Color headGround(RankingView.State state) {
    return switch (state) {
      case DECIDED -> Palette.SKY;
      case ABSTAINED -> Palette.ORANGE;
      case STALE, STOPPED -> Palette.YELLOW;
      case LISTENING -> null;
    };
  }

  private void answers(
      Graphics2D g, RankingView view, int width, double top, double room, float f) {
    List<RankingView.Answer> answers = view.answers();
    if (answers.isEmpty()) {
      g.setFont(font(f * 1.2f, Font.PLAIN));
      g.setColor(look.soft());
      Pen.centre(g, "waiting for the first evidence", width / 2.0, top + room / 2);
      return;
    }
    double step = Math.min(room / answers.size(), f * 9);
    double gap = Math.min(f * 0.5, step * 0.1);
    boolean pictures = answers.stream().anyMatch(a -> a.picture() != null);
    int side = (int) (step - gap);
    double left = f * 0.8 + (pictures ? side + f * 0.8 : 0);
    Font probability = font((float) Math.min(f * 1.1, Math.max(7, side * 0.4)), Font.BOLD);
    double right = width - f * 1.6 - Pen.width(probability, "< 0.1 %");
    for (int i = 0; i < answers.size(); i++) {
      RankingView.Answer answer = answers.get(i);
      double y = top + i * step;
      if (answer.picture() != null) {
        thumbnail(g, answer.picture(), f * 0.8, y, side);
      }
      boolean decided = i == 0 && view.state() == RankingView.State.DECIDED;
      Bar bar =
          row(
              g,
              answer,
              i == 0,
              decided,
              left,
              right,
              y,
              side,
              probability,
              pictures ? f : f * 1.5f);
      if (!Double.isNaN(view.threshold())) {
        threshold(g, left + (right - left) * view.threshold(), bar, f);
      }
    }
  }

  /** From where to where a bar goes down. */
  private record Bar(double top, double height) {}

  private Bar row(
      Graphics2D g,
      RankingView.Answer answer,
      boolean best,
      boolean decided,
      double left,
      double right,
      double y,
      double height,
      Font probability,
      float f) {
    Font font = font((float) Math.min(f * 1.25, height * 0.42), best ? Font.BOLD : Font.PLAIN);
    double letters = font.getSize2D();
    double bar = Math.min(f * 1.1, height * 0.34);
    double block = letters * 1.25 + bar;
    double nameBase = y + (height - block) / 2 + letters * 0.9;
    double barTop = y + (height + block) / 2 - bar;
    g.setFont(font);
    g.setColor(look.text());
    Pen.left(g, Pen.cut(font, answer.name(), right - left), left, nameBase);
    g.setColor(decided ? look.target() : look.cursor());
    double length = (right - left) * answer.probability();
    g.fill(new Rectangle2D.Double(left, barTop, length, bar));
    g.setColor(look.edge());
    g.setStroke(new BasicStroke(1));
    g.draw(new Rectangle2D.Double(left, barTop, right - left, bar));
    g.setFont(probability.deriveFont(font.getStyle()));
    g.setColor(look.text());
    Pen.left(
        g,
        RankingView.percent(answer.probability()),
        right + probability.getSize2D() * 0.5,
        barTop + bar / 2 + g.getFont().getSize2D() * 0.36);
    return new Bar(barTop, bar);
  }

  private void threshold(Graphics2D g, double x, Bar bar, float f) {
    float dash = f * 0.25f;
    double over = f * 0.25; // the mark is seen although the bar is full
    g.setColor(look.truth());
    g.setStroke(
        new BasicStroke(
            Math.max(1.5f, f * 0.1f),
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            10f,
            new float[] {dash, dash},
            0f));
    g.draw(new Line2D.Double(x, bar.top() - over, x, bar.top() + bar.height() + over));
  }

  private void thumbnail(Graphics2D g, BufferedImage picture, double x, double y, int side) {
    double density = Math.max(1, g.getTransform().getScaleX());
    int pixels = (int) Math.max(1, Math.round(side * density));
    if (pixels != smallSide || small.size() >= REMEMBERED) {
      small.clear();
      smallSide = pixels;
    }
    BufferedImage fitted = small.computeIfAbsent(picture, p -> PictureTile.fitted(p, smallSide));
    double width = fitted.getWidth() / density;
    double height = fitted.getHeight() / density;
    double px = Math.rint(x + (side - width) / 2);
    double py = Math.rint(y + (side - height) / 2);
    Pixels.draw(g, fitted, px, py, width, height);
    g.setColor(look.edge());
    g.setStroke(new BasicStroke(1));
    g.draw(new RoundRectangle2D.Double(x - 0.5, y - 0.5, side + 1.0, side + 1.0, 4, 4));
  }

  private void foot(Graphics2D g, RankingView view, int width, int height, float f) {
    double top = height - f * FOOT;
    g.setColor(look.edge());
    g.fill(new Rectangle2D.Double(0, top, width, 1));
    Font font = font(f, Font.PLAIN);
    g.setFont(font);
    String text = Pen.cut(font, view.footline(), width - 1.6 * f);
    double base = top + f * 1.45;
    g.setColor(look.text());
    Pen.left(g, text, f * 0.8, base);
    if (Pen.width(font, text) + Pen.width(font, KEYS) + 4 * f < width) {
      g.setColor(look.soft());
      Pen.right(g, KEYS, width - f * 0.8, base);
    }
  }

  private static float fontSize(int width, int height) {
    return (float) Math.max(9, Math.min(40, Math.min(width, height * 1.6) / 52));
  }

  private static Font font(float size, int style) {
    return new Font(Font.SANS_SERIF, style, 1).deriveFont(size);
  }
}
