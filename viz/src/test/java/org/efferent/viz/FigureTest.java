package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.efferent.core.Estimate;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

final class FigureTest {
  @TempDir Path folder;

  private static final List<String> AXES = List.of("velocity x (cm/s)", "velocity y (cm/s)");

  // Below these rows there is no patch of the legend's in a plot's colour.
  private static final int LEGEND = 40;

  @Test
  void trajectoriesNameTheirAxesAndLines() throws Exception {
    Figure figure = Trajectories.overTime(Examples.velocity(), AXES, FigureSize.PAGE);
    assertThat(Examples.texts(Examples.parse(figure.toSvg()), "text"))
        .contains("velocity x (cm/s)", "velocity y (cm/s)", "time (s)")
        .contains("decoded", "decoded ± 2 sd", "true");
    BufferedImage image = figure.toImage(1);
    assertThat(count(image, Palette.BLUE)).isGreaterThan(200);
    assertThat(count(image, Palette.INK)).isGreaterThan(200);
    assertThat(count(image, new Color(0xC9E1F2))).isGreaterThan(200);
  }

  @Test
  void trajectoriesWithoutTruthOrDeviationsSaySo() throws Exception {
    Estimate.Gaussian still = new Estimate.Gaussian(new double[] {1, 2}, new double[] {4, 0, 0, 9});
    Trajectory run = Trajectory.of(new double[] {0, 1}, List.of(still, still), null);
    assertThat(run.deviation(1, 1)).isEqualTo(3);
    assertThat(run.hasTruth()).isFalse();
    Figure figure = Trajectories.overTime(run, AXES, FigureSize.COLUMN);
    assertThat(Examples.texts(Examples.parse(figure.toSvg()), "text")).doesNotContain("true");
    assertThat(figure.description())
        .isEqualTo(
            "Decoded velocity x (cm/s), velocity y (cm/s) over 1.0 seconds, one panel each.");
  }

  @Test
  void aPathHasUnitsOfEqualLength() throws Exception {
    List<Disc> target = List.of(new Disc(0, 0, 5));
    double[][] path = {{-9, 0}, {9, 0}};
    Trajectory run = new Trajectory(new double[] {0, 1}, path, null, null);
    Figure figure = Trajectories.path(run, target, "cm", FigureSize.SCREEN);
    BufferedImage image = figure.toImage(1);
    Color fill = new Color(0xFBE9C6);
    int width = 0;
    int height = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      width += has(image, fill, x, x + 1, LEGEND, image.getHeight()) ? 1 : 0;
    }
    for (int y = LEGEND; y < image.getHeight(); y++) {
      height += has(image, fill, 0, image.getWidth(), y, y + 1) ? 1 : 0;
    }
    assertThat(height).isGreaterThan(100);
    assertThat((double) width / height).isBetween(0.97, 1.03);
    assertThat(Examples.texts(Examples.parse(figure.toSvg()), "text"))
        .contains("x (cm)", "y (cm)", "target", "decoded", "start")
        .doesNotContain("true");
  }

  @Test
  void latenciesShowMedianAndTail() throws Exception {
    double[] micros = new double[100];
    for (int i = 0; i < micros.length; i++) {
      micros[i] = 100 + i;
    }
    Figure figure = LatencyFigure.histogram(micros, FigureSize.COLUMN);
    assertThat(Examples.texts(Examples.parse(figure.toSvg()), "text"))
        .contains("p50 149 µs", "p99 198 µs", "latency (µs, logarithmic)", "100", "1,000");
    assertThat(figure.description())
        .isEqualTo(
            "Histogram of 100 latencies: half are at most 149 microseconds, 99 in 100 at most 198"
                + " microseconds, the longest 199.");
  }

  @Test
  void aSessionsHistogramAgreesWithItsQuantiles() {
    LatencyHistogram counted = new LatencyHistogram();
    for (int i = 1; i <= 2000; i++) {
      counted.record(i * 1000L);
    }
    String p99 = String.format(Locale.ROOT, "%,.0f", counted.quantileNanos(0.99) / 1e3);
    assertThat(LatencyFigure.histogram(counted, FigureSize.COLUMN).description())
        .startsWith("Histogram of 2000 latencies: half are at most 1,0")
        .contains("99 in 100 at most " + p99 + " microseconds")
        .endsWith("the longest 2,000.");
  }

  @Test
  void barsCarryTheirValues() throws Exception {
    List<BarComparison.Bar> bars =
        List.of(
            new BarComparison.Bar("Kalman", 0.765, 0.74, 0.79),
            new BarComparison.Bar("DKF", 0.618));
    Figure figure =
        BarComparison.of(
            "nRMSE",
            BarComparison.Better.LOWER,
            bars,
            new BarComparison.Reference(1, "predicting zero"),
            FigureSize.COLUMN);
    assertThat(Examples.texts(Examples.parse(figure.toSvg()), "text"))
        .contains("Kalman", "DKF", "0.765", "0.618", "nRMSE, lower is better")
        .contains("predicting zero (1.000)");
    BufferedImage image = figure.toImage(1);
    // The best alone is dark; the other is longer.
    assertThat(count(image, Palette.SKY)).isGreaterThan(count(image, Palette.BLUE));
    assertThat(count(image, Palette.BLUE)).isGreaterThan(1000);
    assertThat(figure.description())
        .isEqualTo(
            "Bars of nRMSE (lower is better): Kalman 0.765, DKF 0.618; predicting zero 1.000.");
  }

  @Test
  void directionsWrapAround() {
    double[][] truth = {{-1, 0.1}, {-1, 0.1}, {0, 0}};
    double[][] decoded = {{-1, -0.1}, {-1, 0.1}, {1, 0}};
    Trajectory run = new Trajectory(new double[] {0, 1, 2}, decoded, truth, null);
    // 2 atan 0.1 = 11.4 degrees and 0: not 348.6.
    assertThat(DirectionFigure.angularErrors(run, FigureSize.COLUMN).description())
        .isEqualTo(
            "Histogram of 2 angular errors; their mean size (MAAE) is 5.7 degrees, which is 0.100"
                + " radians; guessing gives 90 degrees.");
  }

  @Test
  void fittsLineIsSaidAndDrawnOverASeriesASize() throws Exception {
    List<FittsFigure.Size> sizes =
        List.of(
            new FittsFigure.Size("1.6 cm", List.of(new double[] {3, 2}, new double[] {2.5, 1.8})),
            new FittsFigure.Size("3.5 cm", List.of(new double[] {2, 1.5})));
    Figure figure = FittsFigure.of(sizes, 0.5, 0.5, FigureSize.PAGE);
    assertThat(figure.description())
        .isEqualTo(
            "Movement time over index of difficulty of 3 trials with targets of 2 sizes; the line"
                + " is 0.50 s + 0.50 s a bit times ID.");
    assertThat(Examples.texts(Examples.parse(figure.toSvg()), "text"))
        .contains("1.6 cm", "3.5 cm", "MT = a + b ID", "index of difficulty (bits)");
    Figure plain = FittsFigure.of(sizes, Double.NaN, Double.NaN, FigureSize.PAGE);
    assertThat(plain.description()).endsWith("2 sizes.");
    assertThat(Examples.texts(Examples.parse(plain.toSvg()), "text"))
        .doesNotContain("MT = a + b ID");
    assertThatThrownBy(() -> FittsFigure.of(List.of(), 0, 0, FigureSize.PAGE))
        .hasMessage("Fitts' figure needs a trial; trials=0");
  }

  @Test
  void theSameFigureGivesTheSameSvgAndUniqueIds() throws Exception {
    String one = Trajectories.overTime(Examples.velocity(), AXES, FigureSize.PAGE).toSvg();
    String two = Trajectories.overTime(Examples.velocity(), AXES, FigureSize.PAGE).toSvg();
    assertThat(two).isEqualTo(one);
    assertThat(one).doesNotContain("DOCTYPE").contains("role=\"img\"");
    Document document = Examples.parse(one);
    assertThat(Examples.texts(document, "title")).hasSize(1);
    assertThat(document.getDocumentElement().getAttribute("aria-labelledby")).isEqualTo("f-title");
  }

  @Test
  void everyTextHasItsSizeAndWidth() throws Exception {
    Figure figure =
        new Figure(
            "a word", new FigureSize(200, 100, 12), (g, w, h) -> g.drawString("<word>", 9, 30));
    String svg = figure.toSvg();
    assertThat(svg).contains("font-size:12.0px;").contains("textLength=").contains("&lt;word&gt;");
  }

  @Test
  void picturesScale() throws Exception {
    Figure figure = Trajectories.overTime(Examples.velocity(), AXES, FigureSize.COLUMN);
    Path file = folder.resolve("new/folder/figure.png");
    figure.writePng(file, 2);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(642);
    assertThat(image.getHeight()).isEqualTo(484);
    assertThatThrownBy(() -> figure.toImage(0))
        .hasMessage("a picture has 1 to 100000000 pixels; scale=0.0");
  }

  @Test
  void filesAreNotOverwrittenUnlessTold() throws Exception {
    Figure figure = new Figure("nothing", FigureSize.COLUMN, (g, w, h) -> {});
    Path file = folder.resolve("figure.svg");
    figure.writeSvg(file);
    byte[] before = Files.readAllBytes(file);
    Figure other = figure.describedAs("something else");
    assertThatThrownBy(() -> other.writeSvg(file))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + ": exists and is not overwritten; choose another name or add --force");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    other.writeSvg(file, IfExists.REPLACE);
    assertThat(Files.readString(file)).contains("something else");
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    double[][] rows = {{1}, {2}};
    assertThatThrownBy(() -> new Trajectory(new double[] {0, 0}, rows, null, null))
        .hasMessage("seconds must ascend; seconds[1]=0.0 after 0.0");
    assertThatThrownBy(() -> new Trajectory(new double[] {0, 1, 2}, rows, null, null))
        .hasMessage("decoded must have a row a bin; bins=3, rows=2");
    Trajectory line = new Trajectory(new double[] {0, 1}, rows, null, null);
    assertThatThrownBy(() -> Trajectories.overTime(line, AXES, FigureSize.PAGE))
        .hasMessage("axes must name every dimension; d=1, names=2");
    assertThatThrownBy(() -> Trajectories.path(line, List.of(), "cm", FigureSize.PAGE))
        .hasMessage("a path lies in the plane; d=1");
    assertThatThrownBy(() -> LatencyFigure.histogram(new double[0], FigureSize.PAGE))
        .hasMessage("a histogram needs at least one latency; latencies=0");
    assertThatThrownBy(() -> new FigureSize(50, 200, 10))
        .hasMessage("a figure is 100 to 10000 pixels a side; width=50, height=200");
  }

  private static int count(BufferedImage image, Color color) {
    int n = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        n += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return n;
  }

  private static boolean has(BufferedImage image, Color c, int x0, int x1, int y0, int y1) {
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        if (image.getRGB(x, y) == c.getRGB()) {
          return true;
        }
      }
    }
    return false;
  }
}
