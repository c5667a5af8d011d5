package org.efferent.viz;

import org.efferent.core.UnavailableException;

/**
 * The window of a live session that draws pictures. {@link #update} never waits; the window shows
 * the latest. Keys: F fills the display, Esc stops. Any thread may call any method.
 */
public final class DrawnWindow implements AutoCloseable {
  private final LatestWindow<DrawnView> window;

  /**
   * Opens the window.
   *
   * @param title of the window
   * @param look colours, also of the window's own parts
   * @param stop what Esc and closing the window do; run on Swing's thread, so it must not wait
   * @throws UnavailableException if there is no display
   */
  public DrawnWindow(String title, Look look, Runnable stop) {
    LatestWindow.Frame its = new LatestWindow.Frame(title, "Drawn picture", look, 900, 560);
    DrawnPainter painter = new DrawnPainter(look);
    this.window =
        new LatestWindow<>(its, DrawnView.START, painter::paint, DrawnView::headline, stop);
  }

  /**
   * Says what there is now. Never waits.
   *
   * @param view the present moment
   */
  public void update(DrawnView view) {
    window.update(view);
  }

  /** Moments that were painted, and changes of the window's size. */
  public long painted() {
    return window.painted();
  }

  /** Closes the window; waits for Swing at most two seconds. Closing twice does nothing more. */
  @Override
  public void close() {
    window.close();
  }
}
