package org.efferent.viz.dashboard;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import org.efferent.viz.Look;
import org.efferent.viz.RankingPainter;
import org.efferent.viz.RankingView;

/** Draws answers with pictures as {@link RankingPainter} does. Used by one thread. */
public final class RankingPanelPainter implements PanelPainter<RankingView> {
  private final RankingPainter light = new RankingPainter(Look.LIGHT);
  private final RankingPainter dark = new RankingPainter(Look.DARK);

  /** A painter. */
  public RankingPanelPainter() {}

  @Override
  public void paint(Graphics2D g, int width, int height, RankingView s, DashboardTheme theme) {
    Sheet sheet = new Sheet(g, width, height, theme);
    sheet.title("Retrieval", "");
    AffineTransform before = g.getTransform();
    g.translate(0, Sheet.HEAD);
    g.clipRect(0, 0, width, Math.max(1, (int) (height - Sheet.HEAD)));
    int room = (int) Math.max(1, height - Sheet.HEAD);
    (theme == DashboardTheme.DARK ? dark : light).paint(g, s, width, room);
    g.setTransform(before);
  }
}
