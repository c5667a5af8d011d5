package org.efferent.viz;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** An axis of the decimal logarithms of its data, with 1, 2, 5, 10, 20 … written where they are. */
final class LogAxis extends NumberAxis {
  private static final long serialVersionUID = 1L;
  private static final int FEWEST = 3; // ticks that tell where one is
  private static final double SLACK = 1e-9;

  LogAxis(String label, FigureSize size) {
    super(label);
    Charts.style(this, size);
    setAutoRangeIncludesZero(false);
  }

  @Override
  protected List<NumberTick> refreshTicksHorizontal(
      Graphics2D g, Rectangle2D dataArea, RectangleEdge edge) {
    List<NumberTick> ticks = new ArrayList<>();
    double free = Double.NEGATIVE_INFINITY;
    double gap = getTickLabelFont().getSize2D() * 0.6;
    for (double value : values()) {
      double at = Math.log10(value);
      String text = words(value);
      double half = Pen.width(getTickLabelFont(), text) / 2;
      double x = valueToJava2D(at, dataArea, edge);
      boolean fits = x - half > free;
      free = fits ? x + half + gap : free;
      ticks.add(new NumberTick(at, fits ? text : "", TextAnchor.TOP_CENTER, TextAnchor.CENTER, 0));
    }
    return ticks;
  }

  @Override
  protected List<NumberTick> refreshTicksVertical(
      Graphics2D g, Rectangle2D dataArea, RectangleEdge edge) {
    List<NumberTick> ticks = new ArrayList<>();
    double free = Double.POSITIVE_INFINITY;
    double height = getTickLabelFont().getSize2D() * 1.2;
    TextAnchor anchor =
        RectangleEdge.RIGHT.equals(edge) ? TextAnchor.CENTER_LEFT : TextAnchor.CENTER_RIGHT;
    for (double value : values()) {
      double at = Math.log10(value);
      double y = valueToJava2D(at, dataArea, edge);
      boolean fits = y + height / 2 < free;
      free = fits ? y - height / 2 : free;
      ticks.add(new NumberTick(at, fits ? words(value) : "", anchor, TextAnchor.CENTER, 0));
    }
    return ticks;
  }

  private static String words(double value) {
    String form = value < 1e-4 ? "0.#####E0" : "#,##0.######";
    return new DecimalFormat(form, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
  }

  /** Values to be written, ascending: as coarse as leaves a few of them in the range. */
  private List<Double> values() {
    List<Double> values =
        getRange().getLength() > 3 ? decades(1) : decades(1, 2, 5); // no room for what lies between
    if (values.size() < FEWEST) {
      values = decades(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
    return values.size() < FEWEST ? even() : values;
  }

  private List<Double> decades(int... rounds) {
    List<Double> values = new ArrayList<>();
    for (int k = (int) Math.floor(getLowerBound()); k <= getUpperBound(); k++) {
      for (int round : rounds) {
        double value = round * Math.pow(10, k);
        double at = Math.log10(value);
        if (at >= getLowerBound() - SLACK && at <= getUpperBound() + SLACK) {
          values.add(value);
        }
      }
    }
    return values;
  }

  /** Equal steps of the values themselves, for a range of less than a factor of two or so. */
  private List<Double> even() {
    double low = Math.pow(10, getLowerBound());
    double high = Math.pow(10, getUpperBound());
    double decade = Math.pow(10, Math.floor(Math.log10((high - low) / FEWEST)));
    double step = decade;
    for (int round : new int[] {2, 5}) {
      if (Math.floor(high / (round * decade)) - Math.ceil(low / (round * decade)) + 1 >= FEWEST) {
        step = round * decade;
      }
    }
    List<Double> values = new ArrayList<>();
    for (double i = Math.ceil(low / step - SLACK); i * step <= high * (1 + SLACK); i++) {
      values.add(i * step);
    }
    return values;
  }
}
