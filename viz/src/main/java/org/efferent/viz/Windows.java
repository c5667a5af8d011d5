package org.efferent.viz;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLightLaf;
import java.awt.AWTError;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.Rectangle;
import java.awt.event.ActionEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.lang.reflect.InvocationTargetException;
import javax.swing.AbstractAction;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JRootPane;
import javax.swing.KeyStroke;
import javax.swing.WindowConstants;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;

/** What all windows of this package have in common. */
public final class Windows {
  private Windows() {}

  /**
   * Opens a window on Swing's thread.
   *
   * @param open makes it visible
   * @throws UnavailableException if there is no display
   */
  public static void open(Runnable open) {
    try {
      if (GraphicsEnvironment.isHeadless()) {
        throw noDisplay(null);
      }
      if (EventQueue.isDispatchThread()) {
        open.run();
      } else {
        EventQueue.invokeAndWait(open);
      }
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof HeadlessException || e.getCause() instanceof AWTError) {
        throw noDisplay(e.getCause());
      }
      if (e.getCause() instanceof UsageException wrong) {
        throw wrong;
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

  /** What to throw where no window can be opened. */
  public static UnavailableException noDisplay(Throwable cause) {
    String display = System.getenv("DISPLAY");
    String why =
        Boolean.getBoolean("java.awt.headless")
            ? "java.awt.headless=true"
            : "DISPLAY=" + (display == null ? "" : display);
    return new UnavailableException(
        "no display (" + why + "); use --headless, or set DISPLAY", cause);
  }

  /** Colours of the windows' own parts. */
  public static void dress(Look look) {
    if (look == Look.DARK) {
      FlatDarkLaf.setup();
    } else {
      FlatLightLaf.setup();
    }
  }

  /**
   * A window that closes only when its program says so.
   *
   * @param title of the window
   * @param content all of it
   * @param closing what the user's closing does
   */
  public static JFrame frame(String title, JComponent content, Runnable closing) {
    JFrame frame = new JFrame(title);
    frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(WindowEvent e) {
            closing.run();
          }
        });
    frame.setContentPane(content);
    return frame;
  }

  /** A key that works wherever the focus is in the window. */
  public static void bind(JFrame frame, String key, Runnable action) {
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

  /** Fills the display that the window is on, or goes back to its own size. */
  public static void toggleFullScreen(JFrame frame) {
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
}
