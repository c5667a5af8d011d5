package org.efferent.viz;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

/**
 * An axis whose name up the left side is drawn as text. JFreeChart draws it as outlines of glyphs,
 * unless a static switch of the whole JVM is turned: in SVG nobody could search or copy it.
 */
final class TextAxis extends NumberAxis {
  private static final long serialVersionUID = 1L;

  TextAxis(String label) {
    super(label);
  }

  @Override
  protected AxisState drawLabel(
      String label,
      Graphics2D g,
      Rectangle2D plotArea,
      Rectangle2D dataArea,
      RectangleEdge edge,
      AxisState state) {
    if (!RectangleEdge.LEFT.equals(edge) || label == null || label.isEmpty()) {
      return super.drawLabel(label, g, plotArea, dataArea, edge, state);
    }
    g.setFont(getLabelFont());
    g.setPaint(getLabelPaint());
    RectangleInsets insets = getLabelInsets();
    double height = TextUtils.getTextBounds(label, g, g.getFontMetrics()).getHeight();
    double x = state.getCursor() - insets.getRight() - height / 2;
    double y = dataArea.getCenterY();
    AffineTransform before = g.getTransform();
    g.rotate(-Math.PI / 2, x, y);
    TextUtils.drawAlignedString(label, g, (float) x, (float) y, TextAnchor.CENTER);
    g.setTransform(before);
    state.cursorLeft(insets.getLeft() + height + insets.getRight());
    return state;
  }
}
