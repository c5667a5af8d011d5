package org.efferent.viz;

import java.awt.AWTError;
import java.awt.Dimension;
import java.awt.GraphicsDevice;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.Rectangle;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.Timer;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.UnavailableException;

/**
 * The windows of a live session: the task for the user, and the operator's buttons beside it or on
 * another display. The session's thread says what there is with {@link #update}, which never waits;
 * the windows show the latest sixty times a second. The keys of {@link Operator} work in both
 * windows; F11 fills the display with the task. Closing either asks for {@link Operator#STOP}, and
 * the windows stay until {@link #close}.
 *
 * <p>Any thread may call any method; what Swing owns stays on its thread.
 */
public final class TaskWindow implements AutoCloseable {
  private static final int FRAME_MILLIS = 16;

  private final AtomicReference<TaskView> latest = new AtomicReference<>(TaskView.START);
  private final AtomicLong queued = new AtomicLong();
  private final OperatorListener listener;
  // Set by the constructor, on Swing's thread.
  private TaskCanvas canvas;
  private OperatorPanel panel;
  private JFrame task;
  private JFrame operator;
  private Timer timer;
  private String placement;

  private TaskWindow(
      String title, DisplayChoice display, boolean fullScreen, Look look, OperatorListener to) {
    listener = Objects.requireNonNull(to, "listener");
    Windows.open(() -> show(title, display, fullScreen, look));
  }

  /**
   * Opens both windows.
   *
   * @param title of the task's window; the operator's adds a word
   * @param display where the task goes
   * @param fullScreen whether it fills that display; not where {@link DisplayChoice#LARGEST_OTHER}
   *     finds no other, since it would hide the operator's window
   * @param look colours, also of the windows' own parts
   * @param listener does what the operator asks for
   * @return open windows
   * @throws UnavailableException if there is no display at all
   * @throws org.efferent.core.UsageException if there is no display of that number
   */
  public static TaskWindow open(
      String title,
      DisplayChoice display,
      boolean fullScreen,
      Look look,
      OperatorListener listener) {
    return new TaskWindow(title, display, fullScreen, look, listener);
  }

  /**
   * Says whether the windows could be opened, before anything else is begun.
   *
   * @param display where the task would go
   * @throws UnavailableException if there is no display at all
   * @throws org.efferent.core.UsageException if there is no display of that number
   */
  public static void check(DisplayChoice display) {
    try {
      if (GraphicsEnvironment.isHeadless()) {
        throw Windows.noDisplay(null);
      }
      GraphicsDevice[] devices =
          GraphicsEnvironment.getLocalGraphicsEnvironment().getScreenDevices();
      display.pick(Arrays.stream(devices).map(d -> bounds(d).getSize()).toList(), 0);
    } catch (HeadlessException | AWTError | NoClassDefFoundError e) {
      throw Windows.noDisplay(e);
    }
  }

  private void show(String title, DisplayChoice choice, boolean fullScreen, Look look) {
    GraphicsEnvironment here = GraphicsEnvironment.getLocalGraphicsEnvironment();
    List<GraphicsDevice> devices = Arrays.asList(here.getScreenDevices());
    int own = Math.max(0, devices.indexOf(here.getDefaultScreenDevice()));
    int chosen = choice.pick(devices.stream().map(d -> bounds(d).getSize()).toList(), own);
    boolean alone = choice.equals(DisplayChoice.LARGEST_OTHER) && chosen == own;
    Windows.dress(look);
    canvas = new TaskCanvas(latest, look);
    canvas.getAccessibleContext().setAccessibleName("Task");
    canvas.setPreferredSize(new Dimension(960, 800));
    panel = new OperatorPanel(latest::getAcquire, listener);
    task = frame(title, canvas);
    task.getRootPane().setDoubleBuffered(false);
    operator = frame(title + ", operator", panel);
    Rectangle area = bounds(devices.get(chosen));
    if (fullScreen && !alone) {
      task.setUndecorated(true);
      task.setBounds(area);
    } else {
      task.pack();
      task.setLocation(area.x, area.y);
    }
    placement = placement(chosen, area, alone, fullScreen);
    operator.pack();
    Rectangle home = bounds(devices.get(own));
    operator.setLocation(
        home.x + Math.max(0, home.width - operator.getWidth()),
        home.y + Math.max(0, home.height - operator.getHeight() - 48));
    task.setVisible(true);
    operator.setVisible(true);
    timer =
        new Timer(
            FRAME_MILLIS,
            e -> {
              canvas.frame();
              panel.refresh();
            });
    timer.start();
  }

  private static Rectangle bounds(GraphicsDevice device) {
    return device.getDefaultConfiguration().getBounds();
  }

  private static String placement(int chosen, Rectangle area, boolean alone, boolean fullScreen) {
    return (alone ? "there is no second display; " : "")
        + "the task is "
        + (fullScreen && !alone ? "full screen" : "in a window")
        + " on display "
        + chosen
        + " ("
        + area.width
        + " × "
        + area.height
        + ")";
  }

  private JFrame frame(String title, JComponent content) {
    JFrame frame = Windows.frame(title, content, () -> listener.operate(Operator.STOP));
    panel.bind(frame.getRootPane());
    Windows.bind(frame, "F11", () -> Windows.toggleFullScreen(task));
    return frame;
  }

  /**
   * Says what there is now. Never waits; a moment that comes before the last one was painted
   * replaces it.
   *
   * @param view the present moment
   */
  public void update(TaskView view) {
    latest.setRelease(Objects.requireNonNull(view, "view"));
    queued.incrementAndGet();
  }

  /** Where the task is shown, a sentence for people. */
  public String placement() {
    return placement;
  }

  /** Moments that {@link #update} was given. */
  public long queued() {
    return queued.get();
  }

  /** Moments that were painted; those that were replaced before are the difference. */
  public long painted() {
    return canvas.frames().count();
  }

  /** Painted moments a second, over the last second. */
  public double framesPerSecond() {
    return canvas.frames().perSecond(System.nanoTime());
  }

  /** How long painting and showing took, a moment each. */
  public LatencyHistogram paintTimes() {
    return canvas.times();
  }

  /** Closes the windows; waits for Swing at most two seconds. Closing twice does nothing more. */
  @Override
  public void close() {
    SwingClose.within(this::dispose);
  }

  private void dispose() {
    timer.stop();
    task.dispose();
    operator.dispose();
  }
}
