package org.efferent.viz;

import java.awt.Dimension;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.JFrame;
import javax.swing.Timer;
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
  private static final int FRAME_MILLIS = 16;

  private final AtomicReference<RankingView> latest = new AtomicReference<>(RankingView.START);
  private final AtomicLong queued = new AtomicLong();
  private final Runnable stop;
  // Set by the constructor, on Swing's thread.
  private RankingCanvas canvas;
  private JFrame frame;
  private Timer timer;

  /**
   * Opens the window.
   *
   * @param title of the window
   * @param look colours, also of the window's own parts
   * @param stop what Esc and closing the window do; run on Swing's thread, so it must not wait
   * @throws UnavailableException if there is no display
   */
  public RankingWindow(String title, Look look, Runnable stop) {
    this.stop = Objects.requireNonNull(stop, "stop");
    Objects.requireNonNull(look, "look");
    Windows.open(() -> open(title, look));
  }

  private void open(String title, Look look) {
    Windows.dress(look);
    canvas = new RankingCanvas(latest, look);
    canvas.getAccessibleContext().setAccessibleName("Ranking of answers");
    canvas.setPreferredSize(new Dimension(960, 540));
    frame =
        Windows.frame(
            title,
            canvas,
            () -> {
              stop.run();
              dispose();
            });
    frame.getRootPane().setDoubleBuffered(false);
    Windows.bind(frame, "ESCAPE", stop);
    Windows.bind(frame, "F", () -> Windows.toggleFullScreen(frame));
    frame.pack();
    frame.setLocationByPlatform(true);
    frame.setVisible(true);
    timer = new Timer(FRAME_MILLIS, e -> canvas.frame());
    timer.start();
  }

  /**
   * Says what there is now. Never waits; a moment that comes before the last one was painted
   * replaces it.
   *
   * @param view the present moment
   */
  public void update(RankingView view) {
    latest.setRelease(Objects.requireNonNull(view, "view"));
    queued.incrementAndGet();
  }

  /** Moments that {@link #update} was given. */
  public long queued() {
    return queued.get();
  }

  /** Moments that were painted, and changes of the window's size. */
  public long painted() {
    return canvas.frames().count();
  }

  /** How long painting and showing took, a moment each. */
  public LatencyHistogram paintTimes() {
    return canvas.times();
  }

  /** Closes the window; waits for Swing at most two seconds. Closing twice does nothing more. */
  @Override
  public void close() {
    SwingClose.within(this::dispose);
  }

  private void dispose() {
    timer.stop();
    frame.dispose();
  }
}
