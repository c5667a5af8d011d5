package org.efferent.viz;

/**
 * How large a figure is, in CSS pixels (1/96 inch), and how large its letters.
 *
 * <p>The text is set for the size at which the figure is looked at: a figure for a column is not a
 * small screen figure, it has fewer ticks.
 *
 * @param width pixels, 100 to 10,000
 * @param height pixels, 100 to 10,000
 * @param fontSize size of ordinary letters, pixels, 6 to 100
 */
public record FigureSize(int width, int height, float fontSize) {
  private static final double PIXELS_PER_MM = 96 / 25.4;

  /** One column of a paper, 85 mm wide. */
  public static final FigureSize COLUMN = millimetres(85, 64, 10f);

  /** The full width of a paper's page, 180 mm. */
  public static final FigureSize PAGE = millimetres(180, 90, 11f);

  /** A screen or a slide. */
  public static final FigureSize SCREEN = new FigureSize(960, 540, 15f);

  /** Checks the ranges. */
  public FigureSize {
    if (width < 100 || width > 10_000 || height < 100 || height > 10_000) {
      throw new IllegalArgumentException(
          "a figure is 100 to 10000 pixels a side; width=" + width + ", height=" + height);
    }
    if (!(fontSize >= 6 && fontSize <= 100)) {
      throw new IllegalArgumentException("fontSize must lie in 6..100; fontSize=" + fontSize);
    }
  }

  /**
   * A size on paper.
   *
   * @param width millimetres
   * @param height millimetres
   * @param fontSize pixels of 1/96 inch; 10 is 7.5 points
   * @return the size, rounded to whole pixels
   */
  public static FigureSize millimetres(double width, double height, float fontSize) {
    return new FigureSize(
        (int) Math.round(width * PIXELS_PER_MM),
        (int) Math.round(height * PIXELS_PER_MM),
        fontSize);
  }

  /**
   * The same width and letters with another height.
   *
   * @param pixels the height
   * @return a new size
   */
  public FigureSize withHeight(int pixels) {
    return new FigureSize(width, pixels, fontSize);
  }
}
