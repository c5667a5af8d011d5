package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The small parts behind the window. */
final class CursorPartsTest {
  @Test
  void theIntegratorMovesClampsAndRecentres() {
    CursorIntegrator cursor = new CursorIntegrator(2, 0.8, 0.5);
    cursor.step(1, -0.5, 0.1);
    assertThat(cursor.x()).isCloseTo(0.2, within(1e-12));
    assertThat(cursor.y()).isCloseTo(-0.1, within(1e-12));
    cursor.step(Double.NaN, 1, 0.1);
    cursor.step(1, 1, -1);
    assertThat(cursor.x()).isCloseTo(0.2, within(1e-12));
    cursor.step(100, -100, 1);
    assertThat(cursor.x()).isEqualTo(0.8);
    assertThat(cursor.y()).isEqualTo(-0.5);
    cursor.recentre();
    assertThat(cursor.x()).isZero();
    assertThatThrownBy(() -> new CursorIntegrator(0, 0.5, 0.5))
        .hasMessage(
            "gain and workspace must be more than 0; gain=0.0, halfWidth=0.5, halfHeight=0.5");
  }

  @Test
  void framesAreCountedOverTheLastSecond() {
    FrameCounter frames = new FrameCounter();
    assertThat(frames.perSecond(0)).isZero();
    for (int i = 0; i < 300; i++) {
      frames.frame(i * 20_000_000L);
    }
    long last = 299 * 20_000_000L;
    assertThat(frames.count()).isEqualTo(300);
    assertThat(frames.perSecond(last)).isCloseTo(50, within(1e-9));
    assertThat(frames.perSecond(last + 2_000_000_000L)).isZero();
  }

  @Test
  void theTrailForgetsTheOldestAndKnowsJumps() {
    Trail trail = new Trail();
    for (int i = 0; i < 300; i++) {
      trail.add(i, i * 0.001, 0);
    }
    assertThat(trail.size()).isEqualTo(256);
    assertThat(trail.x(255)).isCloseTo(0.299, within(1e-12));
    assertThat(trail.freshness(255, 299)).isEqualTo(1);
    assertThat(trail.freshness(0, 299)).isZero();
    assertThat(trail.jumps(255)).isFalse();
    trail.add(300, 0.9, 0);
    assertThat(trail.jumps(255)).isTrue();
    trail.add(0, 0, 0);
    assertThat(trail.size()).isEqualTo(1);
  }

  @Test
  void discsLieSomewhereAndHaveASize() {
    assertThatThrownBy(() -> new Disc(Double.NaN, 0, 1))
        .hasMessage("a disc lies somewhere; x=NaN, y=0.0");
    assertThatThrownBy(() -> new Disc(0, 0, 0)).hasMessage("a disc has a size; radius=0.0");
  }
}
