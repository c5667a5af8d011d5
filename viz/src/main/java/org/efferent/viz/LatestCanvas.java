package org.efferent.viz;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * What a window shows of moments that another thread leaves: painted whenever there is a new one.
 *
 * @param <V> a moment, not modified
 */
final class LatestCanvas<V> extends ImageCanvas {
  private static final long serialVersionUID = 1L;

  /** Paints a moment. */
  @FunctionalInterface
  interface Painter<V> {
    void paint(Graphics2D g, V view, int width, int height);
  }

  private final transient AtomicReference<V> latest;
  private final transient Painter<V> painter;
  private final transient Function<V, String> words;
  private transient V shown;

  /**
   * A canvas.
   *
   * @param latest the latest moment
   * @param painter paints one
   * @param words says it to those who do not see it
   */
  LatestCanvas(AtomicReference<V> latest, Painter<V> painter, Function<V, String> words) {
    this.latest = latest;
    this.painter = painter;
    this.words = words;
  }

  /** Brings the display up to date where there is a new moment. */
  @SuppressWarnings("ReferenceEquality") // asks whether another one came, whatever it says
  void frame() {
    if (visible() && !(latest.getAcquire() == shown && fits())) {
      show(
          () -> {
            follow();
            draw(new Rectangle(getSize()));
            getAccessibleContext().setAccessibleDescription(words.apply(shown));
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
