package org.efferent.viz.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.awt.image.BufferedImage;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.SessionEvent;
import org.junit.jupiter.api.Test;

final class StateAndHealthTest {
  @Test
  void theEllipseHasTheAxesOfTheCovariance() {
    // Variances 4 and 1 turned by 30 degrees.
    double cos = Math.cos(Math.PI / 6);
    double sin = Math.sin(Math.PI / 6);
    StateSnapshot.Ellipse e =
        StateSnapshot.Ellipse.of(
            4 * cos * cos + sin * sin, 3 * sin * cos, 4 * sin * sin + cos * cos);
    assertThat(e.major()).isCloseTo(2 * Math.sqrt(5.991464547), offset(1e-8));
    assertThat(e.minor()).isCloseTo(Math.sqrt(5.991464547), offset(1e-8));
    assertThat(e.angle()).isCloseTo(Math.PI / 6, offset(1e-12));
    assertThat(StateSnapshot.Ellipse.of(0, 0, Double.NaN)).extracting("major").isEqualTo(0.0);
  }

  @Test
  void theTrailEndsNow() {
    StateModel model = new StateModel(1, 0, "x", "y", 3);
    for (int i = 0; i < 5; i++) {
      model.add(new Gaussian(new double[] {i, 10 * i}, new double[] {1, 0, 0, 4}));
    }
    model.add(new Gaussian(new double[] {Double.NaN, 1}, new double[] {1, 0, 0, 4}));
    StateSnapshot s = model.snapshot();
    assertThat(s.points()).isEqualTo(3);
    assertThat(s.x(2)).isEqualTo(40);
    assertThat(s.y(2)).isEqualTo(4);
    assertThat(s.x(0)).isEqualTo(20);
    assertThat(s.ellipse().angle()).isZero();
    assertThat(s.ellipse().major()).isGreaterThan(s.ellipse().minor());
  }

  @Test
  void ratesAreCountedBySeconds() {
    HealthModel model = new HealthModel(Streams.info(100, 1));
    model.counts(0, 0, 0);
    for (int i = 1; i <= 100; i++) {
      model.counts(50L * i, i > 50 ? 7 : 0, i * 500_000_000L);
    }
    HealthView s = model.snapshot();
    assertThat(s.rateHz()).isCloseTo(100, offset(1e-9));
    assertThat(s.seconds()).hasSize(50);
    assertThat(s.seconds().stream().mapToLong(HealthView.Second::lost).sum()).isEqualTo(7);
    assertThat(s.stale()).isFalse();
    model.event(SessionEvent.STALE);
    assertThat(model.snapshot().stale()).isTrue();
    model.event(SessionEvent.RESUMED);
    assertThat(model.snapshot().stale()).isFalse();
    assertThat(model.snapshot().silences()).isEqualTo(1);
  }

  @Test
  void theNewestPictureComesFirstWithItsAge() {
    long[] now = {0};
    PicturesModel model = new PicturesModel(2, () -> now[0]);
    for (int i = 0; i < 3; i++) {
      now[0] = i * 1_000_000_000L;
      model.add(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "w" + i);
    }
    now[0] = 5_000_000_000L;
    PicturesSnapshot s = model.snapshot();
    assertThat(s.made()).isEqualTo(3);
    assertThat(s.pictures())
        .extracting(PicturesSnapshot.Picture::window)
        .containsExactly("w2", "w1");
    assertThat(s.ageSeconds(0)).isEqualTo(3);
  }
}
