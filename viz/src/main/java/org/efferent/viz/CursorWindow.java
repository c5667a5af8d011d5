package org.efferent.viz;

import java.awt.Dimension;
import java.awt.GraphicsDevice;
import java.awt.GraphicsEnvironment;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.JFrame;
import javax.swing.Timer;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.UnavailableException;

/**
 * The window of the cursor task. The decode thread says what there is with {@link #update}, which
 * never waits; the window shows the latest sixty times a second. Keys: Space pauses, R recentres, F
 * fills a second display (the only one, if there is no second), Esc stops.
 *
 * <p>Any thread may call any method; what Swing owns stays on its thread.
 */
public final class CursorWindow implements AutoCloseable {
  /**
   * What the keys do; run on Swing's thread, so they must not wait.
   *
   * @param togglePause Space
   * @param recentre R
   * @param stop Esc, and closing the window
   */
  public record Keys(Runnable togglePause, Runnable recentre, Runnable stop) {
    /** Keys that do nothing. */
    public static final Keys NONE = new Keys(() -> {}, () -> {}, () -> {});

    /** Checks that each does something. */
    public Keys {
      Objects.requireNonNull(togglePause, "togglePause");
      Objects.requireNonNull(recentre, "recentre");
      Objects.requireNonNull(stop, "stop");
    }
  }

  private static final int FRAME_MILLIS = 16;

  private final AtomicReference<CursorState> latest = new AtomicReference<>();
  private final Keys keys;
  // Set by the constructor, on Swing's thread.
  private CursorCanvas canvas;
  private JFrame frame;
  private Timer timer;

  /**
   * Opens the window.
   *
   * @param title of the window
   * @param look colours, also of the window's own parts
   * @param keys what they do
   * @throws UnavailableException if there is no display
   */
  public CursorWindow(String title, Look look, Keys keys) {
    this.keys = Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(look, "look");
    Windows.open(() -> open(title, look));
  }

  private void open(String title, Look look) {
    Windows.dress(look);
    canvas = new CursorCanvas(latest, look);
    canvas.getAccessibleContext().setAccessibleName("Cursor task");
    canvas.setPreferredSize(new Dimension(960, 720));
    frame =
        Windows.frame(
            title,
            canvas,
            () -> {
              keys.stop().run();
              dispose();
            });
    frame.getRootPane().setDoubleBuffered(false);
    Windows.bind(frame, "SPACE", keys.togglePause());
    Windows.bind(frame, "R", keys.recentre());
    Windows.bind(frame, "ESCAPE", keys.stop());
    Windows.bind(frame, "F", this::toggleFullScreen);
    frame.pack();
    frame.setLocationByPlatform(true);
    frame.setVisible(true);
    timer = new Timer(FRAME_MILLIS, e -> canvas.frame());
    timer.start();
  }

  private void toggleFullScreen() {
    GraphicsDevice here = frame.getGraphicsConfiguration().getDevice();
    boolean full = frame.isUndecorated();
    if (full) {
      here.setFullScreenWindow(null);
    }
    frame.dispose(); // decorations change only while a window is not on the screen
    frame.setUndecorated(!full);
    if (full) {
      frame.pack();
      frame.setVisible(true);
      return;
    }
    GraphicsDevice chosen = here;
    for (GraphicsDevice device :
        GraphicsEnvironment.getLocalGraphicsEnvironment().getScreenDevices()) {
      if (!device.getIDstring().equals(here.getIDstring())) {
        chosen = device;
      }
    }
    frame.setVisible(true);
    chosen.setFullScreenWindow(frame);
  }

  /**
   * Says what there is now. Never waits; a state that comes before the last one was painted
   * replaces it.
   *
   * @param state the present moment
   */
  public void update(CursorState state) {
    latest.setRelease(Objects.requireNonNull(state, "state"));
  }

  /** Frames so far: how often the display was brought up to date. */
  public long frames() {
    return canvas.frames().count();
  }

  /** Frames a second, over the last second. */
  public double framesPerSecond() {
    return canvas.frames().perSecond(System.nanoTime());
  }

  /** How long painting and showing took, a frame each. */
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
