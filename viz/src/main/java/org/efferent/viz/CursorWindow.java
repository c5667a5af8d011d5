package org.efferent.viz;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLightLaf;
import java.awt.AWTError;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.GraphicsDevice;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.event.ActionEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.AbstractAction;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JRootPane;
import javax.swing.KeyStroke;
import javax.swing.Timer;
import javax.swing.WindowConstants;
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
    try {
      if (GraphicsEnvironment.isHeadless()) {
        throw noDisplay(null);
      }
      if (EventQueue.isDispatchThread()) {
        open(title, look);
      } else {
        EventQueue.invokeAndWait(() -> open(title, look));
      }
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof HeadlessException || e.getCause() instanceof AWTError) {
        throw noDisplay(e.getCause());
      }
      throw new IllegalStateException("the window could not be opened", e.getCause());
    } catch (HeadlessException | AWTError | NoClassDefFoundError e) {
      // AWT says so by an error where DISPLAY names no server, and by another the second time.
      throw noDisplay(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the window opened", e);
    }
  }

  static UnavailableException noDisplay(Throwable cause) {
    String display = System.getenv("DISPLAY");
    String why =
        Boolean.getBoolean("java.awt.headless")
            ? "java.awt.headless=true"
            : "DISPLAY=" + (display == null ? "" : display);
    return new UnavailableException(
        "no display (" + why + "); use --headless, or set DISPLAY", cause);
  }

  private void open(String title, Look look) {
    if (look == Look.DARK) {
      FlatDarkLaf.setup();
    } else {
      FlatLightLaf.setup();
    }
    frame = new JFrame(title);
    frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(WindowEvent e) {
            keys.stop().run();
            dispose();
          }
        });
    canvas = new CursorCanvas(latest, look);
    canvas.getAccessibleContext().setAccessibleName("Cursor task");
    canvas.setPreferredSize(new Dimension(960, 720));
    frame.setContentPane(canvas);
    frame.getRootPane().setDoubleBuffered(false);
    bind("SPACE", keys.togglePause());
    bind("R", keys.recentre());
    bind("ESCAPE", keys.stop());
    bind("F", this::toggleFullScreen);
    frame.pack();
    frame.setLocationByPlatform(true);
    frame.setVisible(true);
    timer = new Timer(FRAME_MILLIS, e -> canvas.frame());
    timer.start();
  }

  private void bind(String key, Runnable action) {
    JRootPane root = frame.getRootPane();
    root.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).put(KeyStroke.getKeyStroke(key), key);
    root.getActionMap()
        .put(
            key,
            new AbstractAction() {
              private static final long serialVersionUID = 1L;

              @Override
              public void actionPerformed(ActionEvent e) {
                action.run();
              }
            });
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
