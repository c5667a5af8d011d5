package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.event.ActionEvent;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.JFrame;
import javax.swing.Timer;
import org.assertj.core.data.Offset;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

/** The window needs a display, see {@link CursorWindowTest}. */
final class RankingTest {
  private static final int W = 960;
  private static final int H = 540;
  private static final RankingView.Answer DOG = new RankingView.Answer("dog", null, 0.6);
  private static final RankingView.Answer CAT = new RankingView.Answer("cat", null, 0.15);

  private static RankingView view(RankingView.State state, RankingView.Answer... answers) {
    return new RankingView(state, "", 3, List.of(answers), Double.NaN, null);
  }

  private static BufferedImage draw(RankingView view) {
    return new RankingPainter(Look.DARK).image(view, W, H);
  }

  @Test
  void barsAreAsLongAsProbabilities() {
    BufferedImage image = draw(view(RankingView.State.LISTENING, DOG, CAT));
    int first = 0;
    int second = 0;
    for (int y = 0; y < H; y++) {
      int n = count(image, Look.DARK.cursor(), y, y + 1);
      if (y < H / 2) {
        first = Math.max(first, n);
      } else {
        second = Math.max(second, n);
      }
    }
    assertThat(first).isGreaterThan(300);
    assertThat((double) second / first).isCloseTo(0.15 / 0.6, Offset.offset(0.02));
  }

  @Test
  void theStateIsSeenAndSaid() {
    assertThat(draw(view(RankingView.State.DECIDED, DOG)).getRGB(2, 2))
        .isEqualTo(Palette.SKY.getRGB());
    assertThat(draw(view(RankingView.State.ABSTAINED, DOG)).getRGB(2, 2))
        .isEqualTo(Palette.ORANGE.getRGB());
    assertThat(draw(view(RankingView.State.STALE, DOG)).getRGB(2, 2))
        .isEqualTo(Palette.YELLOW.getRGB());
    assertThat(draw(view(RankingView.State.LISTENING, DOG)).getRGB(2, 2))
        .isEqualTo(Look.DARK.ground().getRGB());
    for (Color ground : List.of(Palette.SKY, Palette.ORANGE, Palette.YELLOW)) {
      assertThat(Palette.contrast(Color.BLACK, ground)).isGreaterThanOrEqualTo(4.5);
    }
    assertThat(view(RankingView.State.LISTENING).headline())
        .isEqualTo("LISTENING: 3 repetitions heard");
    assertThat(view(RankingView.State.DECIDED, DOG).headline())
        .isEqualTo("DECIDED: dog, after 3 repetitions");
    assertThat(view(RankingView.State.ABSTAINED, DOG).headline())
        .isEqualTo("ABSTAINED: no answer is certain enough after 3 repetitions");
    RankingView.Decision violin = new RankingView.Decision("violin", 0.93, 1);
    RankingView last = new RankingView(RankingView.State.LISTENING, "", 1, List.of(), 0.9, violin);
    assertThat(last.headline()).isEqualTo("LISTENING: 1 repetition heard, decides from 90 %");
    assertThat(last.footline()).isEqualTo("last decision: violin, 93 %, after 1 repetition");
    assertThat(new RankingView.Decision("", 0.4, 20).words())
        .isEqualTo("none, best answer 40 %, after 20 repetitions");
    assertThat(RankingView.START.footline()).isEqualTo("no decision yet");
  }

  @Test
  void theDecidedAnswerStandsOut() {
    Color target = Look.DARK.target();
    assertThat(count(draw(view(RankingView.State.DECIDED, DOG, CAT)), target, 60, H))
        .isGreaterThan(2000);
    assertThat(count(draw(view(RankingView.State.LISTENING, DOG, CAT)), target, 60, H)).isZero();
  }

  @Test
  void picturesAndTheThresholdAreShown() {
    BufferedImage picture = new BufferedImage(300, 150, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setColor(Color.MAGENTA);
    g.fillRect(0, 0, 300, 150);
    g.dispose();
    RankingView.Answer shown = new RankingView.Answer("dog", picture, 0.6);
    BufferedImage image = draw(view(RankingView.State.LISTENING, shown, CAT));
    int side = (int) Math.sqrt(count(image, Color.MAGENTA, 0, H) * 2.0);
    assertThat(side).isBetween(100, 180);
    RankingView without = view(RankingView.State.LISTENING, CAT);
    RankingView with = new RankingView(RankingView.State.LISTENING, "", 3, List.of(CAT), 0.8, null);
    int more = count(draw(with), Look.DARK.truth(), 60, H);
    assertThat(more).isGreaterThan(count(draw(without), Look.DARK.truth(), 60, H) + 10);
    assertThat(RankingPainter.thumbnail(picture, 60).getHeight()).isEqualTo(30);
  }

  @Test
  void aPainterRemembersNothingButSizes() {
    RankingPainter painter = new RankingPainter(Look.LIGHT);
    RankingView first = view(RankingView.State.LISTENING, DOG, CAT);
    painter.image(view(RankingView.State.DECIDED, DOG), W, H);
    BufferedImage again = painter.image(first, W, H);
    BufferedImage fresh = new RankingPainter(Look.LIGHT).image(first, W, H);
    for (int y = 0; y < H; y++) {
      for (int x = 0; x < W; x++) {
        assertThat(again.getRGB(x, y)).isEqualTo(fresh.getRGB(x, y));
      }
    }
  }

  @Test
  void smallAndFlatWindowsAreDrawn() {
    RankingPainter painter = new RankingPainter(Look.LIGHT);
    RankingView view = view(RankingView.State.ABSTAINED, DOG, CAT);
    assertThat(painter.image(view, 1, 1).getWidth()).isEqualTo(1);
    assertThat(painter.image(view, 300, 20).getHeight()).isEqualTo(20);
    assertThat(painter.image(RankingView.START, 200, 100).getHeight()).isEqualTo(100);
    assertThatThrownBy(() -> painter.image(view, 0, 20))
        .isInstanceOf(UsageException.class)
        .hasMessage("a picture has 1 to 100000000 pixels; width=0, height=20");
  }

  @Test
  void percentNeverSaysCertainOrImpossible() {
    assertThat(RankingView.percent(1)).isEqualTo("100 %");
    assertThat(RankingView.percent(0.99999)).isEqualTo("99.9 %");
    assertThat(RankingView.percent(0.62)).isEqualTo("62 %");
    assertThat(RankingView.percent(0.0345)).isEqualTo("3.5 %");
    assertThat(RankingView.percent(0.0004)).isEqualTo("< 0.1 %");
    assertThat(RankingView.percent(0)).isEqualTo("0 %");
  }

  @Test
  void whatIsNoRankingIsRefused() {
    assertThat(new RankingView.Answer("dog", null, 1.0000001f).probability()).isEqualTo(1);
    assertThatThrownBy(() -> new RankingView.Answer("dog", null, 1.1))
        .hasMessage("a probability lies in 0..1; dog=1.1");
    assertThatThrownBy(() -> view(RankingView.State.LISTENING, CAT, DOG))
        .hasMessage("the best answer comes first; probabilities[0]=0.15, probabilities[1]=0.6");
    assertThatThrownBy(
            () -> new RankingView(RankingView.State.LISTENING, "", -1, List.of(), 0.5, null))
        .hasMessage("repetitions are counted from 0; repetitions=-1");
    assertThatThrownBy(
            () -> new RankingView(RankingView.State.LISTENING, "", 0, List.of(), 2, null))
        .hasMessage("a threshold lies in 0..1, or is NaN for none; threshold=2.0");
    assertThatThrownBy(() -> new RankingView.Decision("dog", 0.5, -1))
        .hasMessage(
            "a decision has a probability in 0..1 and a count; probability=0.5, repetitions=-1");
    assertThatThrownBy(() -> RankingPainter.thumbnail(draw(RankingView.START), 0))
        .hasMessage("a picture has a pixel a side; longer=0");
  }

  @Test
  void withoutADisplayItSaysWhatToDo() {
    assumeTrue(GraphicsEnvironment.isHeadless(), "this JVM has a display");
    assertThatThrownBy(() -> new RankingWindow("t", Look.DARK, () -> {}))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("no display (java.awt.headless=true); use --headless, or set DISPLAY");
  }

  @Test
  void theWindowShowsTheLatestRunsKeysAndCloses() throws Exception {
    assumeTrue(
        Boolean.getBoolean("efferent.display") && !GraphicsEnvironment.isHeadless(),
        "no display: run with -Defferent.display=true -Djava.awt.headless=false under xvfb-run");
    AtomicInteger stops = new AtomicInteger();
    RankingWindow window = new RankingWindow("ranking test", Look.DARK, stops::incrementAndGet);
    try (window) {
      CountDownLatch enough = new CountDownLatch(1);
      EventQueue.invokeAndWait(
          () ->
              new Timer(
                      5,
                      e -> {
                        window.update(view(RankingView.State.LISTENING, DOG, CAT));
                        if (window.painted() >= 10) {
                          enough.countDown();
                          ((Timer) e.getSource()).stop();
                        }
                      })
                  .start());
      assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(window.queued()).isGreaterThanOrEqualTo(window.painted() - 2);
      assertThat(window.paintTimes().count()).isGreaterThanOrEqualTo(10);
      EventQueue.invokeAndWait(
          () -> {
            for (String key : new String[] {"F", "F", "ESCAPE"}) {
              frame("ranking test")
                  .getRootPane()
                  .getActionMap()
                  .get(key)
                  .actionPerformed(new ActionEvent(window, 0, key));
            }
          });
      assertThat(stops).hasValue(1);
    }
    window.close();
    EventQueue.invokeAndWait(() -> assertThat(frame("ranking test").isDisplayable()).isFalse());
  }

  private static JFrame frame(String title) {
    for (Frame frame : Frame.getFrames()) {
      if (frame.getTitle().equals(title)) {
        return (JFrame) frame;
      }
    }
    throw new AssertionError("no window is called " + title);
  }

  private static int count(BufferedImage image, Color color, int from, int to) {
    int n = 0;
    for (int y = from; y < to; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        n += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return n;
  }
}
