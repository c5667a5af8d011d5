package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

final class CursorPainterTest {
  private static final int W = 800;
  private static final int H = 600;
  private static final int ABOVE = H - CursorPainter.statusHeight(W, H);

  private static Color at(BufferedImage image, double x, double y) {
    return new Color(image.getRGB((int) (W / 2.0 + x * ABOVE), (int) (ABOVE / 2.0 - y * ABOVE)));
  }

  @Test
  void yGoesUpAndOneIsTheShorterSide() {
    BufferedImage image =
        CursorPainter.snapshot(Examples.state(-0.25, -0.125, CursorStatus.Mode.RUNNING), W, H);
    assertThat(at(image, 0.3, 0.2)).isEqualTo(Look.DARK.target());
    assertThat(at(image, 0.3, 0.2 + 0.055)).isEqualTo(Look.DARK.target());
    assertThat(at(image, 0.3, 0.2 + 0.065)).isEqualTo(Look.DARK.ground());
    assertThat(at(image, 0.3, -0.2)).isEqualTo(Look.DARK.ground());
    assertThat(at(image, -0.25, -0.125)).isEqualTo(Look.DARK.cursor());
  }

  @Test
  void aMovedCursorMovesItsPixelsAndLeavesATrailThatFades() {
    CursorPainter painter = new CursorPainter(Look.LIGHT);
    for (int i = 0; i <= 20; i++) {
      Disc cursor = new Disc(-0.4 + i * 0.02, -0.3, 0.03);
      painter.follow(new CursorState(i * 0.05, cursor, null, CursorStatus.START));
    }
    BufferedImage image = painter.image(W, H);
    assertThat(at(image, 0, -0.3)).isEqualTo(Look.LIGHT.cursor());
    Color near = at(image, -0.1, -0.3);
    Color far = at(image, -0.35, -0.3);
    assertThat(near.getRed()).isLessThan(far.getRed());
    assertThat(far).isNotEqualTo(Look.LIGHT.ground());

    painter.follow(new CursorState(9, new Disc(0.2, 0.2, 0.03), null, CursorStatus.START));
    image = painter.image(W, H);
    assertThat(at(image, 0.2, 0.2)).isEqualTo(Look.LIGHT.cursor());
    assertThat(at(image, 0, -0.3)).isEqualTo(Look.LIGHT.ground());
    assertThat(at(image, -0.1, -0.3)).isEqualTo(Look.LIGHT.ground());
  }

  @Test
  void marksCoverAllThatMoves() {
    CursorPainter painter = new CursorPainter(Look.DARK);
    BufferedImage empty = painter.image(W, H);
    for (int i = 0; i <= 20; i++) {
      Disc cursor = new Disc(-0.4 + i * 0.03, 0.3 - i * 0.02, 0.03);
      Disc truth = cursor.at(cursor.x(), 0.35);
      painter.follow(new CursorState(i * 0.05, cursor, null, truth, CursorStatus.START));
    }
    BufferedImage drawn = painter.image(W, H);
    Rectangle marks = painter.marks(W, H);
    int inside = 0;
    for (int y = 0; y < ABOVE; y++) {
      for (int x = 0; x < W; x++) {
        if (drawn.getRGB(x, y) != empty.getRGB(x, y)) {
          assertThat(marks.contains(x, y)).as("x=" + x + ", y=" + y).isTrue();
          inside++;
        }
      }
    }
    assertThat(inside).isGreaterThan(1000);
  }

  @Test
  void staleAndPausedAreSaidInABanner() {
    for (CursorStatus.Mode mode : CursorStatus.Mode.values()) {
      BufferedImage image = CursorPainter.snapshot(Examples.state(0, 0, mode), W, H);
      boolean banner = image.getRGB(2, 2) == Palette.YELLOW.getRGB();
      assertThat(banner).as(mode.word()).isEqualTo(!mode.advice().isEmpty());
    }
    assertThat(CursorStatus.Mode.STALE.advice())
        .isEqualTo("no signal comes in; the cursor is stopped");
  }

  @Test
  void theLineSaysWhatCounts() {
    CursorStatus status = new CursorStatus(CursorStatus.Mode.STALE, 12_345, 2, 0.414, 13.2);
    assertThat(CursorPainter.line(status))
        .isEqualTo("STALE   12,345 bins   latency p50 0.41 ms, p99 13 ms   2 lost");
    assertThat(CursorPainter.line(CursorStatus.START))
        .isEqualTo("RUNNING   0 bins   latency p50 –, p99 –   0 lost");
  }

  @Test
  void smallAndFlatWindowsAreDrawn() {
    CursorState state = Examples.state(0, 0, CursorStatus.Mode.STALE);
    assertThat(CursorPainter.snapshot(state, 1, 1).getWidth()).isEqualTo(1);
    assertThat(CursorPainter.snapshot(state, 300, 20).getHeight()).isEqualTo(20);
    assertThatThrownBy(() -> CursorPainter.snapshot(state, 0, 20))
        .isInstanceOf(UsageException.class)
        .hasMessage("a picture has 1 to 100000000 pixels; width=0, height=20");
  }

  @Test
  void textAndMarksContrast() {
    for (Look look : Look.values()) {
      assertThat(Palette.contrast(look.text(), look.ground())).isGreaterThanOrEqualTo(4.5);
      assertThat(Palette.contrast(look.soft(), look.ground())).isGreaterThanOrEqualTo(4.5);
      assertThat(Palette.contrast(look.cursor(), look.ground())).isGreaterThanOrEqualTo(3);
      assertThat(Palette.contrast(look.edge(), look.ground())).isGreaterThanOrEqualTo(3);
      assertThat(Palette.contrast(look.truth(), look.ground())).isGreaterThanOrEqualTo(4.5);
    }
    assertThat(Palette.contrast(Color.BLACK, Palette.YELLOW)).isGreaterThanOrEqualTo(4.5);
    assertThat(Palette.contrast(Palette.INK, Palette.PAPER)).isGreaterThanOrEqualTo(4.5);
    assertThat(Palette.contrast(Palette.BLUE, Palette.PAPER)).isGreaterThanOrEqualTo(4.5);
    assertThat(Palette.contrast(Palette.VERMILLION, Palette.PAPER)).isGreaterThanOrEqualTo(3);
    assertThat(Palette.contrast(Color.BLACK, Color.WHITE)).isEqualTo(21);
  }
}
