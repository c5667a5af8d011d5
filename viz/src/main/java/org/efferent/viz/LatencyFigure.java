package org.efferent.viz;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.Locale;
import org.efferent.core.LatencyHistogram;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
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
      sorted[i] = counted.quantileNanos((i + 0.5) / QUANTILES) / 1e3;
    }
    return draw(sorted, counted.count(), size);
  }

  private static Figure draw(double[] sorted, long count, FigureSize size) {
    double p50 = quantile(sorted, 0.5);
    double p99 = quantile(sorted, 0.99);
    int first = (int) Math.floor(Math.log10(Math.max(sorted[0], 1e-3)));
    int last = (int) Math.floor(Math.log10(Math.max(sorted[sorted.length - 1], 1e-3))) + 1;
    LogAxis x = logAxis(size, first, last);
    NumberAxis y = Charts.numberAxis("share of decodes (%)", size);
    y.setAutoRangeIncludesZero(true);
    y.setLowerMargin(0);
    y.setUpperMargin(0.25); // room for the names of the lines
    XYBarRenderer bars = new XYBarRenderer();
    bars.setBarPainter(new StandardXYBarPainter());
    bars.setShadowVisible(false);
    bars.setSeriesPaint(0, Palette.BLUE);
    XYPlot plot = new XYPlot(bins(sorted, first, last), x, y, bars);
    Charts.style(plot);
    plot.addDomainMarker(
        Charts.marker(p50, " p50 " + format(p50) + " µs ", size, TextAnchor.TOP_RIGHT));
    var tail = Charts.marker(p99, " p99 " + format(p99) + " µs ", size, TextAnchor.TOP_LEFT);
    plot.addDomainMarker(tail);
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
    return new Figure(words, size, Charts.chart(plot, size, null));
  }

  private static LogAxis logAxis(FigureSize size, int first, int last) {
    LogAxis axis = new LogAxis("latency (µs, logarithmic)");
    Charts.style(axis, size);
    axis.setAutoRange(false);
    axis.setRange(Math.pow(10, first), Math.pow(10, last));
    axis.setTickUnit(new NumberTickUnit(1, decimals(), 9));
    axis.setNumberFormatOverride(decimals());
    axis.setMinorTickCount(9);
    axis.setMinorTickMarksVisible(true);
    return axis;
  }

  private static XYIntervalSeriesCollection bins(double[] sorted, int first, int last) {
    int n = (last - first) * BARS_A_DECADE;
    int[] counts = new int[n];
    for (double v : sorted) {
      double position = (Math.log10(Math.max(v, 1e-3)) - first) * BARS_A_DECADE;
      counts[Math.min(n - 1, Math.max(0, (int) position))]++;
    }
    XYIntervalSeries series = new XYIntervalSeries("latency");
    for (int i = 0; i < n; i++) {
      double low = Math.pow(10, first + (double) i / BARS_A_DECADE);
      double high = Math.pow(10, first + (i + 1.0) / BARS_A_DECADE);
      double share = 100.0 * counts[i] / sorted.length;
      series.add(Math.sqrt(low * high), low, high, share, 0, share);
    }
    XYIntervalSeriesCollection collection = new XYIntervalSeriesCollection();
    collection.addSeries(series);
    return collection;
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  private static DecimalFormat decimals() {
    return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT));
  }

  private static String format(double micros) {
    String pattern = micros >= 100 ? "#,##0" : micros >= 10 ? "0.0" : "0.00";
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(micros);
  }
}
