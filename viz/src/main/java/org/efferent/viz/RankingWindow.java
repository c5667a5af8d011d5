package org.efferent.viz;

import org.efferent.core.LatencyHistogram;
import org.efferent.core.UnavailableException;

/**
 * The window of a live session that ranks answers. The session's thread says what there is with
 * {@link #update}, which never waits; the window shows the latest. Keys: F fills the display, Esc
 * stops.
 *
 * <p>Any thread may call any method; what Swing owns stays on its thread.
 */
public final class RankingWindow implements AutoCloseable {
  private final LatestWindow<RankingView> window;

  /**
   * Opens the window.
   *
   * @param title of the window
   * @param look colours, also of the window's own parts
   * @param stop what Esc and closing the window do; run on Swing's thread, so it must not wait
   * @throws UnavailableException if there is no display
   */
  public RankingWindow(String title, Look look, Runnable stop) {
    LatestWindow.Frame its = new LatestWindow.Frame(title, "Ranking of answers", look, 960, 540);
    RankingPainter painter = new RankingPainter(look);
    this.window =
        new LatestWindow<>(its, RankingView.START, painter::paint, RankingView::headline, stop);
  }

  /**
   * Says what there is now. Never waits; a moment that comes before the last one was painted
   * replaces it.
   *
   * @param view the present moment
   */
  public void update(RankingView view) {
    window.update(view);
  }

  /** Moments that {@link #update} was given. */
  public long queued() {
    return window.queued();
  }

  /** Moments that were painted, and changes of the window's size. */
  public long painted() {
    return window.painted();
  }

  /** How long painting and showing took, a moment each. */
  public LatencyHistogram paintTimes() {
    return window.paintTimes();
  }

  /** Closes the window; waits for Swing at most two seconds. Closing twice does nothing more. */
  @Override
  public void close() {
    window.close();
  }
}
