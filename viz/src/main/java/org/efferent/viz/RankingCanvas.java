package org.efferent.viz;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.concurrent.atomic.AtomicReference;

/** The ranking inside a window, painted whenever there is a new moment. */
final class RankingCanvas extends ImageCanvas {
  private static final long serialVersionUID = 1L;

  private final transient AtomicReference<RankingView> latest;
  private final transient RankingPainter painter;
  private transient RankingView shown;

  RankingCanvas(AtomicReference<RankingView> latest, Look look) {
    this.latest = latest;
    painter = new RankingPainter(look);
  }

  /** Brings the display up to date where there is a new moment. */
  @SuppressWarnings("ReferenceEquality") // asks whether another one came, whatever it says
  void frame() {
    if (visible() && !(latest.getAcquire() == shown && fits())) {
      show(
          () -> {
            follow();
            draw(new Rectangle(getSize()));
            getAccessibleContext().setAccessibleDescription(shown.headline());
          });
    }
  }

  @Override
  void follow() {
    shown = latest.getAcquire();
  }

  @Override
  void paint(Graphics2D g, int width, int height) {
    painter.paint(g, shown, width, height);
  }
}
