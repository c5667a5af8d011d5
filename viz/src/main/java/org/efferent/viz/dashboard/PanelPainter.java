package org.efferent.viz.dashboard;

import java.awt.Graphics2D;

/**
 * Draws a panel. Needs no display. One painter is used by one thread, for it may keep pixels.
 *
 * @param <S> what it draws, immutable
 */
@FunctionalInterface
public interface PanelPainter<S> {
  /**
   * Paints all of (0, 0) to (width, height).
   *
   * @param g modified; its scale makes letters and lines larger
   * @param width units of {@code g}
   * @param height units of {@code g}
   * @param snapshot what to draw
   * @param theme colours
   */
  void paint(Graphics2D g, int width, int height, S snapshot, DashboardTheme theme);
}
