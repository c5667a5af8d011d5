package org.efferent.viz;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Arrays;
import java.util.Locale;
import org.efferent.core.LatencyHistogram;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** How long decoding took: a histogram over logarithmic time, with the median and the tail. */
public final class LatencyFigure {
  private static final int BARS_A_DECADE = 20;
  private static final int QUANTILES = 1000;

  private LatencyFigure() {}

  /**
   * The histogram of single latencies.
   *
   * @param micros {@code [n]}, microseconds, not negative, at least one; not modified
   * @param size of the figure
   * @return the figure, with lines at the 50th and the 99th percentile (nearest rank)
   */
  public static Figure histogram(double[] micros, FigureSize size) {
    if (micros.length == 0) {
      throw new IllegalArgumentException("a histogram needs at least one latency; latencies=0");
    }
    double[] sorted = micros.clone();
    Arrays.sort(sorted);
    if (!(sorted[0] >= 0) || !Double.isFinite(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException(
          "latencies must be finite and not negative; smallest="
              + sorted[0]
              + ", largest="
              + sorted[sorted.length - 1]);
    }
    return draw(sorted, sorted.length, size);
  }

  /**
   * The histogram of what a session counted.
   *
   * @param counted at least one duration
   * @param size of the figure
   * @return the figure, drawn from 1000 quantiles
   */
  public static Figure histogram(LatencyHistogram counted, FigureSize size) {
    if (counted.count() == 0) {
      throw new IllegalArgumentException("a histogram needs at least one latency; latencies=0");
    }
    double[] sorted = new double[QUANTILES];
    for (int i = 0; i < QUANTILES; i++) {
      sorted[i] = counted.quantileNanos((i + 1.0) / QUANTILES) / 1e3;
    }
    return draw(sorted, counted.count(), size);
  }

  private static Figure draw(double[] sorted, long count, FigureSize size) {
    double p50 = quantile(sorted, 0.5);
    double p99 = quantile(sorted, 0.99);
    int first = (int) Math.floor(log(sorted[0]));
    int last = (int) Math.floor(log(sorted[sorted.length - 1])) + 1;
    NumberAxis x = logAxis(size, first, last);
    NumberAxis y = Charts.numberAxis("share of decodes (%)", size);
    y.setAutoRangeIncludesZero(true);
    y.setLowerMargin(0);
    y.setUpperMargin(0.08);
    XYBarRenderer bars = new XYBarRenderer();
    bars.setBarPainter(new StandardXYBarPainter());
    bars.setShadowVisible(false);
    bars.setSeriesPaint(0, Palette.BLUE);
    XYPlot plot = new XYPlot(bins(sorted, first, last), x, y, bars);
    Charts.style(plot);
    ValueMarker median = Charts.marker(log(p50), null, size, TextAnchor.TOP_LEFT);
    ValueMarker tail = Charts.marker(log(p99), null, size, TextAnchor.TOP_LEFT);
    tail.setStroke(Charts.dotted(size));
    plot.addDomainMarker(median);
    plot.addDomainMarker(tail);
    // Named in the legend: beside the lines the names would meet each other or the edge.
    LegendItemCollection legend = new LegendItemCollection();
    legend.add(Charts.dashes("p50 " + format(p50) + " µs", Charts.dashed(size), size));
    legend.add(Charts.dashes("p99 " + format(p99) + " µs", Charts.dotted(size), size));
    String words =
        "Histogram of "
            + count
            + " latencies: half are at most "
            + format(p50)
            + " microseconds, 99 in 100 at most "
            + format(p99)
            + " microseconds, the longest "
            + format(sorted[sorted.length - 1])
            + ".";
    return new Figure(words, size, Charts.chart(plot, size, legend));
  }

  /**
   * Decades on a linear axis of exponents: JFreeChart's logarithmic axis draws its numbers as
   * outlines.
   */
  private static NumberAxis logAxis(FigureSize size, int first, int last) {
    NumberAxis axis = Charts.numberAxis("latency (µs, logarithmic)", size);
    double f = size.fontSize();
    axis.setTickLabelInsets(new RectangleInsets(f * 0.4, 0, f * 0.15, 0));
    axis.setRange(first, last);
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setNumberFormatOverride(new PowerOfTen());
    return axis;
  }

  private static XYIntervalSeriesCollection bins(double[] sorted, int first, int last) {
    int n = (last - first) * BARS_A_DECADE;
    int[] counts = new int[n];
    for (double v : sorted) {
      double position = (log(v) - first) * BARS_A_DECADE;
      counts[Math.min(n - 1, Math.max(0, (int) position))]++;
    }
    XYIntervalSeries series = new XYIntervalSeries("latency");
    for (int i = 0; i < n; i++) {
      double low = first + (double) i / BARS_A_DECADE;
      double high = first + (i + 1.0) / BARS_A_DECADE;
      double share = 100.0 * counts[i] / sorted.length;
      series.add((low + high) / 2, low, high, share, 0, share);
    }
    XYIntervalSeriesCollection collection = new XYIntervalSeriesCollection();
    collection.addSeries(series);
    return collection;
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  // A nanosecond is the clock's step: less counts as one, so that 0 has a place on the axis.
  private static double log(double micros) {
    return Math.log10(Math.max(micros, 1e-3));
  }

  private static String format(double micros) {
    String pattern = micros >= 100 ? "#,##0" : micros >= 10 ? "0.0" : "0.00";
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(micros);
  }

  /** Writes the exponent 3 as 1,000. */
  private static final class PowerOfTen extends NumberFormat {
    private static final long serialVersionUID = 1L;
    private final NumberFormat plain =
        new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT));

    @Override
    public StringBuffer format(double exponent, StringBuffer to, FieldPosition position) {
      return plain.format(Math.pow(10, exponent), to, position);
    }

    @Override
    public StringBuffer format(long exponent, StringBuffer to, FieldPosition position) {
      return format((double) exponent, to, position);
    }

    @Override
    public Number parse(String text, ParsePosition position) {
      throw new UnsupportedOperationException("an axis writes only; text=" + text);
    }
  }
}
