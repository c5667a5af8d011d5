package org.efferent.viz.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.efferent.core.Marker;
import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;

final class EvokedModelTest {
  private static final StreamInfo INFO = Streams.info(100, 2);

  /**
   * After every 200 rows a bump of 7 a tenth of a second later; an offset and a slow wave on it.
   */
  private static double bump(int row, int channel) {
    int phase = row % 200;
    double bump = channel == 1 && phase >= 10 && phase < 20 ? 7 : 0;
    return 1_000 + bump + (row / 200 % 2 == 0 ? 3 : -3);
  }

  @Test
  void theAverageIsTheTemplate() {
    EvokedModel model = new EvokedModel(INFO, 0.2, 0.8);
    for (int r = 0; r < 4_000; r += 64) {
      model.feed(Streams.rows(INFO, r, Math.min(4_000, r + 64), EvokedModelTest::bump));
      if (r % 200 < 64 && r > 100) {
        model.mark(new Marker((r - r % 200) / 100.0, "go"));
      }
    }
    EvokedSnapshot s = model.snapshot();
    assertThat(s.averages()).hasSize(1);
    assertThat(s.averages().get(0).count()).isGreaterThan(10);
    assertThat(s.samples()).isEqualTo(100);
    for (int i = 0; i < 100; i++) {
      double t = s.beginSeconds() + i * s.stepSeconds();
      double expected = t > 0.095 && t < 0.195 ? 7 : 0;
      // The step of the slow wave lies at the marker.
      double step = s.value(0, 0, i);
      assertThat(s.value(0, 1, i) - step).isCloseTo(expected, offset(1e-4));
    }
    assertThat(s.skipped()).isZero();
  }

  @Test
  void markersMayComeFirst() {
    EvokedModel model = new EvokedModel(INFO, 0.2, 0.8);
    model.mark(new Marker(2, "go"));
    model.feed(Streams.rows(INFO, 0, 280, EvokedModelTest::bump));
    assertThat(model.snapshot().averages().get(0).count()).isEqualTo(1);
  }

  @Test
  void aChannelWithoutValuesDoesNotTakeTheOthersAlong() {
    EvokedModel model = new EvokedModel(INFO, 0.2, 0.8);
    model.mark(new Marker(2, "go"));
    model.feed(
        Streams.rows(INFO, 0, 280, (r, c) -> c == 0 ? Double.NaN : EvokedModelTest.bump(r, c)));
    EvokedSnapshot s = model.snapshot();
    assertThat(s.averages().get(0).count()).isEqualTo(1);
    assertThat(s.value(0, 0, 50)).isNaN();
    assertThat(s.value(0, 1, 50)).isNotNaN();
  }

  @Test
  void aWindowWithAHoleOrBeforeTheBeginningIsSkipped() {
    EvokedModel model = new EvokedModel(INFO, 0.2, 0.8);
    model.feed(Streams.rows(INFO, 0, 210, EvokedModelTest::bump));
    model.mark(new Marker(0.05, "go"));
    model.mark(new Marker(2, "go"));
    model.feed(Streams.rows(INFO, 250, 600, EvokedModelTest::bump));
    EvokedSnapshot s = model.snapshot();
    assertThat(s.averages()).isEmpty();
    assertThat(s.skipped()).isEqualTo(2);
  }

  @Test
  void thousandsOfLabelsAreCountedAndTheFrequentOnesAveraged() {
    EvokedModel model = new EvokedModel(INFO, 0.2, 0.8);
    int marks = 0;
    for (int r = 0; r < 20_000; r += 100) {
      model.feed(Streams.rows(INFO, r, r + 100, EvokedModelTest::bump));
      for (int i = 0; i < 50; i++) {
        model.mark(new Marker(r / 100.0 + i / 100.0, "once-" + marks++));
        if (i % 10 == 0) {
          model.mark(new Marker(r / 100.0 + i / 100.0, "often"));
        }
      }
    }
    EvokedSnapshot s = model.snapshot();
    assertThat(s.averages()).hasSizeLessThanOrEqualTo(EvokedModel.LABELS);
    assertThat(s.averages()).extracting(EvokedSnapshot.Average::label).contains("often");
    assertThat(s.others()).isGreaterThan(9_000);
  }
}
