package org.efferent.viz;

import java.awt.Color;
import java.awt.Stroke;
import java.util.Locale;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The course of a training: losses over epochs. */
public final class LearningCurve {
  private LearningCurve() {}

  /**
   * Training and validation loss; the epoch whose weights are kept is marked.
   *
   * @param training mean loss of the steps of each epoch, {@code [epochs]}
   * @param validation loss of the validation examples, {@code [epochs]}
   * @param best the epoch that is kept, from 1
   * @param size of the figure
   * @return the figure
   */
  public static Figure of(double[] training, double[] validation, int best, FigureSize size) {
    return of(training, validation, best, "loss (nats)", size);
  }

  /**
   * The same for a loss of another unit.
   *
   * @param training mean loss of the steps of each epoch, {@code [epochs]}
   * @param validation loss of the validation examples, {@code [epochs]}
   * @param best the epoch that is kept, from 1
   * @param label of the axis of losses, with its unit
   * @param size of the figure
   * @return the figure
   */
  public static Figure of(
      double[] training, double[] validation, int best, String label, FigureSize size) {
    if (training.length == 0 || training.length != validation.length) {
      throw new IllegalArgumentException(
          "training and validation must have a loss an epoch, at least one; training=%d, validation=%d"
              .formatted(training.length, validation.length));
    }
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, training.length == 1);
    LegendItemCollection legend = new LegendItemCollection();
    Stroke dashed = Charts.dashed(size);
    add(data, "training", training);
    renderer.setSeriesPaint(0, Palette.BLUE);
    renderer.setSeriesStroke(0, dashed);
    legend.add(dashes("training", Palette.BLUE, dashed));
    add(data, "validation", validation);
    renderer.setSeriesPaint(1, Palette.VERMILLION);
    renderer.setSeriesStroke(1, Charts.stroke(size, 1.6));
    legend.add(Charts.line("validation", Palette.VERMILLION, size, 1.6));
    XYPlot plot = new XYPlot();
    Charts.style(plot);
    NumberAxis epochs = Charts.numberAxis("epoch", size);
    epochs.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    plot.setDomainAxis(epochs);
    NumberAxis loss = Charts.numberAxis(label, size);
    loss.setAutoRangeIncludesZero(false);
    plot.setRangeAxis(loss);
    plot.setDataset(data);
    plot.setRenderer(renderer);
    plot.addDomainMarker(
        Charts.marker(best, "kept", size, org.jfree.chart.ui.TextAnchor.TOP_RIGHT));
    return new Figure(
        String.format(
            Locale.ROOT,
            "Loss over %d epochs: training from %.3g to %.3g, validation from %.3g to %.3g; epoch %d is kept.",
            training.length,
            training[0],
            training[training.length - 1],
            validation[0],
            validation[validation.length - 1],
            best),
        size,
        Charts.chart(plot, size, legend));
  }

  private static void add(XYSeriesCollection data, String name, double[] losses) {
    XYSeries series = new XYSeries(name, false);
    for (int i = 0; i < losses.length; i++) {
      series.add(i + 1, losses[i], false);
    }
    data.addSeries(series);
  }

  private static LegendItem dashes(String label, Color color, Stroke stroke) {
    return new LegendItem(
        label, null, null, null, new java.awt.geom.Line2D.Double(-10, 0, 10, 0), stroke, color);
  }
}
