package org.efferent.viz;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Movement time over index of difficulty, a mark a trial, with Fitts' line. */
public final class FittsFigure {
  private static final Color[] COLORS = {Palette.BLUE, Palette.VERMILLION, Palette.GREEN};

  /**
   * The trials of one target size.
   *
   * @param name of the size, "1.6 cm"
   * @param points {@code [trials][2]}: difficulty in bits, movement time in seconds
   */
  public record Size(String name, List<double[]> points) {
    /** Copies the list; its points must not be changed. */
    public Size {
      points = List.copyOf(points);
    }
  }

  private FittsFigure() {}

  /**
   * A scatter plot; sizes differ by shape as well as by colour.
   *
   * @param sizes from the smallest, at least one trial in all
   * @param interceptSeconds of the line MT = a + b ID; NaN for no line
   * @param slopeSecondsPerBit of the line
   * @param size of the figure
   * @return the figure
   */
  public static Figure of(
      List<Size> sizes, double interceptSeconds, double slopeSecondsPerBit, FigureSize size) {
    int trials = sizes.stream().mapToInt(s -> s.points().size()).sum();
    if (trials == 0) {
      throw new IllegalArgumentException("Fitts' figure needs a trial; trials=0");
    }
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    LegendItemCollection legend = new LegendItemCollection();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < sizes.size(); i++) {
      XYSeries series = new XYSeries(i, false);
      for (double[] point : sizes.get(i).points()) {
        series.add(point[0], point[1], false);
        low = Math.min(low, point[0]);
        high = Math.max(high, point[0]);
      }
      data.addSeries(series);
      Shape shape = shape(i, size.fontSize() * 0.32);
      Color color = COLORS[i % COLORS.length];
      renderer.setSeriesShape(i, shape);
      renderer.setSeriesPaint(i, color);
      legend.add(new LegendItem(sizes.get(i).name(), null, null, null, shape, color));
    }
    if (!Double.isNaN(interceptSeconds) && !Double.isNaN(slopeSecondsPerBit)) {
      int i = sizes.size();
      XYSeries line = new XYSeries("line", false);
      line.add(low, interceptSeconds + slopeSecondsPerBit * low);
      line.add(high, interceptSeconds + slopeSecondsPerBit * high);
      data.addSeries(line);
      renderer.setSeriesLinesVisible(i, true);
      renderer.setSeriesShapesVisible(i, false);
      renderer.setSeriesPaint(i, Palette.INK);
      renderer.setSeriesStroke(i, Charts.stroke(size, 1.2));
      legend.add(Charts.line("MT = a + b ID", Palette.INK, size, 1.2));
    }
    XYPlot plot = new XYPlot();
    Charts.style(plot);
    plot.setDomainAxis(Charts.numberAxis("index of difficulty (bits)", size));
    NumberAxis seconds = Charts.numberAxis("movement time (s)", size);
    seconds.setAutoRangeIncludesZero(true);
    plot.setRangeAxis(seconds);
    plot.setDataset(data);
    plot.setRenderer(renderer);
    return new Figure(
        words(trials, sizes.size(), interceptSeconds, slopeSecondsPerBit),
        size,
        Charts.chart(plot, size, legend));
  }

  private static String words(int trials, int sizes, double a, double b) {
    String words =
        String.format(
            Locale.ROOT,
            "Movement time over index of difficulty of %d trials with targets of %d sizes",
            trials,
            sizes);
    return Double.isNaN(a) || Double.isNaN(b)
        ? words + "."
        : words + String.format(Locale.ROOT, "; the line is %.2f s + %.2f s a bit times ID.", a, b);
  }

  /** A disc, a square, a triangle, and so on in turn. */
  private static Shape shape(int index, double r) {
    return switch (index % 3) {
      case 0 -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
      case 1 -> new Rectangle2D.Double(-0.9 * r, -0.9 * r, 1.8 * r, 1.8 * r);
      default -> {
        Path2D triangle = new Path2D.Double();
        triangle.moveTo(0, -1.2 * r);
        triangle.lineTo(1.1 * r, 0.9 * r);
        triangle.lineTo(-1.1 * r, 0.9 * r);
        triangle.closePath();
        yield triangle;
      }
    };
  }
}
