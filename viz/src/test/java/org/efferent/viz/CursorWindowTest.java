package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.GraphicsEnvironment;
import java.awt.event.ActionEvent;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.JFrame;
import javax.swing.Timer;
import org.efferent.core.UnavailableException;
import org.junit.jupiter.api.Test;

/**
 * Needs a display for all but the first test: {@code xvfb-run mvn -pl viz -am test
 * -Dtest=CursorWindowTest -Dsurefire.failIfNoSpecifiedTests=false -Defferent.display=true
 * -Djava.awt.headless=false}.
 */
final class CursorWindowTest {
  @Test
  void withoutADisplayItSaysWhatToDo() {
    assumeTrue(GraphicsEnvironment.isHeadless(), "this JVM has a display");
    assertThatThrownBy(() -> new CursorWindow("t", Look.DARK, CursorWindow.Keys.NONE))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("no display (java.awt.headless=true); use --headless, or set DISPLAY");
  }

  @Test
  void showsFramesRunsKeysAndCloses() throws Exception {
    assumeDisplay();
    AtomicInteger pauses = new AtomicInteger();
    AtomicInteger recentres = new AtomicInteger();
    AtomicInteger stops = new AtomicInteger();
    CursorWindow.Keys keys =
        new CursorWindow.Keys(
            pauses::incrementAndGet, recentres::incrementAndGet, stops::incrementAndGet);
    CursorWindow window = new CursorWindow("cursor test", Look.DARK, keys);
    try (window) {
      window.update(Examples.state(0, 0, CursorStatus.Mode.RUNNING));
      CountDownLatch enough = new CountDownLatch(1);
      EventQueue.invokeAndWait(
          () ->
              new Timer(
                      5,
                      e -> {
                        if (window.frames() >= 30) {
                          enough.countDown();
                          ((Timer) e.getSource()).stop();
                        }
                      })
                  .start());
      assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(window.framesPerSecond()).isPositive();
      assertThat(window.paintTimes().count()).isGreaterThanOrEqualTo(30);
      EventQueue.invokeAndWait(
          () -> {
            for (String key : new String[] {"SPACE", "R", "R", "ESCAPE"}) {
              frame("cursor test")
                  .getRootPane()
                  .getActionMap()
                  .get(key)
                  .actionPerformed(new ActionEvent(window, 0, key));
            }
          });
      assertThat(pauses).hasValue(1);
      assertThat(recentres).hasValue(2);
      assertThat(stops).hasValue(1);
    }
    window.close();
    EventQueue.invokeAndWait(() -> assertThat(frame("cursor test").isDisplayable()).isFalse());
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
