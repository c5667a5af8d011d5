package org.efferent.viz;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYShapeAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Decoded against true: over time, and as a path in the plane. */
public final class Trajectories {
  // Opaque: SVG keeps no composite, and a pale blue is told from white by everyone.
  private static final Color BAND = new Color(0xC9E1F2);
  private static final Color TARGET_FILL = new Color(0xFBE9C6);
  private static final Color TARGET_EDGE = new Color(0x9A6A00);

  private Trajectories() {}

  /**
   * One panel a dimension of the state, one below the other, over the same seconds: the decoded
   * line with a band of two standard deviations on either side, and the truth.
   *
   * @param run what was decoded
   * @param axes one a dimension: what it is and its unit, "velocity x (cm/s)"
   * @param size of all panels together
   * @return the figure
   */
  public static Figure overTime(Trajectory run, List<String> axes, FigureSize size) {
    if (axes.size() != run.dimensions()) {
      throw new IllegalArgumentException(
          "axes must name every dimension; d=" + run.dimensions() + ", names=" + axes.size());
    }
    NumberAxis time = Charts.numberAxis("time (s)", size);
    time.setRange(run.seconds(0), run.seconds(run.bins() - 1));
    CombinedDomainXYPlot panels = new CombinedDomainXYPlot(time);
    panels.setGap(size.fontSize() * 1.2);
    Charts.ground(panels);
    for (int j = 0; j < run.dimensions(); j++) {
      panels.add(panel(run, j, axes.get(j), size));
    }
    LegendItemCollection legend = new LegendItemCollection();
    legend.add(Charts.line("decoded", Palette.BLUE, size, 1.4));
    if (run.hasDeviations()) {
      legend.add(Charts.patch("decoded ± 2 sd", BAND, size));
    }
    if (run.hasTruth()) {
      legend.add(Charts.line("true", Palette.INK, size, 0.9));
    }
    JFreeChart chart = Charts.chart(panels, size, legend);
    String words =
        String.format(
            Locale.ROOT,
            "Decoded%s %s over %.1f seconds, one panel each.",
            run.hasTruth() ? " and true" : "",
            String.join(", ", axes),
            run.seconds(run.bins() - 1) - run.seconds(0));
    return new Figure(words, size, chart);
  }

  private static XYPlot panel(Trajectory run, int dimension, String label, FigureSize size) {
    XYPlot plot = new XYPlot();
    Charts.style(plot);
    plot.setRangeAxis(Charts.numberAxis(label, size));
    plot.setDataset(0, decoded(run, dimension));
    DeviationRenderer band = new DeviationRenderer(true, false);
    band.setAlpha(1f);
    band.setSeriesFillPaint(0, BAND);
    band.setSeriesPaint(0, Palette.BLUE);
    band.setSeriesStroke(0, Charts.stroke(size, 1.4));
    plot.setRenderer(0, band);
    if (run.hasTruth()) {
      XYSeries truth = new XYSeries("true");
      for (int i = 0; i < run.bins(); i++) {
        truth.add(run.seconds(i), run.truth(i, dimension), false);
      }
      plot.setDataset(1, new XYSeriesCollection(truth));
      XYLineAndShapeRenderer line = new XYLineAndShapeRenderer(true, false);
      line.setDrawSeriesLineAsPath(true);
      line.setSeriesPaint(0, Palette.INK);
      line.setSeriesStroke(0, Charts.stroke(size, 0.9));
      plot.setRenderer(1, line);
      plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    }
    return plot;
  }

  private static YIntervalSeriesCollection decoded(Trajectory run, int dimension) {
    YIntervalSeries series = new YIntervalSeries("decoded");
    for (int i = 0; i < run.bins(); i++) {
      double mean = run.decoded(i, dimension);
      double half = run.hasDeviations() ? 2 * run.deviation(i, dimension) : 0;
      series.add(run.seconds(i), mean, mean - half, mean + half);
    }
    YIntervalSeriesCollection collection = new YIntervalSeriesCollection();
    collection.addSeries(series);
    return collection;
  }

  /**
   * The path in the plane, a unit as long to the right as upwards: targets, the true path, the
   * decoded path with its start marked.
   *
   * @param run a position, d = 2
   * @param targets in the unit of the position; may be empty
   * @param unit of the position, "cm"
   * @param size of the figure; a square suits it
   * @return the figure
   */
  public static Figure path(Trajectory run, List<Disc> targets, String unit, FigureSize size) {
    return pathAmong(
        run,
        targets.stream()
            .map(d -> new TaskPlace(d.x(), d.y(), 2 * d.radius(), 2 * d.radius(), true, ""))
            .toList(),
        unit,
        size);
  }

  /**
   * The path in the plane, as {@link #path}, among places of any shape.
   *
   * @param run a position, d = 2
   * @param targets in the unit of the position; may be empty
   * @param unit of the position, "cm"
   * @param size of the figure; a square suits it
   * @return the figure
   */
  public static Figure pathAmong(
      Trajectory run, List<TaskPlace> targets, String unit, FigureSize size) {
    if (run.dimensions() != 2) {
      throw new IllegalArgumentException("a path lies in the plane; d=" + run.dimensions());
    }
    XYPlot plot = new XYPlot();
    Charts.style(plot);
    plot.setDomainAxis(Charts.numberAxis("x (" + unit + ")", size));
    plot.setRangeAxis(Charts.numberAxis("y (" + unit + ")", size));
    XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
    lines.setDrawSeriesLineAsPath(true);
    XYSeriesCollection series = new XYSeriesCollection();
    LegendItemCollection legend = new LegendItemCollection();
    if (!targets.isEmpty()) {
      addTargets(lines, series, targets, size);
      legend.add(Charts.patch("target", TARGET_FILL, size));
    }
    if (run.hasTruth()) {
      add(series, lines, run, true, size);
      legend.add(Charts.line("true", Palette.INK, size, 0.9));
    }
    add(series, lines, run, false, size);
    legend.add(Charts.line("decoded", Palette.BLUE, size, 1.4));
    addStart(series, lines, run, size);
    legend.add(Charts.dot("start", Palette.VERMILLION, size));
    plot.setDataset(series);
    plot.setRenderer(lines);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    JFreeChart chart = Charts.chart(plot, size, legend);
    Charts.equalUnits(chart, size);
    String words =
        "The decoded path"
            + (run.hasTruth() ? " and the true path" : "")
            + " in the plane, in "
            + unit
            + (targets.isEmpty() ? "." : ", with " + targets.size() + " targets.");
    return new Figure(words, size, chart);
  }

  private static void add(
      XYSeriesCollection all,
      XYLineAndShapeRenderer lines,
      Trajectory run,
      boolean truth,
      FigureSize size) {
    XYSeries series = new XYSeries(truth ? "true" : "decoded", false);
    for (int i = 0; i < run.bins(); i++) {
      series.add(
          truth ? run.truth(i, 0) : run.decoded(i, 0),
          truth ? run.truth(i, 1) : run.decoded(i, 1),
          false);
    }
    int index = all.getSeriesCount();
    lines.setSeriesPaint(index, truth ? Palette.INK : Palette.BLUE);
    lines.setSeriesStroke(index, Charts.stroke(size, truth ? 0.9 : 1.4));
    all.addSeries(series);
  }

  private static void addStart(
      XYSeriesCollection all, XYLineAndShapeRenderer lines, Trajectory run, FigureSize size) {
    XYSeries series = new XYSeries("start", false);
    series.add(run.decoded(0, 0), run.decoded(0, 1));
    int index = all.getSeriesCount();
    double r = size.fontSize() * 0.35;
    lines.setSeriesShapesVisible(index, true);
    lines.setSeriesShape(index, new Ellipse2D.Double(-r, -r, 2 * r, 2 * r));
    lines.setSeriesPaint(index, Palette.VERMILLION);
    all.addSeries(series);
  }

  private static void addTargets(
      XYLineAndShapeRenderer lines,
      XYSeriesCollection all,
      List<TaskPlace> targets,
      FigureSize size) {
    // Annotations do not count for the axes' ranges: an invisible series of their bounds does.
    XYSeries bounds = new XYSeries("targets", false);
    for (TaskPlace p : targets) {
      double x = p.x() - p.width() / 2;
      double y = p.y() - p.height() / 2;
      Shape shape =
          p.round()
              ? new Ellipse2D.Double(x, y, p.width(), p.height())
              : new Rectangle2D.Double(x, y, p.width(), p.height());
      XYShapeAnnotation drawn =
          new XYShapeAnnotation(shape, Charts.stroke(size, 0.8), TARGET_EDGE, TARGET_FILL);
      lines.addAnnotation(drawn, Layer.BACKGROUND);
      bounds.add(x, y);
      bounds.add(x + p.width(), y + p.height());
    }
    lines.setSeriesLinesVisible(all.getSeriesCount(), false);
    all.addSeries(bounds);
  }
}
