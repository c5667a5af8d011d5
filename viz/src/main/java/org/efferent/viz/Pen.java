package org.efferent.viz;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;

/** Writes text where it belongs, and cuts what has no room. */
public final class Pen {
  private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
  private static final String CUT = "\u2026";

  private Pen() {}

  /** Pixels from the first letter to the last. */
  public static double width(Font font, String text) {
    return font.getStringBounds(text, EXACT).getWidth();
  }

  /** Smooth shapes and letters, placed to fractions of a pixel. */
  static void smooth(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
  }

  /** The font of windows. */
  static Font font(int style, double size) {
    return new Font(Font.SANS_SERIF, style, 1).deriveFont((float) size);
  }

  /** Begins at x. */
  public static void left(Graphics2D g, String text, double x, double baseline) {
    g.drawString(text, (float) x, (float) baseline);
  }

  /** Has its middle at x. */
  public static void centre(Graphics2D g, String text, double x, double baseline) {
    g.drawString(text, (float) (x - width(g.getFont(), text) / 2), (float) baseline);
  }

  /** Ends at x. */
  public static void right(Graphics2D g, String text, double x, double baseline) {
    g.drawString(text, (float) (x - width(g.getFont(), text)), (float) baseline);
  }

  /** Read from below; (x, y) is the middle of the text's base line. */
  public static void upwards(Graphics2D g, String text, double x, double y) {
    AffineTransform before = g.getTransform();
    g.rotate(-Math.PI / 2, x, y);
    centre(g, text, x, y);
    g.setTransform(before);
  }

  /** As many letters as fit, with an ellipsis where some do not. */
  public static String cut(Font font, String text, double room) {
    if (width(font, text) <= room) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(font, text.substring(0, end).stripTrailing() + CUT) > room) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end).stripTrailing() + CUT;
  }

  /**
   * Breaks at spaces, within words where one alone is too long.
   *
   * @param most lines; the last is cut
   */
  public static List<String> wrap(Font font, String text, double room, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text.strip();
    while (!rest.isEmpty() && lines.size() < most - 1 && width(font, rest) > room) {
      int end = fitting(font, rest, room);
      int space = rest.charAt(end) == ' ' ? end : rest.lastIndexOf(' ', end);
      end = space > 0 ? space : end;
      lines.add(rest.substring(0, end).strip());
      rest = rest.substring(end).strip();
    }
    if (!rest.isEmpty()) {
      lines.add(cut(font, rest, room));
    }
    return lines;
  }

  private static int fitting(Font font, String text, double room) {
    int end = text.offsetByCodePoints(0, 1);
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      if (width(font, text.substring(0, next)) > room) {
        break;
      }
      end = next;
    }
    return Math.min(end, text.length() - 1);
  }
}
