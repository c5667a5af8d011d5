package org.efferent.viz.dashboard;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import org.efferent.viz.Palette;

/**
 * The dashboard by day and by night: series of Okabe and Ito, "Color Universal Design", 2008, the
 * darker or lighter ones by the ground. Text has a contrast of 4.5 and more, lines of 3 and more.
 */
public enum DashboardTheme {
  /** Dark marks on a light ground. */
  LIGHT(
      new int[] {0xF3F5F7, 0xFFFFFF, 0x1A1A1A, 0x595959, 0x8A929B, 0xE3E6EA},
      new int[] {0x0072B2, 0xB84A00, 0x007A59, 0xA2477F, 0x8A6100, 0x1F6FA8},
      0x1A1A1A),
  /** Light marks on a dark ground. */
  DARK(
      new int[] {0x07090B, 0x101418, 0xF0F0F0, 0xB4B9BF, 0x6A727C, 0x262D34},
      new int[] {0x56B4E9, 0xE69F00, 0x2CC295, 0xE08FBC, 0xF0E442, 0x8CCBF2},
      0xE6EBF0);

  @SuppressWarnings("ImmutableEnumChecker") // made by Stream.toList, which cannot be changed
  private final List<Color> grounds;

  @SuppressWarnings("ImmutableEnumChecker") // likewise
  private final List<Color> series;

  private final Color trace;

  DashboardTheme(int[] grounds, int[] series, int trace) {
    this.grounds = colors(grounds);
    this.series = colors(series);
    this.trace = new Color(trace);
  }

  private static List<Color> colors(int[] rgb) {
    return Arrays.stream(rgb).mapToObj(Color::new).toList();
  }

  /** Between the panels. */
  public Color desk() {
    return grounds.get(0);
  }

  /** Behind a panel. */
  public Color ground() {
    return grounds.get(1);
  }

  /** Text. */
  public Color text() {
    return grounds.get(2);
  }

  /** Text that may be overlooked. */
  public Color soft() {
    return grounds.get(3);
  }

  /** Frames and axes. */
  public Color edge() {
    return grounds.get(4);
  }

  /** Lines that only guide the eye. */
  public Color grid() {
    return grounds.get(5);
  }

  /** Signals. */
  public Color trace() {
    return trace;
  }

  /** Number of colours of series. */
  public int seriesCount() {
    return series.size();
  }

  /**
   * A colour of a series.
   *
   * @param i from 0; goes round after {@link #seriesCount()}
   * @return a colour of a contrast of at least 3 to {@link #ground()}
   */
  public Color series(int i) {
    return series.get(Math.floorMod(i, series.size()));
  }

  /** Behind {@link #alertText()}: what must not be overlooked. */
  public Color alert() {
    return Palette.YELLOW;
  }

  /** On {@link #alert()}. */
  public Color alertText() {
    return Palette.INK;
  }
}
