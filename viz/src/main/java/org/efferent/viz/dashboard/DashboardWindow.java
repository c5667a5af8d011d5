package org.efferent.viz.dashboard;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Toolkit;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.JToolBar;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;
import org.efferent.viz.FrameCounter;
import org.efferent.viz.IfExists;
import org.efferent.viz.Look;
import org.efferent.viz.SwingClose;
import org.efferent.viz.Windows;

/**
 * The dashboard's window: docked panels, a bar of buttons, keys for everything ({@link
 * DashboardAction}). Signals are drawn thirty times a second, the other panels a few times, one a
 * frame. The layout is saved whenever it changes. Any thread may call the public methods.
 *
 * <p>Longer than 300 lines, so that what the keys do is read in one place.
 */
public final class DashboardWindow implements AutoCloseable {
  /**
   * How a window begins.
   *
   * @param title of the window
   * @param width pixels
   * @param height pixels
   * @param theme colours
   * @param fallback the layout where none was saved, and that F5 brings back
   * @param layoutFile where the layout is saved and found again; null for nowhere
   * @param pictures folder for screenshots and recordings
   */
  public record Options(
      String title,
      int width,
      int height,
      DashboardTheme theme,
      DockLayout fallback,
      Path layoutFile,
      Path pictures) {
    /** Checks that what must be there is. */
    public Options {
      Objects.requireNonNull(theme, "theme");
      Objects.requireNonNull(fallback, "fallback");
      Objects.requireNonNull(pictures, "pictures");
    }
  }

  private static final int FRAME_MILLIS = 30;
  private static final long RECORD_NANOS = 200_000_000L;
  private static final long STATUS_NANOS = 500_000_000L;
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");

  private final DashboardModels models;
  private final Options options;
  private final Runnable closing;
  private final Consumer<String> notes;
  private final FrameCounter frames = new FrameCounter();
  private final LatencyHistogram times = new LatencyHistogram();
  // What follows is Swing's.
  private DashboardTheme theme;
  private JFrame frame;
  private DockPane dock;
  private Timer timer;
  private JLabel status;
  private JDialog help;
  private FrameRecorder recorder;
  private String said = "";
  private boolean paused;
  private long recordedAt;
  private long statusAt;
  private int first;
  private int page = 64;

  private DashboardWindow(
      DashboardModels models, Options options, Runnable closing, Consumer<String> notes) {
    this.models = models;
    this.options = options;
    this.closing = closing;
    this.notes = notes;
    theme = options.theme();
    Windows.open(this::show);
  }

  /**
   * Opens it.
   *
   * @param models what it shows
   * @param options how it begins
   * @param closing what the user's closing does, on Swing's thread; the window stays until {@link
   *     #close}
   * @param notes hears remarks, on any thread
   * @return an open window
   * @throws UnavailableException if there is no display
   */
  public static DashboardWindow open(
      DashboardModels models, Options options, Runnable closing, Consumer<String> notes) {
    return new DashboardWindow(models, options, closing, notes);
  }

  private void show() {
    dress();
    DockLayout layout =
        options.layoutFile() == null
            ? options.fallback()
            : DockFile.read(options.layoutFile(), options.fallback(), this::say);
    dock = new DockPane(models, () -> theme, layout, this::save);
    dock.setPreferredSize(new Dimension(options.width(), options.height() - 40));
    JPanel content = new JPanel(new BorderLayout());
    content.add(dock, BorderLayout.CENTER);
    content.add(bar(), BorderLayout.SOUTH);
    frame = Windows.frame(options.title(), content, closing);
    for (DashboardAction action : DashboardAction.values()) {
      Windows.bind(frame, action.key(), () -> act(action));
    }
    Windows.bind(frame, "EQUALS", () -> act(DashboardAction.SHORTER));
    Windows.bind(frame, "ADD", () -> act(DashboardAction.SHORTER));
    Windows.bind(frame, "SUBTRACT", () -> act(DashboardAction.LONGER));
    int number = 1;
    for (Panel panel : Panel.values()) {
      Windows.bind(frame, Integer.toString(number++), () -> showPanel(panel));
    }
    frame.pack();
    frame.setSize(options.width(), options.height());
    frame.setVisible(true);
    dock.canvas(layout.panels().get(0)).requestFocusInWindow();
    timer = new Timer(FRAME_MILLIS, e -> tick());
    timer.start();
  }

  private void dress() {
    Windows.dress(theme == DashboardTheme.DARK ? Look.DARK : Look.LIGHT);
  }

  private JToolBar bar() {
    JToolBar bar = new JToolBar();
    bar.setFloatable(false);
    button(bar, "Help", DashboardAction.HELP);
    button(bar, "Screenshot", DashboardAction.SCREENSHOT);
    button(bar, "Record", DashboardAction.RECORD);
    button(bar, "Theme", DashboardAction.THEME);
    button(bar, "Panel\u2026", DashboardAction.MENU);
    button(bar, "Pause", DashboardAction.PAUSE);
    status = new JLabel(" ");
    status.getAccessibleContext().setAccessibleDescription("Frames a second, and remarks");
    bar.addSeparator();
    bar.add(status);
    return bar;
  }

  private void button(JToolBar bar, String text, DashboardAction action) {
    JButton button = new JButton(text + " (" + action.keyName() + ")");
    button.setToolTipText(action.words());
    button.getAccessibleContext().setAccessibleDescription(action.words());
    button.setFocusable(false); // the keys do the same; panels keep the focus
    button.addActionListener(e -> act(action));
    bar.add(button);
  }

  /** Does what a key says. */
  void act(DashboardAction action) {
    Panel panel = dock.focused();
    SignalModel signals = models.signals();
    switch (action) {
      case HELP -> help();
      case SCREENSHOT -> screenshot();
      case RECORD -> record();
      case THEME -> theme();
      case DEFAULT_LAYOUT -> dock.dock(l -> options.fallback(), null);
      case NEXT_PANEL -> dock.focusNext(1);
      case PREVIOUS_PANEL -> dock.focusNext(-1);
      case FULL_SCREEN -> Windows.toggleFullScreen(frame);
      case PAUSE -> paused = !paused;
      case MOVE_LEFT -> dock.dock(l -> DockMoves.move(l, panel, DockLayout.Side.LEFT), panel);
      case MOVE_RIGHT -> dock.dock(l -> DockMoves.move(l, panel, DockLayout.Side.RIGHT), panel);
      case MOVE_UP -> dock.dock(l -> DockMoves.move(l, panel, DockLayout.Side.UP), panel);
      case MOVE_DOWN -> dock.dock(l -> DockMoves.move(l, panel, DockLayout.Side.DOWN), panel);
      case JOIN -> dock.dock(l -> DockMoves.joinNext(l, panel), panel);
      case HIDE -> {
        dock.dock(l -> DockMoves.hide(l, panel), null);
        dock.focusNext(0);
      }
      case MENU -> dock.menu(panel).show(dock.canvas(panel), 12, 24);
      case CHANNEL_BEFORE -> models.select(models.selected() - 1);
      case CHANNEL_NEXT -> models.select(models.selected() + 1);
      case PAGE_UP -> page(first - page, page);
      case PAGE_DOWN -> page(first + page, page);
      case FEWER -> page(first, Math.max(1, page / 2));
      case MORE -> page(first, Math.min(256, page * 2));
      case LARGER -> scaleBy(0.5);
      case SMALLER -> scaleBy(2);
      case AUTO_SCALE ->
          signals.scale(
              signals.scale().equals(SignalScale.EACH) ? SignalScale.COMMON : SignalScale.EACH);
      case SHORTER -> signals.window(Math.max(0.5, signals.window() / 2));
      case LONGER -> signals.window(Math.min(60, signals.window() * 2));
      case MONTAGE -> montage();
      case CLOSE -> closing.run();
    }
  }

  private void showPanel(Panel panel) {
    dock.dock(l -> DockMoves.show(l, panel), panel);
    dock.canvas(panel).requestFocusInWindow();
  }

  private void page(int from, int count) {
    int total = models.signals().snapshot(Long.MAX_VALUE - 1).total();
    page = Math.min(count, total);
    first = Math.max(0, Math.min(from, total - page));
    models.signals().page(first, page);
  }

  private void scaleBy(double factor) {
    SignalSnapshot now = models.signals().snapshot(Long.MAX_VALUE - 1);
    double half =
        now.signals().stream().mapToDouble(SignalSnapshot.Signal::halfRange).max().orElse(1);
    models.signals().scale(SignalScale.fixed(half * factor));
  }

  private void montage() {
    boolean recorded =
        models.signals().snapshot(Long.MAX_VALUE - 1).montage().equals("as recorded");
    models
        .signals()
        .montage(
            recorded
                ? SignalMontage.commonAverage(models.info())
                : SignalMontage.asRecorded(models.info()));
  }

  private void theme() {
    theme = theme == DashboardTheme.DARK ? DashboardTheme.LIGHT : DashboardTheme.DARK;
    dress();
    SwingUtilities.updateComponentTreeUI(frame);
  }

  private void help() {
    if (help == null) {
      JTextArea text = new JTextArea(DashboardAction.help());
      text.setEditable(false);
      text.setFont(new Font(Font.MONOSPACED, Font.PLAIN, 13));
      text.getAccessibleContext().setAccessibleName("Keys of the dashboard");
      help = new JDialog(frame, "Keys of the dashboard");
      help.getRootPane()
          .registerKeyboardAction(
              e -> help.setVisible(false),
              javax.swing.KeyStroke.getKeyStroke("ESCAPE"),
              javax.swing.JComponent.WHEN_IN_FOCUSED_WINDOW);
      help.add(new JScrollPane(text));
      help.pack();
      help.setSize(
          help.getWidth() + 24, Math.min(help.getHeight(), Math.max(300, frame.getHeight() - 40)));
      help.setLocationRelativeTo(frame);
    }
    help.setVisible(!help.isVisible());
  }

  private BufferedImage picture() {
    BufferedImage image =
        new BufferedImage(
            Math.max(1, dock.getWidth()),
            Math.max(1, dock.getHeight()),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    dock.paint(g);
    g.dispose();
    return image;
  }

  private void screenshot() {
    Path file =
        options
            .pictures()
            .resolve(
                "dashboard-" + LocalDateTime.now(ZoneId.systemDefault()).format(NAME) + ".png");
    try {
      DashboardPicture.write(picture(), file, IfExists.FAIL);
      say("wrote " + file);
    } catch (UsageException e) {
      say(e.getMessage());
    }
  }

  private void record() {
    if (recorder == null) {
      String name = "dashboard-" + LocalDateTime.now(ZoneId.systemDefault()).format(NAME);
      recorder = new FrameRecorder(options.pictures().resolve(name));
      return;
    }
    FrameRecorder done = recorder;
    recorder = null;
    done.close();
    say(
        done.failure().isEmpty()
            ? "%d frames in %s, %d dropped".formatted(done.written(), done.folder(), done.dropped())
            : done.failure());
  }

  private void say(String words) {
    said = words;
    notes.accept(words);
  }

  private void save() {
    if (options.layoutFile() != null) {
      try {
        DockFile.write(options.layoutFile(), dock.docked());
      } catch (UsageException e) {
        say("the layout is not saved: " + e.getMessage());
      }
    }
  }

  /** One frame: signals, and one of the other panels whose time has come. */
  private void tick() {
    long now = System.nanoTime();
    if (!paused) {
      boolean slow = false;
      for (PanelCanvas canvas : dock.shown()) {
        boolean fast = canvas.panel() == Panel.SIGNALS;
        if (canvas.due(now) && (fast || !slow)) {
          canvas.refresh(now);
          slow |= !fast;
        }
      }
      Toolkit.getDefaultToolkit().sync(); // without it X11 shows frames in bursts
      long end = System.nanoTime();
      times.record(end - now);
      frames.frame(end);
      models.health().frames(frames.perSecond(end));
    }
    if (recorder != null && now - recordedAt >= RECORD_NANOS) {
      recordedAt = now;
      recorder.offer(picture());
    }
    if (now - statusAt >= STATUS_NANOS) {
      statusAt = now;
      status.setText(status(now));
    }
  }

  private String status(long now) {
    String rate =
        paused ? "held" : String.format(Locale.ROOT, "%.0f frames a second", frames.perSecond(now));
    String stale = models.health().snapshot().stale() ? "  STALE: no sample comes in" : "";
    String recording =
        recorder == null ? "" : "  recording: " + recorder.written() + " frames (F3 ends)";
    return "  " + rate + stale + recording + (said.isEmpty() ? "" : "   " + said);
  }

  /** Frames that were drawn. */
  public long painted() {
    return frames.count();
  }

  /** Frames a second, over the last second. */
  public double framesPerSecond() {
    return frames.perSecond(System.nanoTime());
  }

  /** How long drawing and showing took, a frame each. */
  public LatencyHistogram paintTimes() {
    return times;
  }

  /** Closes the window; waits for Swing at most two seconds. Closing twice does nothing more. */
  @Override
  public void close() {
    SwingClose.within(this::dispose);
  }

  private void dispose() {
    timer.stop();
    if (recorder != null) {
      record();
    }
    frame.dispose();
  }
}
