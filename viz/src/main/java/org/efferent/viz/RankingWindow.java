package org.efferent.viz;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLightLaf;
import java.awt.AWTError;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.Rectangle;
import java.awt.event.ActionEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
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
    try {
      if (GraphicsEnvironment.isHeadless()) {
        throw CursorWindow.noDisplay(null);
      }
      if (EventQueue.isDispatchThread()) {
        open(title, look);
      } else {
        EventQueue.invokeAndWait(() -> open(title, look));
      }
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof HeadlessException || e.getCause() instanceof AWTError) {
        throw CursorWindow.noDisplay(e.getCause());
      }
      throw new IllegalStateException("the window could not be opened", e.getCause());
    } catch (HeadlessException | AWTError | NoClassDefFoundError e) {
      // AWT says so by an error where DISPLAY names no server, and by another the second time.
      throw CursorWindow.noDisplay(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the window opened", e);
    }
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
            stop.run();
            dispose();
          }
        });
    canvas = new RankingCanvas(latest, look);
    canvas.getAccessibleContext().setAccessibleName("Ranking of answers");
    canvas.setPreferredSize(new Dimension(960, 540));
    frame.setContentPane(canvas);
    frame.getRootPane().setDoubleBuffered(false);
    bind("ESCAPE", stop);
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
    Rectangle area = frame.getGraphicsConfiguration().getBounds();
    boolean full = frame.isUndecorated();
    frame.dispose(); // decorations change only while a window is not on the screen
    frame.setUndecorated(!full);
    if (full) {
      frame.pack();
      frame.setLocation(area.x, area.y);
    } else {
      frame.setBounds(area);
    }
    frame.setVisible(true);
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
