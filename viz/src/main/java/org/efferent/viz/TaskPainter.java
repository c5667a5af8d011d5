package org.efferent.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Objects;
import org.efferent.core.UsageException;

/**
 * Paints one moment of a session. The same moment gives the same picture; needs no display. Nothing
 * is said by colour alone: the cued place has a thick rim, a cursor that is held is hollow, wrong
 * characters are inverted, a stop has words and a frame.
 */
public final class TaskPainter {
  /** The keys, in a line. */
  static final String KEYS =
      "P pause   S stop   Esc emergency stop   C recentre   F freeze   B roll back   N next block"
          + "   F11 full screen";

  private static final int MANY = 100;

  private final Look look;

  /**
   * A painter.
   *
   * @param look colours
   */
  public TaskPainter(Look look) {
    this.look = Objects.requireNonNull(look, "look");
  }

  /**
   * A moment as a picture.
   *
   * @param view what there is
   * @param width pixels, at least 1
   * @param height pixels, at least 1
   * @return an opaque picture
   */
  public BufferedImage image(TaskView view, int width, int height) {
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
   * Paints a moment into (0, 0) to (width, height); what lies outside the clip costs little.
   *
   * @param g modified
   * @param view what there is
   * @param width pixels
   * @param height pixels
   */
  public void paint(Graphics2D g, TaskView view, int width, int height) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    TaskLayout layout = new TaskLayout(width, height, view.text() != null);
    g.setColor(look.ground());
    g.fillRect(0, 0, width, height);
    if (hits(g, layout.workspace())) {
      Shape clip = g.getClip();
      g.clip(layout.workspace());
      places(g, layout, view.scene());
      cursor(g, layout, view);
      held(g, layout, view.scene());
      g.setClip(clip);
    }
    if (view.text() != null && hits(g, layout.text())) {
      new TextLines(look, layout).paint(g, view.text());
    }
    head(g, layout, view);
    foot(g, layout, view);
    frame(g, layout, view, width, height);
  }

  private static boolean hits(Graphics2D g, Rectangle part) {
    return g.hitClip(part.x, part.y, part.width, part.height);
  }

  private void places(Graphics2D g, TaskLayout layout, TaskScene scene) {
    for (int i = 0; i < scene.places().size(); i++) {
      // What is cued lies on top, its rim whole.
      if (i != scene.cued()) {
        place(g, layout, scene, i);
      }
    }
    if (scene.cued() >= 0) {
      place(g, layout, scene, scene.cued());
    }
  }

  private void place(Graphics2D g, TaskLayout layout, TaskScene scene, int index) {
    TaskPlace place = scene.places().get(index);
    Rectangle2D box = layout.place(place, scene);
    // Many small places would be more lines than ground.
    float line = rim(layout) * (scene.places().size() > MANY ? 0.6f : 1);
    Rectangle around = box.getBounds();
    around.grow((int) Math.ceil(2 * line), (int) Math.ceil(2 * line));
    if (!hits(g, around)) {
      return;
    }
    boolean cued = index == scene.cued();
    Shape shape =
        place.round()
            ? new Ellipse2D.Double(box.getX(), box.getY(), box.getWidth(), box.getHeight())
            : box;
    if (cued) {
      g.setColor(look.target());
      g.fill(shape);
    }
    g.setColor(cued ? look.text() : look.edge());
    g.setStroke(new BasicStroke(cued ? 2 * line : line));
    g.draw(shape);
    if (!place.label().isEmpty()) {
      label(g, place.label(), box, mark(cued));
    }
  }

  /** What is written and drawn on a place. */
  private Color mark(boolean cued) {
    return cued ? Palette.INK : look.text();
  }

  /**
   * How much of the hold is done: a ring that closes, or a bar that fills the foot of a key; over
   * the cursor, which would hide it.
   */
  private void held(Graphics2D g, TaskLayout layout, TaskScene scene) {
    if (scene.on() < 0 || !(scene.held() > 0)) {
      return;
    }
    TaskPlace place = scene.places().get(scene.on());
    Rectangle2D box = layout.place(place, scene);
    double share = scene.held();
    g.setColor(mark(scene.on() == scene.cued()));
    if (place.round()) {
      double thick = box.getWidth() * 0.09;
      double in = box.getWidth() * 0.1;
      g.setStroke(new BasicStroke((float) thick, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
      g.draw(
          new Arc2D.Double(
              box.getX() + in,
              box.getY() + in,
              box.getWidth() - 2 * in,
              box.getHeight() - 2 * in,
              90,
              -360 * share,
              Arc2D.OPEN));
    } else {
      double in = Math.min(box.getWidth(), box.getHeight()) * 0.08;
      double high = box.getHeight() * 0.09;
      g.fill(
          new Rectangle2D.Double(
              box.getX() + in, box.getMaxY() - in - high, (box.getWidth() - 2 * in) * share, high));
    }
  }

  private static void label(Graphics2D g, String text, Rectangle2D box, Color color) {
    float size = (float) (Math.min(box.getHeight(), box.getWidth()) * 0.42);
    g.setFont(font(Font.SANS_SERIF, size, Font.PLAIN));
    double room = box.getWidth() * 0.84;
    double wide = g.getFontMetrics().stringWidth(text);
    if (wide > room) {
      size *= (float) (room / wide);
      g.setFont(font(Font.SANS_SERIF, size, Font.PLAIN));
    }
    g.setColor(color);
    FontMetrics metrics = g.getFontMetrics();
    g.drawString(
        text,
        (float) (box.getCenterX() - metrics.stringWidth(text) / 2.0),
        (float) (box.getCenterY() + size * 0.34));
  }

  private void cursor(Graphics2D g, TaskLayout layout, TaskView view) {
    Rectangle2D box = layout.cursor(view.scene());
    Ellipse2D disc = new Ellipse2D.Double(box.getX(), box.getY(), box.getWidth(), box.getHeight());
    float line = rim(layout);
    if (view.phase().moving()) {
      g.setColor(look.cursor());
      g.fill(disc);
      g.setStroke(new BasicStroke(1.5f * line));
    } else {
      g.setColor(look.ground());
      g.setStroke(new BasicStroke(5 * line));
      g.draw(disc);
      g.setStroke(new BasicStroke(2.5f * line));
    }
    // A rim in the text's colour: seen on the target and beside it.
    g.setColor(look.text());
    g.draw(disc);
  }

  /** What changes where the cursor is, with its rim. */
  static Rectangle cursorMarks(TaskLayout layout, TaskScene scene) {
    Rectangle marks = layout.cursor(scene).getBounds();
    int margin = (int) Math.ceil(3 * rim(layout)) + 2;
    marks.grow(margin, margin);
    return marks;
  }

  private static float rim(TaskLayout layout) {
    return Math.max(1, layout.font() / 9);
  }

  private Color band(TaskPhase.Tone tone) {
    return switch (tone) {
      case CALM -> look.ground();
      case WARNING -> Palette.YELLOW;
      case ALARM -> Palette.VERMILLION;
    };
  }

  private void head(Graphics2D g, TaskLayout layout, TaskView view) {
    Rectangle head = layout.head();
    if (!hits(g, head)) {
      return;
    }
    boolean calm = view.phase().tone() == TaskPhase.Tone.CALM;
    g.setColor(band(view.phase().tone()));
    g.fill(head);
    g.setColor(calm ? look.text() : Palette.INK);
    String text = view.headline();
    float size = fit(g, text, layout.font() * 1.25f, calm ? Font.PLAIN : Font.BOLD, head.width);
    FontMetrics metrics = g.getFontMetrics();
    g.drawString(
        text,
        (float) ((head.width - metrics.stringWidth(text)) / 2.0),
        (float) (head.getCenterY() + size * 0.36));
  }

  private void foot(Graphics2D g, TaskLayout layout, TaskView view) {
    Rectangle foot = layout.foot();
    if (!hits(g, foot)) {
      return;
    }
    float margin = layout.font() * 0.8f;
    g.setColor(look.edge());
    g.fillRect(foot.x, foot.y, foot.width, 1);
    fit(g, view.progress().line(), layout.font(), Font.PLAIN, foot.width);
    g.setColor(look.text());
    g.drawString(view.progress().line(), margin, foot.y + layout.font() * 1.4f);
    fit(g, KEYS, layout.font() * 0.9f, Font.PLAIN, foot.width);
    g.setColor(look.soft());
    g.drawString(KEYS, margin, foot.y + layout.font() * 2.9f);
  }

  /** A frame around everything while the cursor is stopped, seen from the corner of an eye. */
  private void frame(Graphics2D g, TaskLayout layout, TaskView view, int width, int height) {
    if (view.phase().tone() == TaskPhase.Tone.CALM) {
      return;
    }
    int thick = Math.max(2, Math.round(layout.font() / 3));
    g.setColor(band(view.phase().tone()));
    g.fillRect(0, 0, thick, height);
    g.fillRect(width - thick, 0, thick, height);
    g.fillRect(0, height - thick, width, thick);
  }

  /** Sets a font that lets a text fit into a width; returns its size. */
  private static float fit(Graphics2D g, String text, float size, int style, int width) {
    g.setFont(font(Font.SANS_SERIF, size, style));
    double room = width * 0.96;
    double wide = g.getFontMetrics().stringWidth(text);
    if (wide <= room) {
      return size;
    }
    float smaller = (float) (size * room / wide);
    g.setFont(font(Font.SANS_SERIF, smaller, style));
    return smaller;
  }

  static Font font(String family, float size, int style) {
    return new Font(family, style, 1).deriveFont(size);
  }
}
