package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TaskPainterTest {
  private static final int W = 960;
  private static final int H = 800;
  private static final TaskPainter PAINTER = new TaskPainter(Look.DARK);

  /** The colour at a place of the scene. */
  private static Color at(BufferedImage image, TaskView view, double x, double y) {
    TaskLayout layout = new TaskLayout(image.getWidth(), image.getHeight(), view.text() != null);
    TaskPlace point = new TaskPlace(x, y, 1e-6, 1e-6, true, "");
    Rectangle2D box = layout.place(point, view.scene());
    return new Color(image.getRGB((int) box.getCenterX(), (int) box.getCenterY()));
  }

  @ParameterizedTest
  @CsvSource({"640,480", "960,800", "1920,1080", "3840,2160", "1080,1920"})
  void theSceneIsWholeAndYGoesUpAtAnySize(int width, int height) {
    TaskView view = TaskExamples.disc(TaskPhase.RUNNING, -8, -5, false);
    BufferedImage image = PAINTER.image(view, width, height);
    assertThat(at(image, view, 6, 0)).isEqualTo(Look.DARK.target());
    assertThat(at(image, view, 6, 1.7)).isEqualTo(Look.DARK.target());
    assertThat(at(image, view, 6, 2.5)).isEqualTo(Look.DARK.ground());
    assertThat(at(image, view, -8, -5)).isEqualTo(Look.DARK.cursor());
    assertThat(at(image, view, -8, 5)).isEqualTo(Look.DARK.ground());
    TaskLayout layout = new TaskLayout(width, height, true);
    TaskPlace all = new TaskPlace(0, 0, 2 * TaskExamples.REACH, 2 * TaskExamples.REACH, false, "");
    assertThat(layout.workspace().contains(layout.place(all, view.scene()))).isTrue();
    // Nothing of the lines hangs out of the window, and letters grow with it.
    assertThat(layout.foot().getMaxY()).isEqualTo(height);
    assertThat(layout.font()).isBetween(11f, 44f);
    assertThat(layout.workspace().height).isGreaterThan(height / 2);
  }

  @Test
  void theSameMomentGivesTheSamePicture() {
    TaskView view = TaskExamples.disc(TaskPhase.RUNNING, 6, 0, true);
    assertThat(pixels(PAINTER.image(view, W, H))).isEqualTo(pixels(PAINTER.image(view, W, H)));
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void theHoldFillsARingOrABar() {
    TaskView half = TaskExamples.disc(TaskPhase.RUNNING, -8, 0, true);
    BufferedImage image = PAINTER.image(half, W, H);
    assertThat(at(image, half, 6 + 1.6, 0)).as("clockwise from the top").isEqualTo(Palette.INK);
    assertThat(at(image, half, 6 - 1.6, 0)).isEqualTo(Look.DARK.target());

    TaskView key = TaskExamples.keys(35, 0, 0.5, new Disc(0, 0, 0.5), null);
    image = PAINTER.image(key, W, H);
    double bar = -12 + 4 * (0.08 + 0.045);
    assertThat(at(image, key, -11, bar))
        .as("left half of the lower left key")
        .isEqualTo(Look.DARK.text());
    assertThat(at(image, key, -9, bar)).isEqualTo(Look.DARK.ground());
    assertThat(at(image, key, 8.5, 11.5)).as("cued").isEqualTo(Look.DARK.target());
  }

  @Test
  void theCuedPlaceHasAThickRimSoThatColourIsNotAll() {
    TaskView view = TaskExamples.keys(14, -1, 0, new Disc(-11, -11, 0.5), null);
    BufferedImage image = PAINTER.image(view, W, H);
    // Key 14 is (2, 2) from the lower left: its left edge lies at x = -4.
    assertThat(at(image, view, -4, -2)).isEqualTo(Look.DARK.text());
    TaskLayout layout = new TaskLayout(W, H, false);
    Rectangle2D key = layout.place(view.scene().places().get(14), view.scene());
    Rectangle across = new Rectangle((int) key.getX() - 6, (int) key.getCenterY(), 12, 1);
    assertThat(count(image, across, Look.DARK.text())).as("pixels wide").isGreaterThanOrEqualTo(3);
    assertThat(at(image, view, 4, -6)).as("another key's edge").isNotEqualTo(Look.DARK.text());
  }

  @ParameterizedTest
  @EnumSource(TaskPhase.class)
  void phasesThatStopTheCursorHaveABandAFrameAndAHollowCursor(TaskPhase phase) {
    TaskView view = TaskExamples.disc(phase, -8, -5, false);
    BufferedImage image = PAINTER.image(view, W, H);
    Color corner = new Color(image.getRGB(1, H - 2));
    Color band = new Color(image.getRGB(5, 5));
    Color cursor = at(image, view, -8, -5);
    switch (phase) {
      case RUNNING, CALIBRATING_OPEN, CALIBRATING_ASSISTED -> {
        assertThat(corner).isEqualTo(Look.DARK.ground());
        assertThat(band).isEqualTo(Look.DARK.ground());
        assertThat(cursor).isEqualTo(Look.DARK.cursor());
      }
      case IDLE, TRAINING -> assertThat(cursor).isEqualTo(Look.DARK.ground());
      case PAUSED, STALE, STOPPED -> {
        assertThat(List.of(corner, band)).containsOnly(Palette.YELLOW);
        assertThat(cursor).isEqualTo(Look.DARK.ground());
      }
      case EMERGENCY, FAULT -> {
        assertThat(List.of(corner, band)).containsOnly(Palette.VERMILLION);
        assertThat(cursor).isEqualTo(Look.DARK.ground());
      }
    }
  }

  @Test
  void theLinesSayWhatCounts() {
    TaskView stale = TaskExamples.disc(TaskPhase.STALE, 0, 0, false);
    assertThat(stale.headline()).isEqualTo("STALE: no signal comes in; the cursor is stopped");
    assertThat(TaskExamples.disc(TaskPhase.RUNNING, 0, 0, false).headline()).isEqualTo("RUNNING");
    assertThat(
            new TaskView(TaskPhase.FAULT, "disk is full", stale.scene(), null, stale.progress())
                .headline())
        .isEqualTo("FAULT: disk is full");
    assertThat(TaskExamples.PROGRESS.line())
        .isEqualTo(
            "block 2 of 4: assist 0.8   12 s left   23 trials, 91 % acquired   2.31 bit/s"
                + "   decoder 3");
    assertThat(TaskProgress.START.line()).isEqualTo("0 trials");
    assertThat(new TaskProgress("", 1, 0, Double.NaN, 1, 0, Double.NaN, 2, true).line())
        .isEqualTo("block 1   1 trial, 0 % acquired   decoder 2, frozen");
  }

  @Test
  void wrongCharactersAreInvertedAndTheNextOneIsBoxed() {
    Disc cursor = new Disc(0, 0, 0.5);
    TaskView right = TaskExamples.keys(0, -1, 0, cursor, new TaskText("hello", "he", 2));
    TaskView wrong = TaskExamples.keys(0, -1, 0, cursor, new TaskText("hello", "hex", 2));
    Rectangle lines = new TaskLayout(W, H, true).text();
    assertThat(count(PAINTER.image(right, W, H), lines, Look.DARK.target())).isGreaterThan(100);
    assertThat(count(PAINTER.image(wrong, W, H), lines, Look.DARK.target())).isZero();
    int plain = count(PAINTER.image(right, W, H), lines, Look.DARK.text());
    assertThat(count(PAINTER.image(wrong, W, H), lines, Look.DARK.text()))
        .isGreaterThan(plain + 150);
  }

  @Test
  void longTextsMoveAlongWithWhatIsTyped() {
    String prompt =
        "the quick brown fox jumps over the lazy dog and then lies down again. ".repeat(9);
    Disc cursor = new Disc(0, 0, 0.5);
    TaskView view =
        TaskExamples.keys(0, -1, 0, cursor, new TaskText(prompt, prompt.substring(0, 400), 400));
    Rectangle lines = new TaskLayout(W, H, true).text();
    assertThat(count(PAINTER.image(view, W, H), lines, Look.DARK.target())).isGreaterThan(100);
  }

  private static int count(BufferedImage image, Rectangle part, Color color) {
    int n = 0;
    for (int y = part.y; y < part.getMaxY(); y++) {
      for (int x = part.x; x < part.getMaxX(); x++) {
        n += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return n;
  }

  @Test
  void textAndMarksContrast() {
    for (Look look : Look.values()) {
      assertThat(Palette.contrast(look.text(), look.ground())).isGreaterThanOrEqualTo(4.5);
      assertThat(Palette.contrast(look.soft(), look.ground())).isGreaterThanOrEqualTo(4.5);
      assertThat(Palette.contrast(Palette.INK, look.target())).isGreaterThanOrEqualTo(4.5);
      assertThat(Palette.contrast(look.edge(), look.ground())).isGreaterThanOrEqualTo(3);
      assertThat(Palette.contrast(look.cursor(), look.ground())).isGreaterThanOrEqualTo(3);
    }
    assertThat(Palette.contrast(Palette.INK, Palette.YELLOW)).isGreaterThanOrEqualTo(4.5);
    assertThat(Palette.contrast(Palette.INK, Palette.VERMILLION)).isGreaterThanOrEqualTo(4.5);
  }

  @Test
  void whatChangedHoldsEveryPixelThatDiffers() {
    List<TaskPlace> keys = TaskExamples.grid(6, "abcdefghijklmnopqrstuvwxyz");
    TaskText hello = new TaskText("hello", "he", 2);
    TaskProgress later = new TaskProgress("running", 4, 4, 5, 30, 20, 1.5, 4, true);
    TaskView start = scene(keys, 3, -1, 0, new Disc(1, 1, 0.75), hello, TaskExamples.PROGRESS);
    List<TaskView> next =
        List.of(
            scene(keys, 3, -1, 0, new Disc(3, -2, 0.75), hello, TaskExamples.PROGRESS),
            scene(keys, 3, 20, 0.4, new Disc(1.2, 1, 0.75), hello, TaskExamples.PROGRESS),
            scene(keys, 4, -1, 0, new Disc(1, 1, 0.75), hello, TaskExamples.PROGRESS),
            scene(keys, 3, -1, 0, new Disc(1, 1, 0.75), hello, later),
            scene(keys, 3, -1, 0, new Disc(1, 1, 0.75), new TaskText("hello", "hex", 2), later),
            scene(keys, 3, -1, 0, new Disc(1, 1, 0.75), null, TaskExamples.PROGRESS),
            new TaskView(TaskPhase.PAUSED, "", start.scene(), hello, TaskExamples.PROGRESS),
            new TaskView(TaskPhase.RUNNING, "a word", start.scene(), hello, start.progress()));
    BufferedImage before = PAINTER.image(start, W, H);
    for (TaskView view : next) {
      Rectangle[] changed = TaskCanvas.changes(start, view, W, H);
      BufferedImage after = PAINTER.image(view, W, H);
      int differing = 0;
      for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
          if (before.getRGB(x, y) != after.getRGB(x, y)) {
            differing++;
            int px = x;
            int py = y;
            assertThat(changed)
                .as("%s, x=%d, y=%d", view, x, y)
                .anyMatch(part -> part.contains(px, py));
          }
        }
      }
      assertThat(differing).as("%s", view).isPositive();
    }
    assertThat(TaskCanvas.changes(start, start, W, H)).isEmpty();
    Set<Integer> sizes = new HashSet<>();
    for (Rectangle part : TaskCanvas.changes(start, next.get(0), W, H)) {
      sizes.add(part.width * part.height);
    }
    assertThat(sizes).as("a moved cursor is a small part").allMatch(n -> n < W * H / 20);
  }

  private static TaskView scene(
      List<TaskPlace> keys,
      int cued,
      int on,
      double held,
      Disc cursor,
      TaskText text,
      TaskProgress progress) {
    TaskScene scene = new TaskScene(TaskExamples.REACH, keys, cued, on, held, cursor);
    return new TaskView(TaskPhase.RUNNING, "", scene, text, progress);
  }

  @Test
  void whatCannotBePaintedIsRefused() {
    assertThat(PAINTER.image(TaskView.START, 1, 1).getWidth()).isEqualTo(1);
    assertThatThrownBy(() -> PAINTER.image(TaskView.START, 0, 20))
        .isInstanceOf(UsageException.class)
        .hasMessage("a picture has 1 to 100000000 pixels; width=0, height=20");
    Disc cursor = new Disc(0, 0, 1);
    assertThatThrownBy(() -> new TaskScene(1, List.of(), 0, -1, 0, cursor))
        .hasMessage("cued and on are places or -1; places=0, cued=0, on=-1");
    assertThatThrownBy(() -> new TaskScene(1, List.of(), -1, -1, 2, cursor))
        .hasMessage("a share lies in 0..1; held=2.0");
    assertThatThrownBy(() -> new TaskScene(0, List.of(), -1, -1, 0, cursor))
        .hasMessage("a screen has a size; reach=0.0");
    assertThatThrownBy(() -> new TaskText("a", "b", 2))
        .hasMessage("right counts typed characters; right=2, typed=1");
    assertThatThrownBy(() -> new TaskPlace(0, Double.NaN, 1, 1, true, ""))
        .hasMessage("a place lies somewhere; x=0.0, y=NaN");
    assertThatThrownBy(() -> new TaskPlace(0, 0, 1, 0, true, ""))
        .hasMessage("a place has a size; width=1.0, height=0.0");
    assertThatThrownBy(() -> new TaskProgress("", 1, 1, 0, 1, 2, 0, 0, false))
        .hasMessage(
            "counts are not negative, and no more targets acquired than trials; number=1, blocks=1,"
                + " trials=1, acquired=2");
  }
}
