package org.efferent.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Objects;
import org.efferent.core.UsageException;

/**
 * Paints the cursor task: workspace, target, trail, true cursor, cursor, and below them what the
 * session says about itself. Needs no display. Used by one thread.
 */
public final class CursorPainter {
  private static final String KEYS = "Space pause   R recentre   F full screen   Esc stop";
  private static final Color WARNING = Palette.YELLOW;
  private static final int SHADES = 16;

  private final Look look;
  private final Trail trail = new Trail();
  private final Color[] fading = new Color[SHADES];
  private CursorState state;

  /**
   * A painter that has seen nothing: an empty workspace.
   *
   * @param look colours
   */
  public CursorPainter(Look look) {
    this.look = Objects.requireNonNull(look, "look");
    Color c = look.cursor();
    for (int i = 0; i < SHADES; i++) {
      int alpha = 20 + i * 180 / (SHADES - 1);
      fading[i] = new Color(c.getRed(), c.getGreen(), c.getBlue(), alpha);
    }
  }

  /**
   * One moment, without a trail, in dark colours.
   *
   * @param state what there is
   * @param width pixels
   * @param height pixels
   * @return an opaque picture
   */
  public static BufferedImage snapshot(CursorState state, int width, int height) {
    CursorPainter painter = new CursorPainter(Look.DARK);
    painter.follow(state);
    return painter.image(width, height);
  }

  /**
   * Takes the next moment: from now on this one is painted, with a trail from those before.
   *
   * @param next what there is now
   */
  @SuppressWarnings("ReferenceEquality") // the very same moment again adds nothing to the trail
  public void follow(CursorState next) {
    if (next != state) {
      state = Objects.requireNonNull(next, "next");
      trail.add(next.seconds(), next.cursor().x(), next.cursor().y());
    }
  }

  /**
   * The present moment as a picture.
   *
   * @param width pixels, at least 1
   * @param height pixels, at least 1
   * @return an opaque picture
   */
  public BufferedImage image(int width, int height) {
    if (width < 1 || height < 1 || (long) width * height > 100_000_000) {
      throw new UsageException(
          "a picture has 1 to 100000000 pixels; width=" + width + ", height=" + height);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    paint(g, width, height);
    g.dispose();
    return image;
  }

  /**
   * The height of the line below the workspace.
   *
   * @param width of the whole scene, pixels
   * @param height of the whole scene, pixels
   * @return pixels; the workspace is what lies above
   */
  public static int statusHeight(int width, int height) {
    return (int) Math.ceil(fontSize(width, height) * 2.2);
  }

  /**
   * Paints the present moment into (0, 0) to (width, height).
   *
   * @param g modified
   * @param width pixels
   * @param height pixels
   */
  public void paint(Graphics2D g, int width, int height) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setColor(look.ground());
    g.fillRect(0, 0, width, height);
    int strip = statusHeight(width, height);
    int above = Math.max(1, height - strip);
    if (state != null) {
      var clip = g.getClip();
      g.clipRect(0, 0, width, above);
      scene(g, width, above);
      g.setClip(clip);
      banner(g, width, height);
    }
    status(g, width, height, strip);
  }

  private void scene(Graphics2D g, int width, int height) {
    double unit = Math.min(width, height);
    float line = (float) Math.max(1.5, unit / 400);
    if (state.target() != null) {
      Ellipse2D shape = disc(state.target(), width, height);
      g.setColor(look.target());
      g.fill(shape);
      g.setStroke(new BasicStroke(line));
      g.setColor(look.edge());
      g.draw(shape);
    }
    paintTrail(g, width, height, unit);
    Ellipse2D cursor = disc(state.cursor(), width, height);
    g.setColor(look.cursor());
    g.fill(cursor);
    // A rim in the text's colour: seen on the target and beside it.
    g.setStroke(new BasicStroke(line));
    g.setColor(look.text());
    g.draw(cursor);
    if (state.truth() != null) {
      g.setColor(look.truth());
      float dash = line * 3;
      g.setStroke(
          new BasicStroke(
              line * 1.3f,
              BasicStroke.CAP_BUTT,
              BasicStroke.JOIN_ROUND,
              10f,
              new float[] {dash, dash},
              0f));
      g.draw(disc(state.truth(), width, height));
    }
  }

  private void paintTrail(Graphics2D g, int width, int height, double unit) {
    g.setStroke(
        new BasicStroke(
            (float) Math.max(2, state.cursor().radius() * unit * 0.5),
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND));
    Line2D segment = new Line2D.Double();
    for (int i = 1; i < trail.size(); i++) {
      double freshness = trail.freshness(i, state.seconds());
      if (freshness > 0 && !trail.jumps(i)) {
        g.setColor(fading[(int) Math.min(SHADES - 1, freshness * SHADES)]);
        segment.setLine(
            width / 2.0 + trail.x(i - 1) * unit,
            height / 2.0 - trail.y(i - 1) * unit,
            width / 2.0 + trail.x(i) * unit,
            height / 2.0 - trail.y(i) * unit);
        g.draw(segment);
      }
    }
  }

  /**
   * What {@link #paint} covers and that moves from frame to frame: trail, cursor and truth, with a
   * margin.
   */
  Rectangle marks(int width, int height) {
    if (state == null) {
      return new Rectangle();
    }
    int above = Math.max(1, height - statusHeight(width, height));
    double unit = Math.min(width, above);
    Rectangle2D all = disc(state.cursor(), width, above).getBounds2D();
    if (state.truth() != null) {
      all.add(disc(state.truth(), width, above).getBounds2D());
    }
    for (int i = 0; i < trail.size(); i++) {
      if (trail.freshness(i, state.seconds()) > 0) {
        all.add(width / 2.0 + trail.x(i) * unit, above / 2.0 - trail.y(i) * unit);
      }
    }
    Rectangle marks = all.getBounds();
    int margin = (int) Math.ceil(state.cursor().radius() * unit + unit / 100 + 4);
    marks.grow(margin, margin);
    return marks;
  }

  private static Ellipse2D disc(Disc disc, int width, int height) {
    double unit = Math.min(width, height);
    double r = disc.radius() * unit;
    return new Ellipse2D.Double(
        width / 2.0 + disc.x() * unit - r, height / 2.0 - disc.y() * unit - r, 2 * r, 2 * r);
  }

  private void banner(Graphics2D g, int width, int height) {
    CursorStatus.Mode mode = state.status().mode();
    if (mode.advice().isEmpty()) {
      return;
    }
    String text = mode.word() + ": " + mode.advice();
    float size = fontSize(width, height) * 1.3f;
    g.setFont(font(size, Font.BOLD));
    double room = g.getFontMetrics().stringWidth(text);
    if (room > width * 0.95) {
      size *= (float) (width * 0.95 / room);
      g.setFont(font(size, Font.BOLD));
    }
    FontMetrics metrics = g.getFontMetrics();
    g.setColor(WARNING);
    g.fill(new Rectangle2D.Double(0, 0, width, size * 2.2));
    g.setColor(Color.BLACK);
    g.drawString(text, (width - metrics.stringWidth(text)) / 2f, size * 1.45f);
  }

  private void status(Graphics2D g, int width, int height, int strip) {
    float size = fontSize(width, height);
    float baseline = height - strip + size * 1.45f;
    g.setColor(look.edge());
    g.fillRect(0, height - strip, width, 1);
    String text = state == null ? "waiting for the first estimate" : line(state.status());
    g.setFont(font(size, Font.PLAIN));
    float margin = size * 0.8f;
    float room = g.getFontMetrics().stringWidth(text);
    if (room > width - 2 * margin) {
      g.setFont(font(size * (width - 2 * margin) / room, Font.PLAIN));
      room = g.getFontMetrics().stringWidth(text);
    }
    g.setColor(look.text());
    g.drawString(text, margin, baseline);
    float keys = g.getFontMetrics().stringWidth(KEYS);
    if (room + keys + 4 * margin < width) {
      g.setColor(look.soft());
      g.drawString(KEYS, width - margin - keys, baseline);
    }
  }

  /** The line below the workspace: "RUNNING 600 bins latency p50 0.41 ms …". */
  static String line(CursorStatus status) {
    return status.mode().word()
        + String.format(Locale.ROOT, "   %,d bins   ", status.bins())
        + "latency p50 "
        + millis(status.p50Millis())
        + ", p99 "
        + millis(status.p99Millis())
        + String.format(Locale.ROOT, "   %,d lost", status.lost());
  }

  private static String millis(double value) {
    return Double.isNaN(value)
        ? "–"
        : String.format(Locale.ROOT, value < 10 ? "%.2f ms" : "%.0f ms", value);
  }

  private static float fontSize(int width, int height) {
    return (float) Math.max(11, Math.min(32, Math.min(width, height * 1.6) / 62));
  }

  private static Font font(float size, int style) {
    return new Font(Font.SANS_SERIF, style, 1).deriveFont(size);
  }
}
