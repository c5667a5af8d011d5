package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.GraphicsEnvironment;
import java.awt.event.ActionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.Timer;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

/** The tests of the window itself need a display, see {@link CursorWindowTest}. */
final class TaskWindowTest {
  private final List<Operator> asked = new ArrayList<>();
  private final AtomicReference<TaskView> view = new AtomicReference<>(TaskView.START);

  private static TaskView moment(TaskPhase phase, boolean frozen) {
    TaskProgress progress = new TaskProgress("running", 4, 4, 5, 30, 20, 1.5, 4, frozen);
    return new TaskView(phase, "", TaskScene.EMPTY, null, progress);
  }

  @Test
  void everyButtonAndKeyAsksForWhatItSays() {
    OperatorPanel panel = new OperatorPanel(view::get, asked::add);
    JPanel root = new JPanel();
    panel.bind(root);
    view.set(moment(TaskPhase.RUNNING, false));
    panel.refresh();
    for (String key : List.of("P", "N", "C", "F", "B", "S", "ESCAPE")) {
      panel.button(key).doClick(0);
      root.getActionMap().get(key).actionPerformed(new ActionEvent(root, 0, key));
    }
    assertThat(asked)
        .containsExactly(
            Operator.PAUSE, Operator.PAUSE,
            Operator.NEXT, Operator.NEXT,
            Operator.RECENTRE, Operator.RECENTRE,
            Operator.FREEZE, Operator.FREEZE,
            Operator.ROLLBACK, Operator.ROLLBACK,
            Operator.STOP, Operator.STOP,
            Operator.EMERGENCY_STOP, Operator.EMERGENCY_STOP);
  }

  @Test
  void onePauseKeyPausesAndGoesOnAndOneFreezesAndUnfreezes() {
    OperatorPanel panel = new OperatorPanel(view::get, asked::add);
    view.set(moment(TaskPhase.EMERGENCY, true));
    panel.refresh();
    assertThat(panel.button("P").getText()).isEqualTo("Go on (P)");
    assertThat(panel.button("F").getText()).isEqualTo("Unfreeze decoder (F)");
    panel.button("P").doClick(0);
    panel.button("F").doClick(0);
    view.set(moment(TaskPhase.STALE, false));
    panel.refresh();
    panel.button("P").doClick(0);
    assertThat(asked).containsExactly(Operator.RESUME, Operator.UNFREEZE, Operator.PAUSE);
  }

  @Test
  void buttonsHaveNamesDescriptionsAndMnemonics() {
    OperatorPanel panel = new OperatorPanel(view::get, asked::add);
    view.set(moment(TaskPhase.RUNNING, false));
    panel.refresh();
    List<Integer> mnemonics = new ArrayList<>();
    for (String key : List.of("P", "N", "C", "F", "B", "S", "ESCAPE")) {
      JButton button = panel.button(key);
      assertThat(button.getAccessibleContext().getAccessibleName()).isNotBlank();
      assertThat(button.getAccessibleContext().getAccessibleDescription()).endsWith(".");
      mnemonics.add(button.getMnemonic());
    }
    assertThat(mnemonics).doesNotContain(0).doesNotHaveDuplicates();
    assertThat(panel.button("ESCAPE").getText()).isEqualTo("Emergency stop (Esc)");
    for (Operator what : Operator.values()) {
      assertThat(javax.swing.KeyStroke.getKeyStroke(what.key())).as(what.key()).isNotNull();
      assertThat(TaskPainter.KEYS).contains(what.keyName() + " ");
    }
  }

  @Test
  void theLargestOtherDisplayIsTakenWhereThereIsOne() {
    List<Dimension> displays =
        List.of(new Dimension(3840, 2160), new Dimension(1280, 720), new Dimension(1920, 1080));
    assertThat(DisplayChoice.LARGEST_OTHER.pick(displays, 0)).isEqualTo(2);
    assertThat(DisplayChoice.LARGEST_OTHER.pick(displays, 2)).isZero();
    assertThat(DisplayChoice.LARGEST_OTHER.pick(displays.subList(0, 1), 0)).isZero();
    assertThat(DisplayChoice.parse("other")).isEqualTo(DisplayChoice.LARGEST_OTHER);
    assertThat(DisplayChoice.parse("1").pick(displays, 0)).isEqualTo(1);
    assertThatThrownBy(() -> DisplayChoice.parse("3").pick(displays, 0))
        .isInstanceOf(UsageException.class)
        .hasMessage("a display must exist; there are 3, from 0 on; display=3");
    assertThatThrownBy(() -> DisplayChoice.parse("-1"))
        .hasMessage("a display is a number from 0, or other; display=-1");
  }

  @Test
  void withoutADisplayItSaysWhatToDo() {
    assumeTrue(GraphicsEnvironment.isHeadless(), "this JVM has a display");
    assertThatThrownBy(
            () -> TaskWindow.open("t", DisplayChoice.LARGEST_OTHER, true, Look.DARK, asked::add))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("no display (java.awt.headless=true); use --headless, or set DISPLAY");
  }

  @Test
  void paintsWhatIsNewRunsKeysFillsTheDisplayAndCloses() throws Exception {
    assumeDisplay();
    TaskWindow window =
        TaskWindow.open("task test", DisplayChoice.LARGEST_OTHER, true, Look.DARK, asked::add);
    try (window) {
      assertThat(window.placement())
          .startsWith("there is no second display; the task is in a window on display 0 (");
      CountDownLatch enough = new CountDownLatch(1);
      EventQueue.invokeAndWait(
          () ->
              new Timer(
                      5,
                      e -> {
                        double x = window.queued() % 20 - 10;
                        window.update(TaskExamples.disc(TaskPhase.RUNNING, x, 0, false));
                        if (window.painted() >= 30) {
                          enough.countDown();
                          ((Timer) e.getSource()).stop();
                        }
                      })
                  .start());
      assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(window.queued()).isGreaterThanOrEqualTo(window.painted() - 1);
      assertThat(window.framesPerSecond()).isPositive();
      assertThat(window.paintTimes().count()).isGreaterThanOrEqualTo(30);
      EventQueue.invokeAndWait(
          () -> {
            press("task test", "ESCAPE");
            press("task test, operator", "P");
            press("task test", "F11");
            JFrame task = frame("task test");
            assertThat(task.isUndecorated()).isTrue();
            assertThat(task.getSize())
                .isEqualTo(task.getGraphicsConfiguration().getBounds().getSize());
            press("task test", "F11");
            assertThat(task.isUndecorated()).isFalse();
          });
      assertThat(asked).containsExactly(Operator.EMERGENCY_STOP, Operator.PAUSE);
    }
    window.close();
    EventQueue.invokeAndWait(
        () -> {
          assertThat(frame("task test").isDisplayable()).isFalse();
          assertThat(frame("task test, operator").isDisplayable()).isFalse();
        });
  }

  @Test
  void aDisplayThatIsNamedIsFilledAndOneThatIsNotThereRefused() {
    assumeDisplay();
    try (TaskWindow window =
        TaskWindow.open("full test", new DisplayChoice(0), true, Look.LIGHT, asked::add)) {
      assertThat(window.placement()).startsWith("the task is full screen on display 0 (");
      assertThat(frame("full test").isUndecorated()).isTrue();
    }
    assertThatThrownBy(
            () -> TaskWindow.open("none", new DisplayChoice(99), true, Look.DARK, asked::add))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("display=99");
  }

  private static void press(String title, String key) {
    JFrame frame = frame(title);
    frame.getRootPane().getActionMap().get(key).actionPerformed(new ActionEvent(frame, 0, key));
  }

  private static void assumeDisplay() {
    assumeTrue(
        Boolean.getBoolean("efferent.display") && !GraphicsEnvironment.isHeadless(),
        "no display: run with -Defferent.display=true -Djava.awt.headless=false under xvfb-run");
  }

  private static JFrame frame(String title) {
    for (Frame frame : Frame.getFrames()) {
      if (frame.getTitle().equals(title)) {
        return (JFrame) frame;
      }
    }
    throw new AssertionError("no window is called " + title);
  }
}
