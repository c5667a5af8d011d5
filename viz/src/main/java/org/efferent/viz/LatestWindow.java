package org.efferent.viz;

import java.awt.Dimension;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.swing.JFrame;
import javax.swing.Timer;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.UnavailableException;

/**
 * A window that shows the latest of the moments that a session's thread leaves. Keys: F fills the
 * display, Esc stops. Any thread may call any method; what Swing owns stays on its thread.
 *
 * @param <V> a moment, not modified
 */
final class LatestWindow<V> implements AutoCloseable {
  private static final int FRAME_MILLIS = 16;

  private final AtomicReference<V> latest;
  private final AtomicLong queued = new AtomicLong();
  // Set by the constructor, on Swing's thread.
  private LatestCanvas<V> canvas;
  private JFrame frame;
  private Timer timer;

  /**
   * What a window is.
   *
   * @param title of the window
   * @param name of what is shown, for those who do not see it
   * @param look colours, also of the window's own parts
   * @param width at first, in pixels
   * @param height at first, in pixels
   */
  record Frame(String title, String name, Look look, int width, int height) {
    Frame {
      Objects.requireNonNull(look, "look");
    }
  }

  /**
   * Opens the window.
   *
   * @param its what it is
   * @param first moment
   * @param painter paints one
   * @param words says it to those who do not see it
   * @param stop what Esc and closing the window do; run on Swing's thread, so it must not wait
   * @throws UnavailableException if there is no display
   */
  LatestWindow(
      Frame its,
      V first,
      LatestCanvas.Painter<V> painter,
      Function<V, String> words,
      Runnable stop) {
    Objects.requireNonNull(stop, "stop");
    latest = new AtomicReference<>(first);
    Windows.open(() -> open(its, painter, words, stop));
  }

  private void open(
      Frame its, LatestCanvas.Painter<V> painter, Function<V, String> words, Runnable stop) {
    Windows.dress(its.look());
    canvas = new LatestCanvas<>(latest, painter, words);
    canvas.getAccessibleContext().setAccessibleName(its.name());
    canvas.setPreferredSize(new Dimension(its.width(), its.height()));
    frame =
        Windows.frame(
            its.title(),
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

  /** Leaves a moment; never waits. One that comes before the last was painted replaces it. */
  void update(V view) {
    latest.setRelease(Objects.requireNonNull(view, "view"));
    queued.incrementAndGet();
  }

  /** Moments that {@link #update} was given. */
  long queued() {
    return queued.get();
  }

  /** Moments that were painted, and changes of the window's size. */
  long painted() {
    return canvas.frames().count();
  }

  /** How long painting and showing took, a moment each. */
  LatencyHistogram paintTimes() {
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
