package org.efferent.viz;

import java.awt.Color;

/**
 * Colours that people with any kind of colour vision tell apart: Okabe and Ito, "Color Universal
 * Design", 2008, https://jfly.uni-koeln.de/color/; and the contrast of two of them.
 */
public final class Palette {
  /** Decoded, and every first series. */
  public static final Color BLUE = new Color(0x0072B2);

  /** Reference lines and every second series. */
  public static final Color VERMILLION = new Color(0xD55E00);

  /** Every third series. */
  public static final Color GREEN = new Color(0x009E73);

  /** The fourth series. */
  public static final Color PURPLE = new Color(0xCC79A7);

  /** Fills behind text, dark scenes. */
  public static final Color SKY = new Color(0x56B4E9);

  /** Targets on dark scenes. */
  public static final Color ORANGE = new Color(0xE69F00);

  /** Warnings on dark scenes. */
  public static final Color YELLOW = new Color(0xF0E442);

  /** Text and truth on a light ground. */
  public static final Color INK = new Color(0x1A1A1A);

  /** Secondary text on a light ground. */
  public static final Color GREY = new Color(0x595959);

  /** Lines that only guide the eye. */
  static final Color GRID = new Color(0xDDDDDD);

  /** The ground of every figure. */
  public static final Color PAPER = Color.WHITE;

  private Palette() {}

  /**
   * The contrast of two opaque colours.
   *
   * @param a one colour
   * @param b the other
   * @return (L1 + 0.05) / (L2 + 0.05) of the relative luminances, L1 the larger, from 1 to 21: WCAG
   *     2.2, "contrast ratio"; text wants 4.5, lines and marks want 3
   */
  public static double contrast(Color a, Color b) {
    double la = luminance(a);
    double lb = luminance(b);
    return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
  }

  private static double luminance(Color c) {
    return 0.2126 * linear(c.getRed())
        + 0.7152 * linear(c.getGreen())
        + 0.0722 * linear(c.getBlue());
  }

  // sRGB to linear light, WCAG 2.2 "relative luminance".
  private static double linear(int channel) {
    double v = channel / 255.0;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }
}
