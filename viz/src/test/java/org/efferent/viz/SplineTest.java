package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The thin plate that the dashboard's map of channels is drawn with. */
final class SplineTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-9);

  @Test
  void theSurfaceGoesThroughTheValues() {
    double[] x = {-0.5, 0.5, 0, 0.1, 0.7};
    double[] y = {0.2, 0.3, -0.6, 0.8, -0.4};
    double[] values = {1, -2, 3, 0.5, 4};
    Spline spline = new Spline(x, y, values);
    for (int i = 0; i < x.length; i++) {
      assertThat(spline.at(x[i], y[i])).isCloseTo(values[i], CLOSE);
    }
    // A plane is as smooth as a surface can be.
    double[] plane = new double[x.length];
    Arrays.setAll(plane, i -> 2 + 3 * x[i] - y[i]);
    assertThat(new Spline(x, y, plane).at(-0.9, -0.9)).isCloseTo(2 - 2.7 + 0.9, CLOSE);
  }

  @Test
  void fewSensorsOnOnePlaceOrOnALineMakeASurface() {
    Spline one = new Spline(new double[] {0.3}, new double[] {0.1}, new double[] {7});
    assertThat(one.at(-1, 1)).isCloseTo(7, CLOSE);
    Spline two = new Spline(new double[] {-1, 1}, new double[] {0, 0}, new double[] {0, 4});
    assertThat(two.at(0, 0.5)).isCloseTo(2, CLOSE);
    double[] line = {-0.6, -0.2, 0.2, 0.6};
    Spline four = new Spline(line, line, new double[] {1, 5, 2, 3});
    assertThat(four.at(-0.2, -0.2)).isCloseTo(5, CLOSE);
    assertThat(four.at(0.5, -0.5)).isCloseTo(four.at(-0.5, 0.5), CLOSE);
    // Hardly off a line is on it: no steep slope across.
    double[] nearly = {-0.6, -0.21, 0.21, 0.6};
    Spline almost = new Spline(nearly, line, new double[] {1, 5, 2, 3});
    assertThat(almost.at(-0.205, -0.205)).isCloseTo(5, Offset.offset(0.2));
    assertThat(almost.at(-0.9, 0.9)).isBetween(-5.0, 10.0);
    Spline narrow =
        new Spline(new double[] {0, 0, 1}, new double[] {0, 0.012, 0}, new double[] {1, 3, 0});
    assertThat(narrow.at(0, 0)).isCloseTo(2, Offset.offset(0.01));
    // Two at one place count as their mean.
    double[] x = {0, 0, 1, 0};
    double[] y = {0, 0, 0, 1};
    assertThat(new Spline(x, y, new double[] {1, 3, 0, 0}).at(0, 0)).isCloseTo(2, CLOSE);
    Spline equal = new Spline(x, y, new double[] {5, 5, 5, 5});
    assertThat(equal.at(0.4, -0.9)).isCloseTo(5, CLOSE);
  }
}
