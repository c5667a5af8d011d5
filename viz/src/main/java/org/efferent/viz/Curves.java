package org.efferent.viz;

import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Figures of merit over a quantity: accuracy over time, over repetitions, over what was learnt. */
public final class Curves {
  /** One curve, with an interval around it if there is one. Immutable. */
  public static final class Curve {
    private final String name;
    private final double[] x;
    private final double[] y;
    private final double[] low;
    private final double[] high;
    private final DoubleUnaryOperator trend;

    /**
     * A curve with a band.
     *
     * @param name for the legend
     * @param x {@code [points]}, ascending, finite; copied, as the others are
     * @param y {@code [points]}; NaN interrupts the curve
     * @param low {@code [points]}, the band's lower edge, not above y; NaN where there is none
     * @param high {@code [points]}, the band's upper edge, not below y; NaN where there is none
     */
    public Curve(String name, double[] x, double[] y, double[] low, double[] high) {
      this(name, x, y, low, high, null);
    }

    private Curve(
        String name,
        double[] x,
        double[] y,
        double[] low,
        double[] high,
        DoubleUnaryOperator trend) {
      this.name = Objects.requireNonNull(name, "name");
      this.x = x.clone();
      this.y = y.clone();
      this.low = low == null ? null : low.clone();
      this.high = high == null ? null : high.clone();
      this.trend = trend;
      check();
    }

    /**
     * A curve without a band.
     *
     * @param name for the legend
     * @param x {@code [points]}, ascending, finite
     * @param y {@code [points]}; NaN interrupts the curve
     */
    public Curve(String name, double[] x, double[] y) {
      this(name, x, y, null, null);
    }

    /**
     * The same points with a law that was fitted to them: the law is the line, the points are marks
     * that nothing joins.
     *
     * @param law finite from the first x to the last, positive where y is logarithmic; it is asked
     *     at once
     * @return a curve with the line of the law
     */
    public Curve withTrend(DoubleUnaryOperator law) {
      return new Curve(name, x, y, low, high, Objects.requireNonNull(law, "law"));
    }

    private void check() {
      int n = x.length;
      if (n == 0
          || y.length != n
          || (low == null) != (high == null)
          || (low != null && (low.length != n || high.length != n))) {
        throw new IllegalArgumentException(
            "a curve has as many x as y, at least one, and a band as many edges; %s: x=%d, y=%d"
                .formatted(name, n, y.length));
      }
      for (int i = 0; i < n; i++) {
        if (!Double.isFinite(x[i]) || (i > 0 && !(x[i] > x[i - 1]))) {
          throw new IllegalArgumentException(
              "x must ascend; %s: x[%d]=%s".formatted(name, i, x[i]));
        }
        if (Double.isInfinite(y[i])) {
          throw new IllegalArgumentException(
              "y is finite, or NaN where there is none; %s: y[%d]=%s".formatted(name, i, y[i]));
        }
        if (low != null && (low[i] > y[i] || high[i] < y[i] || infinite(i))) {
          throw new IllegalArgumentException(
              "a band holds its curve; %s[%d]=%s, %s..%s"
                  .formatted(name, i, y[i], low[i], high[i]));
        }
      }
    }

    private boolean infinite(int i) {
      return Double.isInfinite(low[i]) || Double.isInfinite(high[i]);
    }

    private boolean banded(int i) {
      return low != null && !Double.isNaN(y[i] + low[i] + high[i]);
    }
  }

  /**
   * How curves are drawn.
   *
   * @param x what lies below and its unit, "repetitions"
   * @param y what goes up and its unit, "accuracy (%)"
   * @param logX whether x is logarithmic; every x is positive then
   * @param reference a dashed line across, chance; null for none
   * @param band what the bands mean, "95 % interval"; empty if nobody needs to be told
   * @param logY whether y is logarithmic; every y, edge and reference is positive then
   */
  public record Options(
      String x,
      String y,
      boolean logX,
      BarComparison.Reference reference,
      String band,
      boolean logY) {
    /** Checks the words. */
    public Options {
      Objects.requireNonNull(x, "x");
      Objects.requireNonNull(y, "y");
      Objects.requireNonNull(band, "band");
    }

    /**
     * A linear y.
     *
     * @param x what lies below and its unit
     * @param y what goes up and its unit
     * @param logX whether x is logarithmic
     * @param reference a dashed line across; null for none
     * @param band what the bands mean; empty if nobody needs to be told
     */
    public Options(
        String x, String y, boolean logX, BarComparison.Reference reference, String band) {
      this(x, y, logX, reference, band, false);
    }

    /**
     * Linear axes without a reference.
     *
     * @param x what lies below and its unit
     * @param y what goes up and its unit
     * @return options
     */
    public static Options of(String x, String y) {
      return new Options(x, y, false, null, "");
    }

    /**
     * Both axes logarithmic, without a reference: a power law is a straight line.
     *
     * @param x what lies below and its unit
     * @param y what goes up and its unit
     * @return options
     */
    public static Options logarithmic(String x, String y) {
      return new Options(x, y, true, null, "", true);
    }
  }

  private static final int MOST_MARKS = 25;
  private static final int STEPS = 100; // of a trend's line

  private Curves() {}

  /**
   * Curves over one axis, told apart by colour, by dashes and by marks.
   *
   * @param curves one to six, of different names
   * @param options names of the axes, logarithm, reference
   * @param size of the figure
   * @return the figure
   */
  public static Figure of(List<Curve> curves, Options options, FigureSize size) {
    check(curves, options);
    XYPlot plot = new XYPlot();
    Charts.style(plot);
    NumberAxis x =
        options.logX()
            ? new LogAxis(options.x() + " (logarithmic)", size)
            : Charts.numberAxis(options.x(), size);
    x.setAutoRangeStickyZero(false); // room for marks at zero
    if (curves.stream().flatMapToDouble(c -> Arrays.stream(c.x)).allMatch(v -> v == Math.rint(v))) {
      x.setStandardTickUnits(NumberAxis.createIntegerTickUnits()); // no epoch 1.2
    }
    plot.setDomainAxis(x);
    plot.setRangeAxis(
        options.logY()
            ? new LogAxis(options.y() + " (logarithmic)", size)
            : Charts.numberAxis(options.y(), size));
    LegendItemCollection legend = new LegendItemCollection();
    addBands(plot, curves, options);
    addLines(plot, legend, curves, options, size);
    if (options.reference() != null) {
      addReference(plot, legend, options, size);
    }
    if (!options.band().isEmpty() && curves.stream().anyMatch(c -> c.low != null)) {
      legend.add(Charts.patch(options.band(), CurveStyle.pale(Palette.GREY), size));
    }
    return new Figure(words(curves, options), size, Charts.chart(plot, size, legend));
  }

  private static void check(List<Curve> curves, Options options) {
    if (curves.isEmpty() || curves.size() > CurveStyle.COUNT) {
      throw new IllegalArgumentException(
          "a figure tells one to six curves apart; curves=" + curves.size());
    }
    if (curves.stream().map(c -> c.name).distinct().count() < curves.size()) {
      throw new IllegalArgumentException(
          "names of curves differ; names=" + curves.stream().map(c -> c.name).toList());
    }
    for (Curve curve : curves) {
      if (options.logX() && !(curve.x[0] > 0)) {
        throw new IllegalArgumentException(
            "a logarithmic axis needs positive x; %s: x[0]=%s".formatted(curve.name, curve.x[0]));
      }
      for (int i = 0; options.logY() && i < curve.x.length; i++) {
        if (curve.y[i] <= 0 || (curve.low != null && curve.low[i] <= 0)) {
          throw new IllegalArgumentException(
              "a logarithmic axis needs positive y and edges; %s: y[%d]=%s, low[%d]=%s"
                  .formatted(
                      curve.name, i, curve.y[i], i, curve.low == null ? "none" : curve.low[i]));
        }
      }
    }
    if (options.logY() && options.reference() != null && !(options.reference().value() > 0)) {
      throw new IllegalArgumentException(
          "a logarithmic axis needs a positive reference; reference="
              + options.reference().value());
    }
  }

  private static double across(double x, Options options) {
    return options.logX() ? Math.log10(x) : x;
  }

  private static double up(double y, Options options) {
    return options.logY() ? Math.log10(y) : y;
  }

  /** A band of its own for every stretch without a gap. */
  private static void addBands(XYPlot plot, List<Curve> curves, Options options) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    DeviationRenderer renderer = new DeviationRenderer(false, false);
    renderer.setAlpha(1f); // the colours are transparent themselves: SVG keeps no composite
    for (int c = 0; c < curves.size(); c++) {
      Curve curve = curves.get(c);
      YIntervalSeries stretch = null;
      for (int i = 0; i < curve.x.length; i++) {
        if (!curve.banded(i)) {
          stretch = null;
          continue;
        }
        if (stretch == null) {
          stretch = new YIntervalSeries(data.getSeriesCount());
          renderer.setSeriesFillPaint(data.getSeriesCount(), CurveStyle.pale(CurveStyle.color(c)));
          data.addSeries(stretch);
        }
        stretch.add(
            across(curve.x[i], options),
            up(curve.y[i], options),
            up(curve.low[i], options),
            up(curve.high[i], options));
      }
    }
    plot.setDataset(0, data);
    plot.setRenderer(0, renderer);
  }

  private static void addLines(
      XYPlot plot,
      LegendItemCollection legend,
      List<Curve> curves,
      Options options,
      FigureSize size) {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    renderer.setDrawSeriesLineAsPath(true); // else every piece of line begins its dashes anew
    for (int c = 0; c < curves.size(); c++) {
      Curve curve = curves.get(c);
      XYSeries series = new XYSeries(curve.name, false);
      for (int i = 0; i < curve.x.length; i++) {
        series.add(across(curve.x[i], options), up(curve.y[i], options), false);
      }
      data.addSeries(series);
      boolean marked = curve.trend != null || curve.x.length <= MOST_MARKS;
      renderer.setSeriesLinesVisible(c, curve.trend == null);
      renderer.setSeriesPaint(c, CurveStyle.color(c));
      renderer.setSeriesStroke(c, CurveStyle.stroke(c, size));
      renderer.setSeriesShape(c, CurveStyle.mark(c, size));
      renderer.setSeriesShapesVisible(c, marked);
      legend.add(CurveStyle.legend(c, curve.name, marked, size));
    }
    plot.setDataset(1, data);
    plot.setRenderer(1, renderer);
    addTrends(plot, curves, options, size);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
  }

  /** The laws' lines, in colour and dashes of their curves; equal steps of what is drawn. */
  private static void addTrends(XYPlot plot, List<Curve> curves, Options options, FigureSize size) {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    for (int c = 0; c < curves.size(); c++) {
      Curve curve = curves.get(c);
      if (curve.trend == null) {
        continue;
      }
      XYSeries series = new XYSeries(curve.name, false);
      double from = across(curve.x[0], options);
      double to = across(curve.x[curve.x.length - 1], options);
      for (int i = 0; i <= STEPS; i++) {
        double at = from + (to - from) * i / STEPS;
        double y = up(curve.trend.applyAsDouble(options.logX() ? Math.pow(10, at) : at), options);
        if (!Double.isFinite(y)) {
          throw new IllegalArgumentException(
              "a law is finite over its points, and positive where y is logarithmic; %s: x=%s"
                  .formatted(curve.name, options.logX() ? Math.pow(10, at) : at));
        }
        series.add(at, y, false);
      }
      renderer.setSeriesPaint(data.getSeriesCount(), CurveStyle.color(c));
      renderer.setSeriesStroke(data.getSeriesCount(), CurveStyle.stroke(c, size));
      data.addSeries(series);
    }
    plot.setDataset(2, data);
    plot.setRenderer(2, renderer);
  }

  private static void addReference(
      XYPlot plot, LegendItemCollection legend, Options options, FigureSize size) {
    BarComparison.Reference reference = options.reference();
    double at = up(reference.value(), options);
    ValueMarker line = new ValueMarker(at, Palette.GREY, Charts.dashed(size));
    line.setAlpha(1f);
    plot.addRangeMarker(line, Layer.BACKGROUND);
    // A marker does not count for the axis' range.
    NumberAxis axis = (NumberAxis) plot.getRangeAxis();
    Range range = plot.getDataRange(axis);
    if (range != null) {
      Range all = Range.expandToInclude(range, at);
      double margin = Math.max(all.getLength(), 1e-9) * 0.04;
      axis.setRange(all.getLowerBound() - margin, all.getUpperBound() + margin);
    }
    double f = size.fontSize();
    String label = reference.label() + " (" + Ticks.words(reference.value()) + ")";
    legend.add(
        new LegendItem(
            label,
            null,
            null,
            null,
            new Line2D.Double(-f, 0, f, 0),
            Charts.dashed(size),
            Palette.GREY));
  }

  private static String words(List<Curve> curves, Options options) {
    StringBuilder words = new StringBuilder(options.y() + " over " + options.x() + ": ");
    String comma = "";
    for (Curve curve : curves) {
      int last = curve.x.length - 1;
      words.append(comma).append(curve.name).append(' ');
      words.append(last == 0 ? "" : "from " + value(curve.y[0]) + " to ");
      words.append(value(curve.y[last]));
      comma = "; ";
    }
    if (options.reference() != null) {
      words.append("; ").append(options.reference().label()).append(' ');
      words.append(Ticks.words(options.reference().value()));
    }
    return words.append('.').toString();
  }

  private static String value(double y) {
    return Double.isNaN(y) ? "a missing value" : Ticks.words(y);
  }
}
