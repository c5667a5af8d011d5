package org.efferent.viz;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A matrix as a field of colours: how well a decoder of one time reads another, how unlike two
 * items' representations are.
 */
public final class MatrixFigure {
  /**
   * One side of the matrix.
   *
   * @param label what it is and its unit, "time of training (s)"; may be empty
   * @param first value of the first row or column
   * @param last value of the last row or column; above the first, or the same for a single one
   * @param names of the rows or columns instead of values; empty for values
   */
  public record Axis(String label, double first, double last, List<String> names) {
    /** Copies the names, checks the values. */
    public Axis {
      Objects.requireNonNull(label, "label");
      names = List.copyOf(names);
      if (!(Double.isFinite(first) && Double.isFinite(last) && last >= first)) {
        throw new IllegalArgumentException(
            "an axis ascends; " + label + ": first=" + first + ", last=" + last);
      }
    }

    /**
     * An axis of evenly spaced values; rows of such an axis go upwards.
     *
     * @param label what it is and its unit
     * @param first value of the first row or column
     * @param last value of the last
     * @return the axis
     */
    public static Axis values(String label, double first, double last) {
      return new Axis(label, first, last, List.of());
    }

    /**
     * An axis of named rows or columns; rows of such an axis go downwards.
     *
     * @param label what they are; may be empty
     * @param names one a row or column, in order
     * @return the axis
     */
    public static Axis names(String label, List<String> names) {
      return new Axis(label, 0, Math.max(0, names.size() - 1), names);
    }
  }

  /**
   * How the matrix is drawn.
   *
   * @param unit what the colours mean and its unit, "accuracy (%)"
   * @param scale null for as far as the values go: around the reference, or light for high values
   *     without one
   * @param reference the level of chance or the like, white, dashed in the colour bar; NaN for none
   * @param referenceLabel what the reference means, "chance"; read in the figure's words
   * @param diagonal whether the cells where row and column are the same are marked by a line
   */
  public record Options(
      String unit, ColorScale scale, double reference, String referenceLabel, boolean diagonal) {
    /** Checks the words. */
    public Options {
      Objects.requireNonNull(unit, "unit");
      Objects.requireNonNull(referenceLabel, "referenceLabel");
      if (Double.isInfinite(reference)) {
        throw new IllegalArgumentException(
            "a reference is finite, or NaN for none; reference=" + reference);
      }
    }

    /**
     * Light for high values.
     *
     * @param unit what the colours mean and its unit
     * @return options without a reference and a diagonal
     */
    public static Options of(String unit) {
      return new Options(unit, null, Double.NaN, "", false);
    }

    /**
     * Red above a reference, blue below it, and the diagonal: temporal generalisation.
     *
     * @param unit what the colours mean and its unit
     * @param reference the level of chance
     * @param label what it means, "chance"
     * @return options
     */
    public static Options around(String unit, double reference, String label) {
      return new Options(unit, null, reference, label, true);
    }
  }

  // How much of a side names may take; longer ones are cut.
  private static final double NAMES = 0.22;
  private static final Color MISSING = new Color(0xBDBDBD);

  private final double[][] values;
  private final Axis rows;
  private final Axis columns;
  private final Options options;
  private final ColorScale scale;
  private final FigureSize size;

  private MatrixFigure(
      double[][] values, Axis rows, Axis columns, Options options, FigureSize size) {
    this.values = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    this.rows = rows;
    this.columns = columns;
    this.options = options;
    this.size = size;
    double[] all = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    scale =
        options.scale() != null
            ? options.scale()
            : Double.isNaN(options.reference())
                ? ColorScale.sequentialOver(all)
                : ColorScale.divergingOver(options.reference(), all);
  }

  /**
   * A field of colours; square cells where the matrix has as many rows as columns.
   *
   * @param values {@code [rows][columns]}; copied; NaN is a missing value, drawn grey
   * @param rows up the left side
   * @param columns below
   * @param options unit, colours, reference, diagonal
   * @param size of the figure
   * @return the figure
   */
  public static Figure of(
      double[][] values, Axis rows, Axis columns, Options options, FigureSize size) {
    if (values.length == 0 || values[0].length == 0) {
      throw new IllegalArgumentException("a matrix has a row and a column; rows=" + values.length);
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i].length != values[0].length) {
        throw new IllegalArgumentException(
            "rows are equally long; row 0=%d, row %d=%d"
                .formatted(values[0].length, i, values[i].length));
      }
      for (int j = 0; j < values[i].length; j++) {
        if (Double.isInfinite(values[i][j])) {
          throw new IllegalArgumentException(
              "values are finite, or NaN where missing; values[%d][%d]=%s"
                  .formatted(i, j, values[i][j]));
        }
      }
    }
    checkNames(rows, values.length);
    checkNames(columns, values[0].length);
    MatrixFigure matrix = new MatrixFigure(values, rows, columns, options, size);
    return new Figure(words(matrix.values, rows, columns, options), size, matrix::paint);
  }

  private static void checkNames(Axis axis, int count) {
    if (!axis.names().isEmpty() && axis.names().size() != count) {
      throw new IllegalArgumentException(
          "an axis names every row or column; %s: names=%d, needed=%d"
              .formatted(axis.label(), axis.names().size(), count));
    }
  }

  private void paint(Graphics2D g, int width, int height) {
    double f = size.fontSize();
    MatrixAxis left = new MatrixAxis(rows, values.length, size);
    MatrixAxis below = new MatrixAxis(columns, values[0].length, size);
    ColorBar bar = new ColorBar(scale, options.unit(), options.reference(), size);
    double top = f * 0.9;
    double right = bar.width(height * 0.8) + f * 2;
    double x = left.leftRoom(width * NAMES) + f * 0.4;
    double roomX = Math.max(f, width - x - right);
    double roomY = Math.max(f, height - top - below.belowRoom(height * NAMES, roomX) - f * 0.4);
    double fieldWidth = roomX;
    double fieldHeight = roomY;
    if (values.length == values[0].length) {
      fieldWidth = Math.min(roomX, roomY);
      fieldHeight = fieldWidth;
      x += (roomX - fieldWidth) / 2;
      top += (roomY - fieldHeight) / 2;
    }
    double density = Pixels.density(g);
    BufferedImage cells =
        cells((int) Math.ceil(fieldWidth * density), (int) Math.ceil(fieldHeight * density));
    Pixels.draw(g, cells, x, top, fieldWidth, fieldHeight);
    if (options.diagonal()) {
      double from = upwards() ? top + fieldHeight : top;
      g.setColor(Palette.INK);
      g.setStroke(Charts.stroke(size, 0.8));
      g.draw(new Line2D.Double(x, from, x + fieldWidth, 2 * top + fieldHeight - from));
    }
    g.setColor(Palette.GREY);
    g.setStroke(Charts.stroke(size, 0.6));
    g.draw(new Rectangle2D.Double(x, top, fieldWidth, fieldHeight));
    left.paintLeft(g, x, top, fieldHeight, width * NAMES);
    below.paintBelow(g, x, top + fieldHeight, fieldWidth, height * NAMES);
    bar.paint(g, x + fieldWidth + f * 1.2, top, fieldHeight);
  }

  private boolean upwards() {
    return rows.names().isEmpty();
  }

  /** A pixel is the mean of the cells that it covers, one where cells are larger. */
  private BufferedImage cells(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int n = values.length;
    for (int py = 0; py < height; py++) {
      int line = upwards() ? height - 1 - py : py;
      int row = (int) ((long) line * n / height);
      int rowEnd = Math.max(row + 1, (int) ((long) (line + 1) * n / height));
      for (int px = 0; px < width; px++) {
        int m = values[0].length;
        int column = (int) ((long) px * m / width);
        int columnEnd = Math.max(column + 1, (int) ((long) (px + 1) * m / width));
        double mean = mean(row, rowEnd, column, columnEnd);
        image.setRGB(px, py, Double.isNaN(mean) ? MISSING.getRGB() : scale.rgb(mean));
      }
    }
    return image;
  }

  private double mean(int row, int rowEnd, int column, int columnEnd) {
    double sum = 0;
    int n = 0;
    for (int i = row; i < rowEnd; i++) {
      for (int j = column; j < columnEnd; j++) {
        if (!Double.isNaN(values[i][j])) {
          sum += values[i][j];
          n++;
        }
      }
    }
    return n == 0 ? Double.NaN : sum / n;
  }

  private static String words(double[][] values, Axis rows, Axis columns, Options options) {
    double[] known =
        Arrays.stream(values)
            .flatMapToDouble(Arrays::stream)
            .filter(v -> !Double.isNaN(v))
            .sorted()
            .toArray();
    StringBuilder words = new StringBuilder("A matrix");
    words.append(options.unit().isEmpty() ? "" : " of " + options.unit());
    words.append(", %d rows".formatted(values.length));
    words.append(rows.label().isEmpty() ? "" : " (" + rows.label() + ")");
    words.append(" by %d columns".formatted(values[0].length));
    words.append(columns.label().isEmpty() ? "" : " (" + columns.label() + ")");
    words.append(
        known.length == 0
            ? ", without a value"
            : ", from " + Ticks.words(known[0]) + " to " + Ticks.words(known[known.length - 1]));
    if (!Double.isNaN(options.reference())) {
      words.append("; ").append(options.referenceLabel());
      words.append(options.referenceLabel().isEmpty() ? "the reference is " : " is ");
      words.append(Ticks.words(options.reference()));
    }
    long missing = (long) values.length * values[0].length - known.length;
    return words.append(missing == 0 ? "." : ". Missing values: " + missing + ".").toString();
  }
}
