package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MatrixFigureTest {
  private static final MatrixFigure.Axis TRAIN =
      MatrixFigure.Axis.values("time of training (s)", 0, 0.2);
  private static final MatrixFigure.Axis TEST =
      MatrixFigure.Axis.values("time of testing (s)", 0, 0.2);
  private static final double[][] VALUES = {
    {0.9, 0.5, 0.1}, {0.5, 0.9, Double.NaN}, {0.3, 0.5, 0.7}
  };

  /** The left and right edge of the field along a row of pixels: its grey frame. */
  private static int[] field(BufferedImage image, Color first) {
    int left = -1;
    int top = -1;
    for (int y = 0; y < image.getHeight() && left < 0; y++) {
      for (int x = 0; x < image.getWidth() && left < 0; x++) {
        if (image.getRGB(x, y) == first.getRGB()) {
          left = x;
          top = y;
        }
      }
    }
    return new int[] {left, top};
  }

  @Test
  void cellsHaveTheirColoursAndValuesGoUpwards() {
    MatrixFigure.Options options =
        new MatrixFigure.Options("accuracy", ColorScale.sequential(0, 1), Double.NaN, "", false);
    BufferedImage image =
        MatrixFigure.of(VALUES, TRAIN, TEST, options, FigureSize.SCREEN).toImage(1);
    ColorScale scale = options.scale();
    int[] corner = field(image, scale.at(0.3)); // the last row is the upper one
    int side = 0;
    while (image.getRGB(corner[0] + side + 1, corner[1]) == scale.at(0.3).getRGB()) {
      side++;
    }
    assertThat(side).isGreaterThan(100);
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        int x = corner[0] + (int) ((column + 0.5) * side);
        int y = corner[1] + (int) ((2 - row + 0.5) * side);
        double value = VALUES[row][column];
        Color expected = Double.isNaN(value) ? new Color(0xBDBDBD) : scale.at(value);
        assertThat(new Color(image.getRGB(x, y))).as("%d, %d", row, column).isEqualTo(expected);
      }
    }
  }

  @Test
  void namedRowsGoDownwards() {
    double[][] two = {{0, 1}, {1, 0.5}};
    MatrixFigure.Axis names = MatrixFigure.Axis.names("", List.of("dog", "cat"));
    MatrixFigure.Options options = MatrixFigure.Options.of("dissimilarity");
    BufferedImage image = MatrixFigure.of(two, names, names, options, FigureSize.SCREEN).toImage(1);
    int[] upper = field(image, ColorScale.sequential(0, 1).at(0));
    int[] lower = field(image, ColorScale.sequential(0, 1).at(0.5));
    assertThat(lower[1]).isGreaterThan(upper[1] + 100);
  }

  @Test
  void theReferenceIsWhiteAndTheDiagonalIsDrawn() {
    double[][] flat = {{0.5, 0.5}, {0.5, 0.9}};
    MatrixFigure.Options options = MatrixFigure.Options.around("accuracy (share)", 0.5, "chance");
    Figure figure = MatrixFigure.of(flat, TRAIN, TEST, options, FigureSize.SCREEN);
    assertThat(figure.description())
        .isEqualTo(
            "A matrix of accuracy (share), 2 rows (time of training (s)) by 2 columns (time of"
                + " testing (s)), from 0.5 to 0.9; chance is 0.5.");
    BufferedImage with = figure.toImage(1);
    BufferedImage without =
        MatrixFigure.of(
                flat,
                TRAIN,
                TEST,
                new MatrixFigure.Options("accuracy (share)", null, 0.5, "chance", false),
                FigureSize.SCREEN)
            .toImage(1);
    int[] white = field(without, ColorScale.diverging(0.5, 0.4).at(0.5));
    assertThat(white[0]).isPositive();
    // From the lower left to the upper right.
    int rising = 0;
    int first = -1;
    for (int y = with.getHeight() - 1; y >= 0; y--) {
      int at = difference(with, without, y);
      if (at >= 0) {
        rising += first >= 0 && at >= first ? 1 : 0;
        first = at;
      }
    }
    assertThat(rising).isGreaterThan(300);
  }

  private static int difference(BufferedImage a, BufferedImage b, int y) {
    for (int x = 0; x < a.getWidth(); x++) {
      if (a.getRGB(x, y) != b.getRGB(x, y)) {
        return x;
      }
    }
    return -1;
  }

  @Test
  void axesAndColourBarAreLabelled() throws Exception {
    Figure figure =
        MatrixFigure.of(
            VALUES,
            TRAIN,
            TEST,
            MatrixFigure.Options.around("accuracy (share)", 0.5, "chance"),
            FigureSize.COLUMN);
    assertThat(figure.description()).endsWith("chance is 0.5. Missing values: 1.");
    String svg = figure.toSvg();
    assertThat(Examples.texts(Examples.parse(svg), "text"))
        .contains("time of training (s)", "time of testing (s)", "accuracy (share)")
        .contains("0.00", "0.05", "0.20") // seconds
        .contains("0.1", "0.5", "0.9"); // colours
    List<String> names = List.of("a name that is long enough to be cut somewhere", "b", "c");
    Figure named =
        MatrixFigure.of(
            VALUES,
            MatrixFigure.Axis.names("items", names),
            MatrixFigure.Axis.names("", names),
            MatrixFigure.Options.of(""),
            FigureSize.COLUMN);
    assertThat(Examples.texts(Examples.parse(named.toSvg()), "text"))
        .contains("items", "b", "c")
        .anyMatch(t -> t.startsWith("a name") && t.endsWith("\u2026"));
  }

  @Test
  void largeAndOddMatricesAreDrawn() throws Exception {
    double[][] large = new double[1500][1500];
    large[3][7] = 1;
    MatrixFigure.Options options = MatrixFigure.Options.of("x");
    assertThat(
            MatrixFigure.of(large, TRAIN, TEST, options, FigureSize.COLUMN).toImage(1).getWidth())
        .isEqualTo(FigureSize.COLUMN.width());
    double[][] missing = {{Double.NaN}};
    Figure empty = MatrixFigure.of(missing, TRAIN, TEST, options, FigureSize.COLUMN);
    assertThat(empty.description()).endsWith("without a value. Missing values: 1.");
    Examples.parse(empty.toSvg());
  }

  @Test
  void whatIsNoMatrixIsRefused() {
    MatrixFigure.Options options = MatrixFigure.Options.of("x");
    double[][] ragged = {{1, 2}, {3}};
    assertThatThrownBy(() -> MatrixFigure.of(ragged, TRAIN, TEST, options, FigureSize.PAGE))
        .hasMessage("rows are equally long; row 0=2, row 1=1");
    double[][] infinite = {{Double.NEGATIVE_INFINITY}};
    assertThatThrownBy(() -> MatrixFigure.of(infinite, TRAIN, TEST, options, FigureSize.PAGE))
        .hasMessage("values are finite, or NaN where missing; values[0][0]=-Infinity");
    MatrixFigure.Axis names = MatrixFigure.Axis.names("items", List.of("a"));
    assertThatThrownBy(() -> MatrixFigure.of(VALUES, names, TEST, options, FigureSize.PAGE))
        .hasMessage("an axis names every row or column; items: names=1, needed=3");
    assertThatThrownBy(
            () -> MatrixFigure.of(new double[0][], TRAIN, TEST, options, FigureSize.PAGE))
        .hasMessage("a matrix has a row and a column; rows=0");
  }
}
