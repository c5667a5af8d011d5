package org.efferent.viz;

import java.awt.Color;
import java.util.Arrays;

/**
 * Colours for values, told apart with any kind of colour vision: blue, white, red around a centre,
 * the ends equally dark; or from a dark blue to a light yellow, always lighter. Immutable.
 */
public final class ColorScale {
  private static final int[] BLUE_WHITE_RED = {
    0x123A73, 0x2F6FB5, 0x86B4DC, 0xF8F8F8, 0xEE9A7C, 0xC8432F, 0x7A1220
  };
  private static final int[] DARK_TO_LIGHT = {
    0x26164F, 0x2C4A86, 0x23738F, 0x2C9C83, 0x6BC162, 0xC3DA4B, 0xFAEE85
  };

  private final int[] anchors;
  private final double low;
  private final double high;
  // What a colour bar shows of it.
  private final double least;
  private final double most;

  private ColorScale(int[] anchors, double low, double high, double least, double most) {
    if (!(Double.isFinite(low) && Double.isFinite(high) && high > low)) {
      throw new IllegalArgumentException(
          "colours need a finite range of values; low=" + low + ", high=" + high);
    }
    this.anchors = anchors;
    this.low = low;
    this.high = high;
    this.least = Math.max(low, least);
    this.most = Math.min(high, most);
  }

  /**
   * White at the centre, red above it, blue below it.
   *
   * @param centre zero, or the level of chance
   * @param reach how far from the centre the darkest colours are, positive
   * @return the scale from {@code centre - reach} to {@code centre + reach}
   */
  public static ColorScale diverging(double centre, double reach) {
    return new ColorScale(
        BLUE_WHITE_RED, centre - reach, centre + reach, centre - reach, centre + reach);
  }

  /**
   * As {@link #diverging(double, double)}, as far as the values go: equally far to both sides, but
   * a colour bar shows only from the least to the largest of the values and the centre.
   *
   * @param centre zero, or the level of chance
   * @param values any; NaN does not count
   * @return the scale; of reach 1 where all values are the centre
   */
  public static ColorScale divergingOver(double centre, double... values) {
    double least = centre;
    double most = centre;
    for (double v : values) {
      least = v < least ? v : least; // not Math.min, which would keep a NaN
      most = v > most ? v : most;
    }
    double reach = Math.max(centre - least, most - centre);
    return reach > 0
        ? new ColorScale(BLUE_WHITE_RED, centre - reach, centre + reach, least, most)
        : diverging(centre, 1);
  }

  /**
   * Dark for low values, light for high ones.
   *
   * @param low the darkest
   * @param high the lightest, above {@code low}
   * @return the scale
   */
  public static ColorScale sequential(double low, double high) {
    return new ColorScale(DARK_TO_LIGHT, low, high, low, high);
  }

  /**
   * As {@link #sequential(double, double)}, as far as the values go.
   *
   * @param values any; NaN does not count
   * @return the scale; half a unit to either side where all values are equal
   */
  public static ColorScale sequentialOver(double... values) {
    double low = Arrays.stream(values).filter(v -> !Double.isNaN(v)).min().orElse(0);
    double high = Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(1);
    return high > low ? sequential(low, high) : sequential(low - 0.5, low + 0.5);
  }

  /** The value of the first colour. */
  public double low() {
    return low;
  }

  /** The value of the last colour. */
  public double high() {
    return high;
  }

  /** The first value that a colour bar shows. */
  double least() {
    return least;
  }

  /** The last value that a colour bar shows. */
  double most() {
    return most;
  }

  /**
   * The colour of a value.
   *
   * @param value beyond the ends it has the end's colour; NaN has none and is refused
   * @return an opaque colour
   */
  public Color at(double value) {
    return new Color(rgb(value));
  }

  /** As {@link #at}, 0xRRGGBB. */
  int rgb(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("a missing value has no colour; value=NaN");
    }
    double place = Math.max(0, Math.min(1, (value - low) / (high - low))) * (anchors.length - 1);
    int i = Math.min(anchors.length - 2, (int) place);
    double share = place - i;
    return mix(anchors[i], anchors[i + 1], share, 16)
        | mix(anchors[i], anchors[i + 1], share, 8)
        | mix(anchors[i], anchors[i + 1], share, 0);
  }

  private static int mix(int a, int b, double share, int shift) {
    int from = a >> shift & 0xFF;
    int to = b >> shift & 0xFF;
    return (int) Math.round(from + share * (to - from)) << shift;
  }
}
