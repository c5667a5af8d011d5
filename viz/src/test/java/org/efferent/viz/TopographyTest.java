package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class TopographyTest {
  private static final Topography.Options PLAIN = new Topography.Options("unit (x)", null, false);
  private static final Offset<Double> CLOSE = Offset.offset(1e-9);

  // Left, right, back, front: as a layout scales them.
  private static final double[] CROSS = {0, 0.5, 1, 0.5, 0.5, 0, 0.5, 1};

  private static Figure figure(double[] positions, Topography.Options options, double... values) {
    return Topography.of(
        HeadSensors.of(positions),
        List.of(new Topography.Map("title", values)),
        options,
        FigureSize.SCREEN);
  }

  @Test
  void theMapIsRedWhereTheValueIsPositiveAndTheNoseIsUp() {
    BufferedImage image = figure(CROSS, PLAIN, 1, -1, 0, 0).toImage(1);
    assertThat(reddest(image, true)[0]).isLessThan(reddest(image, false)[0] - 200);
    image = figure(CROSS, PLAIN, 0, 0, -1, 1).toImage(1);
    assertThat(reddest(image, true)[1]).isLessThan(reddest(image, false)[1] - 200);
  }

  /** The mean place of the pixels that are red, or blue, left of the colour bar. */
  private static double[] reddest(BufferedImage image, boolean red) {
    double x = 0;
    double y = 0;
    int n = 0;
    for (int j = 0; j < image.getHeight(); j++) {
      for (int i = 0; i < 690; i++) {
        Color c = new Color(image.getRGB(i, j));
        int lead = c.getRed() - c.getBlue();
        if (red ? lead > 60 : lead < -60) {
          x += i;
          y += j;
          n++;
        }
      }
    }
    assertThat(n).isGreaterThan(1000);
    return new double[] {x / n, y / n};
  }

  @Test
  void everyOddCaseIsDrawn() throws Exception {
    for (double[] positions :
        List.of(
            new double[] {0.5, 0.5},
            new double[] {0, 0, 1, 1},
            new double[] {0, 0.5, 0.5, 0.5, 1, 0.5},
            new double[] {3, 3, 3, 3, 3, 3, 3, 3},
            new double[] {Double.NaN, 0, 1, Double.NaN})) {
      for (double value : new double[] {0, 2, Double.NaN}) {
        double[] values = new double[positions.length / 2];
        Arrays.fill(values, value);
        Figure figure = figure(positions, Topography.Options.diverging("x"), values);
        assertThat(figure.toImage(1).getWidth()).isEqualTo(960);
        Examples.parse(figure.toSvg());
      }
    }
    Figure same = figure(CROSS, PLAIN, 3, 3, 3, 3);
    assertThat(same.description()).contains("title from 3 to 3.");
    // A red head: equal values are a flat surface.
    Color middle = new Color(same.toImage(1).getRGB(380, 330));
    assertThat(middle).isEqualTo(ColorScale.divergingOver(0, 3).at(3));
  }

  @Test
  void sensorsLieInTheHeadsCircleInWhateverUnit() {
    HeadSensors metres = HeadSensors.of(new double[] {-0.2, 0.1, 0.2, 0.1, 0, 0.3, 0, -0.1});
    assertThat(metres.x(0)).isCloseTo(-0.95, CLOSE);
    assertThat(metres.y(0)).isCloseTo(0, CLOSE);
    assertThat(metres.y(2)).isCloseTo(0.95, CLOSE);
    HeadSensors masked =
        HeadSensors.of(
            new double[] {0, 0, 1, 0, 0.5, 1, -0.1, -0.1}, new boolean[] {true, true, true, false});
    assertThat(masked.placed(3)).isFalse();
    assertThat(masked.x(0)).isCloseTo(-masked.x(1), CLOSE);
    HeadSensors known = HeadSensors.onHead(new double[] {5, 5}, 3, 5, 4);
    assertThat(known.x(0)).isEqualTo(0.5);
    assertThatThrownBy(() -> HeadSensors.onHead(new double[] {5, 5}, 0, 5, 1))
        .hasMessage("a sensor lies within two radii of the head's centre; sensor=0, radii=5");
    assertThatThrownBy(() -> HeadSensors.of(new double[] {1, 2, 3}))
        .hasMessage("positions are pairs, at least one; numbers=3");
    assertThatThrownBy(() -> HeadSensors.of(new double[] {1, 2}, new boolean[2]))
        .hasMessage("placed must say it of every sensor; sensors=1, placed=2");
  }

  @Test
  void aDotIsWhereASensorIs() {
    Topography.Options options = new Topography.Options("x", ColorScale.diverging(0, 1), false);
    BufferedImage image = figure(new double[] {0.2, 0.4}, options, 0.2).toImage(1);
    BufferedImage none = figure(new double[] {Double.NaN, 0.4}, options, 0.2).toImage(1);
    int x = 0;
    int y = 0;
    int n = 0;
    for (int j = 120; j < 500; j++) { // below the title, above the circle's lower edge
      for (int i = 250; i < 530; i++) {
        boolean dark = image.getRGB(i, j) == Palette.INK.getRGB();
        if (dark && none.getRGB(i, j) != Palette.INK.getRGB()) {
          x += i;
          y += j;
          n++;
        }
      }
    }
    assertThat(n).isBetween(8, 60);
    // One sensor is the middle of its own extent: the centre between the ears.
    int[] ears = extent(none, 300);
    assertThat((double) x / n).isCloseTo((ears[0] + ears[1]) / 2.0, Offset.offset(2.0));
    assertThat((double) y / n).isBetween(250.0, 320.0);
  }

  /** The first and the last dark pixel of a row, left of the colour bar. */
  private static int[] extent(BufferedImage image, int row) {
    int first = -1;
    int last = -1;
    for (int i = 0; i < 690; i++) {
      if (new Color(image.getRGB(i, row)).getRed() < 100) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    return new int[] {first, last};
  }

  @Test
  void mapsShareAScaleAndSaySoInWords() throws Exception {
    HeadSensors sensors = HeadSensors.of(new double[] {0, 0, 1, 0, 0.5, 1, Double.NaN, 0});
    List<Topography.Map> maps =
        List.of(
            new Topography.Map("0 ms", new double[] {0.1, 0, 0, 99}),
            new Topography.Map("100 ms", new double[] {-0.4, Double.NaN, 0.3, 99}));
    Figure figure =
        Topography.of(sensors, maps, Topography.Options.diverging("loss (nats)"), FigureSize.PAGE);
    assertThat(figure.description())
        .isEqualTo(
            "2 maps of a head from above with 3 sensors, loss (nats): 0 ms from 0 to 0.1; 100 ms"
                + " from -0.4 to 0.3. Left out for want of a place: 1. Missing values: 1.");
    String svg = figure.toSvg();
    assertThat(Examples.texts(Examples.parse(svg), "text"))
        .contains("0 ms", "100 ms", "loss (nats)", "\u22120.4", "0.0", "0.2");
    assertThat(svg).contains("data:image/png;base64,").isEqualTo(figure.toSvg());
  }

  @Test
  void whatIsNoMapIsRefused() {
    HeadSensors sensors = HeadSensors.of(CROSS);
    assertThatThrownBy(() -> Topography.of(sensors, List.of(), PLAIN, FigureSize.PAGE))
        .hasMessage("a topography needs at least one map; maps=0");
    List<Topography.Map> three = List.of(new Topography.Map("m", new double[3]));
    assertThatThrownBy(() -> Topography.of(sensors, three, PLAIN, FigureSize.PAGE))
        .hasMessage("a map has a value a sensor; map=m, values=3, sensors=4");
    double[] infinite = {0, Double.POSITIVE_INFINITY};
    assertThatThrownBy(() -> new Topography.Map("m", infinite))
        .hasMessage("values are finite, or NaN where none is known; values[1]=Infinity");
  }
}
