package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whether series can be told apart by people who see colours as most do, and by those without one
 * kind of cones: Machado, Oliveira, Fernandes, "A physiologically-based model for simulation of
 * color vision deficiency", IEEE TVCG 15, 2009, matrices of severity 1, on linear sRGB. Distances
 * are CIE 1976 in L*a*b* under D65; 2.3 is a just noticeable difference.
 */
final class ColourVisionTest {
  private static final double[][] ALL = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  private static final double[][] PROTANOPIA = {
    {0.152286, 1.052583, -0.204868},
    {0.114503, 0.786281, 0.099216},
    {-0.003882, -0.048116, 1.051998}
  };
  private static final double[][] DEUTERANOPIA = {
    {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
  };
  private static final double[][] TRITANOPIA = {
    {1.255528, -0.076749, -0.178779},
    {-0.078411, 0.930809, 0.147602},
    {0.004733, 0.691367, 0.303900}
  };

  private static final List<Color> PALETTE =
      List.of(
          Palette.BLUE,
          Palette.VERMILLION,
          Palette.GREEN,
          Palette.PURPLE,
          Palette.SKY,
          Palette.ORANGE,
          Palette.YELLOW,
          Palette.INK);

  /** The least distance between two of them. */
  private static double least(List<Color> colors, double[][] vision) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < colors.size(); i++) {
      for (int j = 0; j < i; j++) {
        double[] a = lab(colors.get(i), vision);
        double[] b = lab(colors.get(j), vision);
        double d = Math.sqrt(square(a[0] - b[0]) + square(a[1] - b[1]) + square(a[2] - b[2]));
        least = Math.min(least, d);
      }
    }
    return least;
  }

  @Test
  void seriesDifferForEverybody() {
    List<Color> curves = IntStream.range(0, CurveStyle.COUNT).mapToObj(CurveStyle::color).toList();
    for (double[][] vision : List.of(ALL, PROTANOPIA, DEUTERANOPIA, TRITANOPIA)) {
      assertThat(least(curves, vision)).as("curves").isGreaterThan(15);
      assertThat(least(PALETTE, vision)).as("palette").isGreaterThan(15);
    }
    // The comparison can fail: two colours that the eye without cones for green takes for one.
    List<Color> alike = List.of(new Color(0xB07A00), Palette.VERMILLION);
    assertThat(least(alike, ALL)).isGreaterThan(25);
    assertThat(least(alike, DEUTERANOPIA)).isLessThan(5);
  }

  @Test
  void linesOnPaperContrast() {
    for (int c = 0; c < CurveStyle.COUNT; c++) {
      assertThat(Palette.contrast(CurveStyle.color(c), Palette.PAPER)).isGreaterThanOrEqualTo(3);
    }
  }

  /** WCAG 2.2: 4.5 for text, 3 for what else carries meaning. */
  @Test
  void textOfWindowsContrasts() {
    for (Look look : Look.values()) {
      assertThat(Palette.contrast(look.text(), look.ground())).isGreaterThanOrEqualTo(4.5);
      assertThat(Palette.contrast(look.soft(), look.ground())).isGreaterThanOrEqualTo(4.5);
      for (Color mark : List.of(look.edge(), look.cursor(), look.truth())) {
        assertThat(Palette.contrast(mark, look.ground())).isGreaterThanOrEqualTo(3);
      }
    }
    for (Color band : List.of(Palette.SKY, Palette.ORANGE, Palette.YELLOW)) {
      assertThat(Palette.contrast(Palette.INK, band)).isGreaterThanOrEqualTo(4.5);
    }
    for (Color text : List.of(Palette.INK, Palette.GREY)) {
      assertThat(Palette.contrast(text, Palette.PAPER)).isGreaterThanOrEqualTo(4.5);
    }
  }

  private static double square(double v) {
    return v * v;
  }

  /** L*a*b* of a colour as somebody sees it. */
  private static double[] lab(Color color, double[][] vision) {
    double[] rgb = {linear(color.getRed()), linear(color.getGreen()), linear(color.getBlue())};
    double[] seen = times(vision, rgb);
    for (int i = 0; i < 3; i++) {
      seen[i] = Math.max(0, Math.min(1, seen[i]));
    }
    double[][] toXyz = {
      {0.4124564, 0.3575761, 0.1804375},
      {0.2126729, 0.7151522, 0.0721750},
      {0.0193339, 0.1191920, 0.9503041}
    };
    double[] xyz = times(toXyz, seen);
    double x = f(xyz[0] / 0.95047);
    double y = f(xyz[1]);
    double z = f(xyz[2] / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double[] times(double[][] matrix, double[] v) {
    double[] product = new double[3];
    for (int i = 0; i < 3; i++) {
      product[i] = matrix[i][0] * v[0] + matrix[i][1] * v[1] + matrix[i][2] * v[2];
    }
    return product;
  }

  private static double f(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }

  private static double linear(int channel) {
    double v = channel / 255.0;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }
}
