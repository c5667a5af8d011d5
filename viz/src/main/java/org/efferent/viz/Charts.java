package org.efferent.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.LengthAdjustmentType;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;

/** One look for every chart, set by hand: JFreeChart's themes are static state. */
final class Charts {
  private Charts() {}

  static Font font(FigureSize size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont(size.fontSize());
  }

  static Font bold(FigureSize size) {
    return font(size).deriveFont(Font.BOLD);
  }

  static Stroke stroke(FigureSize size, double relative) {
    float width = (float) (size.fontSize() * 0.1 * relative);
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  static Stroke dashed(FigureSize size) {
    float f = size.fontSize();
    float[] dash = {f * 0.5f, f * 0.35f};
    return new BasicStroke(f * 0.12f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0f);
  }

  static Stroke dotted(FigureSize size) {
    float f = size.fontSize();
    float[] dots = {f * 0.15f, f * 0.2f};
    return new BasicStroke(f * 0.15f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dots, 0f);
  }

  static NumberAxis numberAxis(String label, FigureSize size) {
    NumberAxis axis = new TextAxis(label);
    axis.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
    axis.setAutoRangeIncludesZero(false);
    style(axis, size);
    return axis;
  }

  static void style(Axis axis, FigureSize size) {
    double f = size.fontSize();
    axis.setLabelFont(font(size));
    axis.setTickLabelFont(font(size).deriveFont(size.fontSize() * 0.92f));
    axis.setLabelPaint(Palette.INK);
    axis.setTickLabelPaint(Palette.INK);
    axis.setAxisLinePaint(Palette.GREY);
    axis.setTickMarkPaint(Palette.GREY);
    axis.setTickMarkOutsideLength((float) (f * 0.3));
    axis.setTickLabelInsets(new RectangleInsets(f * 0.15, f * 0.3, f * 0.15, f * 0.3));
    axis.setLabelInsets(new RectangleInsets(f * 0.25, f * 0.25, f * 0.25, f * 0.25));
    if (axis instanceof ValueAxis value) {
      value.setLowerMargin(0.02);
      value.setUpperMargin(0.02);
    }
  }

  static void style(XYPlot plot) {
    ground(plot);
    plot.setDomainGridlinePaint(Palette.GRID);
    plot.setRangeGridlinePaint(Palette.GRID);
    plot.setDomainGridlineStroke(new BasicStroke(0.75f));
    plot.setRangeGridlineStroke(new BasicStroke(0.75f));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
  }

  static void ground(Plot plot) {
    plot.setBackgroundPaint(Palette.PAPER);
    plot.setOutlineVisible(false);
    plot.setInsets(RectangleInsets.ZERO_INSETS);
  }

  /** A chart without a title, because papers and reports caption their figures. */
  static JFreeChart chart(Plot plot, FigureSize size, LegendItemCollection legend) {
    JFreeChart chart = new JFreeChart(null, font(size), plot, false);
    double f = size.fontSize();
    chart.setBackgroundPaint(Palette.PAPER);
    chart.setPadding(new RectangleInsets(f * 0.6, f * 0.4, f * 0.4, f * 1.8));
    if (legend != null && legend.getItemCount() > 0) {
      LegendTitle title = new LegendTitle(() -> legend);
      title.setItemFont(font(size));
      title.setItemPaint(Palette.INK);
      title.setFrame(BlockBorder.NONE);
      title.setPosition(RectangleEdge.TOP);
      title.setItemLabelPadding(new RectangleInsets(f * 0.1, f * 0.3, f * 0.1, f * 0.9));
      title.setPadding(0, 0, f * 0.4, 0);
      chart.addLegend(title);
    }
    return chart;
  }

  static LegendItem line(String label, Color color, FigureSize size, double relative) {
    double f = size.fontSize();
    Shape shape = new Line2D.Double(-f, 0, f, 0);
    return new LegendItem(label, null, null, null, shape, stroke(size, relative), color);
  }

  static LegendItem dashes(String label, Stroke stroke, FigureSize size) {
    double f = size.fontSize();
    Shape shape = new Line2D.Double(-f, 0, f, 0);
    return new LegendItem(label, null, null, null, shape, stroke, Palette.VERMILLION);
  }

  static LegendItem patch(String label, Paint fill, FigureSize size) {
    double f = size.fontSize();
    Shape shape = new Rectangle2D.Double(-f, -f * 0.35, 2 * f, f * 0.7);
    return new LegendItem(label, null, null, null, shape, fill);
  }

  static LegendItem dot(String label, Paint fill, FigureSize size) {
    double r = size.fontSize() * 0.35;
    return new LegendItem(
        label, null, null, null, new Ellipse2D.Double(-r, -r, 2 * r, 2 * r), fill);
  }

  /** A line across the plot, with its name at its far end. */
  static ValueMarker marker(double value, String label, FigureSize size, TextAnchor anchor) {
    ValueMarker marker = new ValueMarker(value, Palette.VERMILLION, dashed(size));
    marker.setAlpha(1f);
    marker.setLabel(label);
    marker.setLabelFont(font(size));
    marker.setLabelPaint(Palette.INK);
    marker.setLabelBackgroundColor(Palette.PAPER);
    marker.setLabelOffsetType(LengthAdjustmentType.EXPAND);
    marker.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
    marker.setLabelTextAnchor(anchor);
    return marker;
  }

  /** Widens one axis until a unit is as long to the right as it is upwards. */
  static void equalUnits(JFreeChart chart, FigureSize size) {
    XYPlot plot = chart.getXYPlot();
    // Two rounds, because new ranges may bring longer tick labels and so a smaller plot.
    for (int round = 0; round < 2; round++) {
      ChartRenderingInfo info = new ChartRenderingInfo();
      BufferedImage scratch = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      var g = scratch.createGraphics();
      chart.draw(g, new Rectangle2D.Double(0, 0, size.width(), size.height()), info);
      g.dispose();
      Rectangle2D area = info.getPlotInfo().getDataArea();
      Range x = plot.getDomainAxis().getRange();
      Range y = plot.getRangeAxis().getRange();
      double unit = Math.min(area.getWidth() / x.getLength(), area.getHeight() / y.getLength());
      plot.getDomainAxis().setRange(around(x, area.getWidth() / unit));
      plot.getRangeAxis().setRange(around(y, area.getHeight() / unit));
    }
  }

  private static Range around(Range range, double length) {
    double middle = range.getCentralValue();
    return new Range(middle - length / 2, middle + length / 2);
  }
}
