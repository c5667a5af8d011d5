package org.efferent.viz;

import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** One figure of merit of several decoders: a bar each, its value beside it, the best darker. */
public final class BarComparison {
  /**
   * One bar.
   *
   * @param name of the decoder, short
   * @param value not negative
   * @param low end of the error bar, or NaN for none
   * @param high end of the error bar, or NaN for none
   */
  public record Bar(String name, double value, double low, double high) {
    /** Checks the order. */
    public Bar {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "a bar is finite and not negative; " + name + "=" + value);
      }
      if (Double.isNaN(low) != Double.isNaN(high) || low > value || high < value) {
        throw new IllegalArgumentException(
            "an error bar holds its value; " + name + "=" + value + ", " + low + ".." + high);
      }
    }

    /**
     * A bar without an error bar.
     *
     * @param name of the decoder
     * @param value not negative
     */
    public Bar(String name, double value) {
      this(name, value, Double.NaN, Double.NaN);
    }

    double reach() {
      return Double.isNaN(high) ? value : high;
    }
  }

  /** Which end of a figure of merit is good. */
  public enum Better {
    /** Errors, times. */
    LOWER,
    /** Accuracies, bit rates. */
    HIGHER
  }

  /**
   * A line that gives the bars a meaning.
   *
   * @param value where it lies
   * @param label what it means, "predicting zero"
   */
  public record Reference(double value, String label) {}

  private BarComparison() {}

  /**
   * Horizontal bars, in the order given.
   *
   * @param measure what is compared and its unit, "nRMSE"
   * @param better which end is good; said on the axis
   * @param bars at least one
   * @param reference chance or the like; null for none
   * @param size of the figure
   * @return the figure
   */
  public static Figure of(
      String measure, Better better, List<Bar> bars, Reference reference, FigureSize size) {
    if (bars.isEmpty()) {
      throw new IllegalArgumentException("a comparison needs at least one bar; bars=0");
    }
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    int best = 0;
    double reach = reference == null ? 0 : reference.value();
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      if (data.getColumnIndex(bar.name()) >= 0) {
        throw new IllegalArgumentException("names of bars differ; twice=" + bar.name());
      }
      data.addValue(bar.value(), measure, bar.name());
      double lead = bar.value() - bars.get(best).value();
      best = (better == Better.LOWER ? lead < 0 : lead > 0) ? i : best;
      reach = Math.max(reach, bar.reach());
    }
    CategoryAxis names = new CategoryAxis();
    Charts.style(names, size);
    names.setMaximumCategoryLabelWidthRatio(0.4f);
    names.setMaximumCategoryLabelLines(2);
    names.setLowerMargin(0.02);
    names.setUpperMargin(0.02);
    names.setCategoryMargin(0.3);
    String hint = better == Better.LOWER ? "lower is better" : "higher is better";
    NumberAxis values = Charts.numberAxis(measure + ", " + hint, size);
    values.setRange(0, reach > 0 ? reach * 1.18 : 1); // room for the last value's digits
    CategoryPlot plot = new CategoryPlot(data, names, values, new Bars(bars, best, size));
    Charts.ground(plot);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeGridlinePaint(Palette.GRID);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    LegendItemCollection legend = new LegendItemCollection();
    if (reference != null) {
      ValueMarker line = Charts.marker(reference.value(), null, size, TextAnchor.TOP_RIGHT);
      // Behind the bars, so that it never crosses a number; its name stands in the legend.
      plot.addRangeMarker(line, Layer.BACKGROUND);
      String label = reference.label() + " (" + format(reference.value()) + ")";
      legend.add(Charts.dashes(label, Charts.dashed(size), size));
    }
    return new Figure(
        words(measure, hint, bars, reference), size, Charts.chart(plot, size, legend));
  }

  private static String words(String measure, String hint, List<Bar> bars, Reference reference) {
    StringBuilder words = new StringBuilder("Bars of " + measure + " (" + hint + "): ");
    String comma = "";
    for (Bar bar : bars) {
      words.append(comma).append(bar.name()).append(' ').append(format(bar.value()));
      comma = ", ";
    }
    if (reference != null) {
      words.append("; ").append(reference.label()).append(' ').append(format(reference.value()));
    }
    return words.append('.').toString();
  }

  private static String format(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f", value);
  }

  /** Adds the whisker and the number, which ordinary item labels would write across it. */
  private static final class Bars extends BarRenderer {
    private static final long serialVersionUID = 1L;
    private final transient List<Bar> bars;
    private final int best;
    private final transient FigureSize size;

    Bars(List<Bar> bars, int best, FigureSize size) {
      this.bars = List.copyOf(bars);
      this.best = best;
      this.size = size;
      setBarPainter(new StandardBarPainter());
      setShadowVisible(false);
      setMaximumBarWidth(0.25);
    }

    @Override
    public Paint getItemPaint(int row, int column) {
      return column == best ? Palette.BLUE : Palette.SKY;
    }

    @Override
    public void drawItem(
        Graphics2D g,
        CategoryItemRendererState state,
        Rectangle2D area,
        CategoryPlot plot,
        CategoryAxis names,
        ValueAxis values,
        CategoryDataset data,
        int row,
        int column,
        int pass) {
      super.drawItem(g, state, area, plot, names, values, data, row, column, pass);
      Bar bar = bars.get(column);
      double y =
          names.getCategoryMiddle(column, data.getColumnCount(), area, plot.getDomainAxisEdge());
      double end = values.valueToJava2D(bar.reach(), area, plot.getRangeAxisEdge());
      double f = size.fontSize();
      g.setPaint(Palette.INK);
      if (!Double.isNaN(bar.low())) {
        double low = values.valueToJava2D(bar.low(), area, plot.getRangeAxisEdge());
        Stroke stroke = Charts.stroke(size, 1.2);
        g.setStroke(stroke);
        g.draw(new Line2D.Double(low, y, end, y));
        g.draw(new Line2D.Double(low, y - f * 0.3, low, y + f * 0.3));
        g.draw(new Line2D.Double(end, y - f * 0.3, end, y + f * 0.3));
      }
      g.setFont(column == best ? Charts.bold(size) : Charts.font(size));
      String value = format(bar.value());
      double width = g.getFontMetrics().getStringBounds(value, g).getWidth();
      g.setPaint(Palette.PAPER);
      g.fill(new Rectangle2D.Double(end + f * 0.25, y - f * 0.6, width + f * 0.3, f * 1.2));
      g.setPaint(Palette.INK);
      g.drawString(value, (float) (end + f * 0.4), (float) (y + f * 0.36));
    }
  }
}
