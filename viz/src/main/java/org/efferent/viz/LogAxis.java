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

/**
 * A horizontal axis of the decimal logarithms of its data, with 1, 2, 5, 10, 20 … written where
 * they are.
 */
final class LogAxis extends NumberAxis {
  private static final long serialVersionUID = 1L;
  private static final int[] ROUND = {1, 2, 5};

  LogAxis(String label, FigureSize size) {
    super(label);
    Charts.style(this, size);
    setAutoRangeIncludesZero(false);
  }

  @Override
  protected List<NumberTick> refreshTicksHorizontal(
      Graphics2D g, Rectangle2D dataArea, RectangleEdge edge) {
    DecimalFormat format =
        new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
    List<NumberTick> ticks = new ArrayList<>();
    double slack = 1e-9;
    double free = Double.NEGATIVE_INFINITY;
    double gap = getTickLabelFont().getSize2D() * 0.6;
    boolean decades = getRange().getLength() > 3; // no room for what lies between
    for (int k = (int) Math.floor(getLowerBound()); k <= getUpperBound(); k++) {
      for (int round : ROUND) {
        double value = round * Math.pow(10, k);
        double at = Math.log10(value);
        if (at < getLowerBound() - slack
            || at > getUpperBound() + slack
            || (decades && round > 1)) {
          continue;
        }
        String text = format.format(value);
        double half = Pen.width(getTickLabelFont(), text) / 2;
        double x = valueToJava2D(at, dataArea, edge);
        boolean fits = x - half > free;
        free = fits ? x + half + gap : free;
        ticks.add(
            new NumberTick(at, fits ? text : "", TextAnchor.TOP_CENTER, TextAnchor.CENTER, 0));
      }
    }
    return ticks;
  }
}
