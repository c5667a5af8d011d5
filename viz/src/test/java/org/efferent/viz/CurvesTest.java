package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CurvesTest {
  private static final double[] X = {1, 2, 5, 10, 20, 80};
  private static final double[] Y = {10, 20, 40, 60, 70, 80};
  private static final double[] LOW = {5, 15, 35, 55, 65, 75};
  private static final double[] HIGH = {15, 25, 45, 65, 75, 85};
  private static final Curves.Options REPETITIONS =
      new Curves.Options(
          "repetitions",
          "accuracy (%)",
          true,
          new BarComparison.Reference(0.5, "chance"),
          "95 % interval");

  @Test
  void curvesAreNamedAndTheReferenceToo() throws Exception {
    Figure figure =
        Curves.of(
            List.of(
                new Curves.Curve("linear", X, Y, LOW, HIGH),
                new Curves.Curve("alone", new double[] {7}, new double[] {30})),
            REPETITIONS,
            FigureSize.PAGE);
    assertThat(Examples.texts(Examples.parse(figure.toSvg()), "text"))
        .contains("linear", "alone", "chance (0.5)", "95 % interval")
        .contains("repetitions (logarithmic)", "accuracy (%)")
        .contains("1", "2", "5", "10", "20", "50")
        .doesNotContain("100");
    assertThat(figure.description())
        .isEqualTo("accuracy (%) over repetitions: linear from 10 to 80; alone 30; chance 0.5.");
  }

  @Test
  void sixCurvesDifferInColourAndDashes() {
    List<Curves.Curve> curves = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      double level = 10 * i;
      double[] y = {level, level};
      curves.add(new Curves.Curve("curve " + i, new double[] {0, 1}, y));
    }
    BufferedImage image =
        Curves.of(curves, Curves.Options.of("x", "y"), FigureSize.SCREEN).toImage(2);
    List<Color> colors = List.of(Palette.BLUE, Palette.VERMILLION, Palette.GREEN, Palette.INK);
    for (Color color : colors) {
      assertThat(count(image, color)).as("%s", color).isGreaterThan(500);
    }
    assertThat(count(image, Palette.BLUE))
        .as("a full line has more of its colour than a dotted one")
        .isGreaterThan(count(image, Palette.GREEN) * 5 / 4);
  }

  @Test
  void aGapInterruptsTheCurveAndItsBand() {
    double[] broken = {10, 20, Double.NaN, Double.NaN, 70, 80};
    int whole = count(of(Y, LOW, HIGH), Palette.BLUE);
    assertThat(count(of(broken, LOW, HIGH), Palette.BLUE)).isLessThan(whole * 9 / 10);
    Color band = new Color(0xCFE4F1);
    int covered = nearly(of(Y, LOW, HIGH), band);
    assertThat(covered).isGreaterThan(2000);
    assertThat(nearly(of(broken, LOW, HIGH), band)).isBetween(200, covered * 8 / 10);
    assertThat(nearly(of(Y, null, null), band)).isLessThan(200);
  }

  private static BufferedImage of(double[] y, double[] low, double[] high) {
    return Curves.of(
            List.of(new Curves.Curve("c", X, y, low, high)), REPETITIONS, FigureSize.SCREEN)
        .toImage(1);
  }

  @Test
  void theReferenceIsInSightAlthoughNoCurveComesNear() {
    double[] high = {90, 91};
    Curves.Options options =
        new Curves.Options("x", "y", false, new BarComparison.Reference(50, "chance"), "");
    BufferedImage image =
        Curves.of(
                List.of(new Curves.Curve("c", new double[] {0, 1}, high)),
                options,
                FigureSize.SCREEN)
            .toImage(1);
    int most = 0;
    for (int y = 300; y < 500; y++) { // in the lower half of the plot
      int n = 0;
      for (int x = 100; x < 900; x++) {
        n += new Color(image.getRGB(x, y)).getRed() < 0x90 ? 1 : 0;
      }
      most = Math.max(most, n);
    }
    assertThat(most).isBetween(300, 600); // dashes
  }

  @Test
  void aLogarithmicYIsWrittenInItsOwnNumbers() throws Exception {
    assertThat(textsUp(0.0004, 40)).contains("0.001", "0.01", "0.1", "1", "10").doesNotContain("2");
    assertThat(textsUp(3, 70)).contains("5", "10", "20", "50").doesNotContain("30");
    assertThat(textsUp(220, 354)).contains("250", "300", "350"); // no power of ten in sight
    assertThat(textsUp(2e-9, 4e-5)).contains("1E-8", "1E-5"); // no zeros
    assertThat(textsUp(100, 101)).contains("100", "100.5", "101");
  }

  private static List<String> textsUp(double from, double to) throws Exception {
    Curves.Curve curve = new Curves.Curve("c", new double[] {1, 1e3}, new double[] {from, to});
    Figure figure =
        Curves.of(List.of(curve), Curves.Options.logarithmic("candidates", "s"), FigureSize.SCREEN);
    return Examples.texts(Examples.parse(figure.toSvg()), "text");
  }

  @Test
  void aLawIsTheLineAndItsPointsAreMarks() {
    // Two points in the corners: what is blue in the middle is a line.
    Curves.Curve curve = new Curves.Curve("c", new double[] {1, 1000}, new double[] {1, 1000});
    Curves.Options options = Curves.Options.logarithmic("x", "y");
    int without = blueInTheMiddle(curve, options);
    int with = blueInTheMiddle(curve.withTrend(x -> x), options);
    int apart = blueInTheMiddle(curve.withTrend(x -> x < 3 ? 1 : 1000), options);
    assertThat(without).as("the points are joined").isGreaterThan(100);
    assertThat(with).as("the law goes through").isBetween(without * 8 / 10, without * 12 / 10);
    assertThat(apart).as("nothing joins the points but the law").isZero();
    assertThatThrownBy(
            () -> Curves.of(List.of(curve.withTrend(x -> x - 1)), options, FigureSize.PAGE))
        .hasMessage(
            "a law is finite over its points, and positive where y is logarithmic; c: x=1.0");
  }

  /** Pixels of the curve's colour in the middle of the figure. */
  private static int blueInTheMiddle(Curves.Curve curve, Curves.Options options) {
    BufferedImage image = Curves.of(List.of(curve), options, FigureSize.SCREEN).toImage(1);
    int n = 0;
    for (int y = image.getHeight() * 2 / 5; y < image.getHeight() * 3 / 5; y++) {
      for (int x = image.getWidth() * 2 / 5; x < image.getWidth() * 4 / 5; x++) {
        n += new Color(image.getRGB(x, y)).equals(Palette.BLUE) ? 1 : 0;
      }
    }
    return n;
  }

  @Test
  void whatALogarithmicYCannotShowIsRefused() {
    Curves.Options options = Curves.Options.logarithmic("x", "y");
    Curves.Curve zero = new Curves.Curve("c", new double[] {1, 2}, new double[] {1, 0});
    assertThatThrownBy(() -> Curves.of(List.of(zero), options, FigureSize.PAGE))
        .hasMessage("a logarithmic axis needs positive y and edges; c: y[1]=0.0, low[1]=none");
    Curves.Curve edge =
        new Curves.Curve(
            "c", new double[] {1}, new double[] {1}, new double[] {-1}, new double[] {2});
    assertThatThrownBy(() -> Curves.of(List.of(edge), options, FigureSize.PAGE))
        .hasMessage("a logarithmic axis needs positive y and edges; c: y[0]=1.0, low[0]=-1.0");
    Curves.Options chance =
        new Curves.Options("x", "y", true, new BarComparison.Reference(0, "chance"), "", true);
    Curves.Curve one = new Curves.Curve("c", new double[] {1, 2}, new double[] {1, 2});
    assertThatThrownBy(() -> Curves.of(List.of(one), chance, FigureSize.PAGE))
        .hasMessage("a logarithmic axis needs a positive reference; reference=0.0");
  }

  @Test
  void whatIsNoCurveIsRefused() {
    assertThatThrownBy(() -> new Curves.Curve("c", new double[] {1, 1}, new double[2]))
        .hasMessage("x must ascend; c: x[1]=1.0");
    assertThatThrownBy(() -> new Curves.Curve("c", X, new double[2]))
        .hasMessage(
            "a curve has as many x as y, at least one, and a band as many edges; c: x=6, y=2");
    assertThatThrownBy(() -> new Curves.Curve("c", X, HIGH, LOW, Y))
        .hasMessage("a band holds its curve; c[0]=15.0, 5.0..10.0");
    Curves.Curve zero = new Curves.Curve("c", new double[] {0, 1}, new double[2]);
    assertThatThrownBy(() -> Curves.of(List.of(zero), REPETITIONS, FigureSize.PAGE))
        .hasMessage("a logarithmic axis needs positive x; c: x[0]=0.0");
    Curves.Options plain = Curves.Options.of("x", "y");
    assertThatThrownBy(() -> Curves.of(List.of(), plain, FigureSize.PAGE))
        .hasMessage("a figure tells one to six curves apart; curves=0");
    assertThatThrownBy(() -> Curves.of(List.of(zero, zero), plain, FigureSize.PAGE))
        .hasMessage("names of curves differ; names=[c, c]");
  }

  @Test
  void oddCurvesAreDrawn() throws Exception {
    Curves.Curve empty = new Curves.Curve("none", new double[] {3}, new double[] {Double.NaN});
    Figure figure = Curves.of(List.of(empty), REPETITIONS, FigureSize.COLUMN);
    assertThat(figure.description()).contains("none a missing value");
    Examples.parse(figure.toSvg());
    double[] wide = {1e-3, 1e6};
    Figure decades =
        Curves.of(
            List.of(new Curves.Curve("c", wide, new double[] {1, 2})),
            REPETITIONS,
            FigureSize.PAGE);
    assertThat(Examples.texts(Examples.parse(decades.toSvg()), "text"))
        .contains("0.001", "1", "1,000,000")
        .doesNotContain("5");
  }

  private static int count(BufferedImage image, Color color) {
    int n = 0;
    for (int y = 50; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        n += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return n;
  }

  private static int nearly(BufferedImage image, Color color) {
    int n = 0;
    for (int y = 50; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        Color c = new Color(image.getRGB(x, y));
        int off =
            Math.abs(c.getRed() - color.getRed())
                + Math.abs(c.getGreen() - color.getGreen())
                + Math.abs(c.getBlue() - color.getBlue());
        n += off < 12 ? 1 : 0;
      }
    }
    return n;
  }
}
