package org.efferent.viz;

import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** How far decoded directions point away from true ones; the mean of the sizes is the MAAE. */
public final class DirectionFigure {
  private static final int BARS = 36;

  private DirectionFigure() {}

  /**
   * The histogram of angular errors, bars of ten degrees, positive where the decoded direction is
   * counter-clockwise of the true one, with the level that guessing would give.
   *
   * @param run a velocity with its truth, d = 2; bins that are NaN or of no true movement are left
   *     out
   * @param size of the figure
   * @return the figure
   */
  public static Figure angularErrors(Trajectory run, FigureSize size) {
    if (run.dimensions() != 2 || !run.hasTruth()) {
      throw new IllegalArgumentException(
          "directions need a plane and a truth; d="
              + run.dimensions()
              + ", truth="
              + run.hasTruth());
    }
    int[] counts = new int[BARS];
    int n = 0;
    double sum = 0;
    for (int i = 0; i < run.bins(); i++) {
      double error = error(run, i);
      if (!Double.isNaN(error)) {
        counts[Math.min(BARS - 1, (int) ((error + 180) / 360 * BARS))]++;
        sum += Math.abs(error);
        n++;
      }
    }
    if (n == 0) {
      throw new IllegalArgumentException("directions need a bin with movement; bins=0");
    }
    double maae = sum / n;
    String words =
        String.format(
            Locale.ROOT,
            "Histogram of %d angular errors; their mean size (MAAE) is %.1f degrees, which is"
                + " %.3f radians; guessing gives 90 degrees.",
            n,
            maae,
            Math.toRadians(maae));
    return new Figure(words, size, Charts.chart(plot(counts, n, maae, size), size, null));
  }

  private static XYPlot plot(int[] counts, int n, double maae, FigureSize size) {
    XYIntervalSeries series = new XYIntervalSeries("angular error");
    double width = 360.0 / BARS;
    for (int i = 0; i < BARS; i++) {
      double low = -180 + i * width;
      double share = 100.0 * counts[i] / n;
      series.add(low + width / 2, low, low + width, share, 0, share);
    }
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    data.addSeries(series);
    NumberAxis x =
        Charts.numberAxis(
            String.format(
                Locale.ROOT,
                "angular error (degrees); MAAE %.1f° = %.3f rad",
                maae,
                Math.toRadians(maae)),
            size);
    x.setRange(-180, 180);
    x.setTickUnit(new NumberTickUnit(size.width() < 500 ? 90 : 45));
    NumberAxis y = Charts.numberAxis("share of bins (%)", size);
    y.setAutoRangeIncludesZero(true);
    y.setLowerMargin(0);
    y.setUpperMargin(0.1);
    XYBarRenderer bars = new XYBarRenderer(0.08);
    bars.setBarPainter(new StandardXYBarPainter());
    bars.setShadowVisible(false);
    bars.setSeriesPaint(0, Palette.BLUE);
    XYPlot plot = new XYPlot(data, x, y, bars);
    Charts.style(plot);
    ValueMarker chance = Charts.marker(100.0 / BARS, " guessing ", size, TextAnchor.BOTTOM_LEFT);
    chance.setLabelAnchor(RectangleAnchor.TOP_LEFT);
    plot.addRangeMarker(chance);
    return plot;
  }

  private static double error(Trajectory run, int bin) {
    double tx = run.truth(bin, 0);
    double ty = run.truth(bin, 1);
    if (tx == 0 && ty == 0) {
      return Double.NaN;
    }
    double difference = Math.atan2(run.decoded(bin, 1), run.decoded(bin, 0)) - Math.atan2(ty, tx);
    return Math.toDegrees(Math.IEEEremainder(difference, 2 * Math.PI));
  }
}
